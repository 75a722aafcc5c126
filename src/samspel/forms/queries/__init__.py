"""Reading definitions and answers, a module per noun."""
