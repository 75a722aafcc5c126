"""Forms of post's pages."""
