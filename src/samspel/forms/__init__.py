"""Forms that people fill in: definitions, answers, writing together, and fillable PDF out and back."""
