"""Pages of post."""
