"""The pages of the rounds in the workspace."""
