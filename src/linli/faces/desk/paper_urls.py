"""Addresses of what leaves and enters the desk as paper or table."""

from __future__ import annotations

from django.urls import path

from .web.exports import give_export, show_exports, take_list
from .web.imports import (
    decide_import,
    give_rest,
    give_template,
    send_file,
    show_import,
    show_imports,
)
from .web.paper import give_card, give_case_pdf, give_slip, show_card

urlpatterns = [
    path("cases/<str:number>/case.pdf", give_case_pdf, name="case_pdf"),
    path("cases/<str:number>/slip.pdf", give_slip, name="slip"),
    path("cases/<str:number>/card", show_card, name="card"),
    path("cases/<str:number>/card.png", give_card, name="card_image"),
    path("exports/", show_exports, name="exports"),
    path("exports/<str:name>/", take_list, name="take_list"),
    path("exports/files/<uuid:export_id>.xlsx", give_export, name="export_file"),
    path("imports/", show_imports, name="imports"),
    path("imports/records/<uuid:import_id>/", show_import, name="import"),
    path("imports/records/<uuid:import_id>/decide", decide_import, name="import_decide"),
    path("imports/records/<uuid:import_id>/rest.xlsx", give_rest, name="import_rest"),
    path("imports/<str:kind>/", send_file, name="import_new"),
    path("imports/<str:kind>/template.xlsx", give_template, name="import_template"),
]
