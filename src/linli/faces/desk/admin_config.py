"""Puts the read-only site in place of Django's own, so that rooms register with `admin.site`."""

from django.contrib.admin.apps import AdminConfig


class ReadOnlyAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS where `django.contrib.admin` would."""

    default_site = "linli.faces.desk.admin_site.ReadOnlySite"
