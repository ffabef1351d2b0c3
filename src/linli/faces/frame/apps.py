"""The frame as a Django application: layout, components, error pages."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "linli.faces.frame"
    label = "frame"

    def ready(self) -> None:
        """Let an account take over the large type of the device it is signed in on."""
        from django.contrib.auth.signals import user_logged_in

        from .context import take_over_large_type

        user_logged_in.connect(take_over_large_type)
