"""What the command line says when it will not do a thing."""

from __future__ import annotations


class Refused(Exception):
    """Something was not done; the text is the whole sentence an operator reads. Exit status 1."""
