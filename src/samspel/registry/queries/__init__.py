"""What is read from the registry, a module per noun."""
