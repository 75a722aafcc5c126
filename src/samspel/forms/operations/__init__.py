"""Changes to form definitions and answers, a module per noun."""
