"""What is read about rounds: who sees which, their figures, ranking, explanations, and what is public."""
