"""Addresses of the forms of the office above, at the desk."""

from __future__ import annotations

from django.urls import path

from .web.return_cells import accept_proposals, map_one, place_one, show_cells, unmap_one
from .web.returned import correct, give_filled, show_filled, show_number
from .web.returns import (
    fill,
    give_form,
    list_all,
    renew,
    show_form,
    stop,
    take_in,
)

urlpatterns = [
    path("", list_all, name="returns"),
    path("new", take_in, name="new_return_form"),
    path("<int:form_id>/", show_form, name="return_form"),
    path("<int:form_id>/renew", renew, name="renew_return_form"),
    path("<int:form_id>/stop", stop, name="stop_return_form"),
    path("<int:form_id>/fill", fill, name="fill_return"),
    path("<int:form_id>/versions/<int:no>.xlsx", give_form, name="return_form_file"),
    path("<int:form_id>/cells/", show_cells, name="return_cells"),
    path("<int:form_id>/cells/map", map_one, name="map_return_cell"),
    path("<int:form_id>/cells/proposed", accept_proposals, name="take_return_proposals"),
    path("<int:form_id>/cells/<int:mapping_id>/drop", unmap_one, name="unmap_return_cell"),
    path("<int:form_id>/cells/<int:mapping_id>/place", place_one, name="place_return_cell"),
    path("filled/<int:return_id>/", show_filled, name="filled_return"),
    path("filled/<int:return_id>/file.xlsx", give_filled, name="filled_return_file"),
    path("filled/<int:return_id>/<int:figure_id>/", show_number, name="return_number"),
    path("filled/<int:return_id>/<int:figure_id>/correct", correct, name="correct_return"),
]
