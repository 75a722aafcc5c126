"""What selection hands down to the apps below it."""


def hand_down() -> None:
    """Called once, when the app is ready."""
