"""What changes case files, one module per noun."""
