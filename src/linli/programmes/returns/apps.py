"""Returns as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "linli.programmes.returns"
    label = "returns"
    verbose_name = _("上级报表")
