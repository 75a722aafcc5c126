"""Addresses of letters: the public archive, the workspace, and what mail programs call."""

app_name = "letters"

urlpatterns: list[object] = []
