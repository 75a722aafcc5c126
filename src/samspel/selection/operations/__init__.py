"""Every change of a round, one function each."""
