"""The spine as a Django application."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.spine.cases"
    label = "cases"
