"""What is asked of case files, one module per noun."""
