"""Every address of the house: each face brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

_ROOMS = {
    "api/v1/": "linli.faces.api.urls",
    "desk/": "linli.faces.desk.urls",
    "notices/": "linli.ground.notices.urls",
}
_AT_ROOT = (
    "linli.ground.people.urls",
    "linli.demonstration.urls",
    "linli.faces.frame.urls",
    "linli.faces.public.urls",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *(path(prefix, include(urls)) for prefix, urls in _ROOMS.items() if find_spec(urls)),
    *(path("", include(urls)) for urls in _AT_ROOT if find_spec(urls)),
]

handler400 = "linli.faces.frame.errors.bad_request"
handler403 = "linli.faces.frame.errors.permission_denied"
handler404 = "linli.faces.frame.errors.page_not_found"
handler500 = "linli.faces.frame.errors.server_error"
