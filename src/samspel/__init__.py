"""Samspel, the open platform on which a country runs its state support for school development."""

__version__ = "0.1.0"
