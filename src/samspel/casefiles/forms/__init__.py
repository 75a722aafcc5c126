"""Forms of case files, one module per noun."""
