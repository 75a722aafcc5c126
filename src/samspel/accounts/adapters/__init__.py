"""What allauth asks us, one module per part of it."""
