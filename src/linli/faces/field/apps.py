"""The field as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldConfig(AppConfig):
    name = "linli.faces.field"
    label = "field"
    verbose_name = _("手机页面")
