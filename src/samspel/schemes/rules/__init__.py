"""What schemes, editions, steps and school forms are. Pure: no Django here."""
