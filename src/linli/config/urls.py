"""Every address of the house: each face brings its own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("linli.faces.api.urls")),
    path("desk/", include("linli.faces.desk.urls")),
    path("field/", include("linli.faces.field.urls")),
    path("notices/", include("linli.ground.notices.urls")),
    path("", include("linli.ground.people.urls")),
    path("", include("linli.faces.frame.urls")),
    path("", include("linli.faces.public.urls")),
]

handler400 = "linli.faces.frame.errors.bad_request"
handler403 = "linli.faces.frame.errors.permission_denied"
handler404 = "linli.faces.frame.errors.page_not_found"
handler429 = "linli.faces.frame.errors.too_many_requests"  # asked for by allauth
handler500 = "linli.faces.frame.errors.server_error"
