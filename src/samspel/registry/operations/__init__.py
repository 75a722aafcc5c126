"""What changes the registry: one module or package per noun."""
