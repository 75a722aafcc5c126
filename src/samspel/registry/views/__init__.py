"""Pages of the registry, a module per noun."""
