"""The demo's forms: handed out, half written, submitted, opened again."""


def fill() -> None:
    """Add what is not there yet."""
