"""Post: message rows, lanes and delivery."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Messages are rows of the operation that sends them."""

    name = "samspel.post"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.post import extensions

        extensions.hand_down()
