"""Addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from .web import quiet
from .web.answers import drop_wish, list_library, one_answer, retire, write_new
from .web.case import act_on_case, open_reporter, show_case
from .web.checks import show_checks
from .web.couriers import (
    answer_courier,
    decide_courier,
    keep_rest_places,
    show_couriers,
    stop_rest_place,
)
from .web.dispatching import (
    confirm,
    give_waiting_points,
    say_here,
    send_out,
    show_present,
    show_waiting,
)
from .web.entry import enter_report
from .web.home import show_work
from .web.intake import new_call, one_call, save_call, take_up, tell_done
from .web.intake_files import add_files, paste_message, play_recording, show_draft_photo
from .web.intake_found import show_answers, show_caller, show_categories, show_map, show_near
from .web.links import give_link, show_links, stop_link
from .web.listing import give_points, list_found
from .web.looks import show_looks
from .web.pending import show_register
from .web.place_names import name_places, stop_name
from .web.places import give_grids, give_places, search_places
from .web.precedents import show_precedents, withdraw
from .web.search import look_up, show_searches
from .web.settings import change, show_settings
from .web.supervision import show_board

app_name = "desk"

urlpatterns = [
    path("", show_work, name="home"),
    path("", include("linli.faces.desk.duty_urls")),
    path("cases/", list_found, name="cases"),
    path("cases/new", enter_report, name="entry"),
    path("cases/points.json", give_points, name="points"),
    path("cases/<str:number>/", show_case, name="case"),
    path("cases/<str:number>/reporter/", open_reporter, name="reporter"),
    path("cases/<str:number>/here/", say_here, name="here"),
    path("cases/<str:number>/courier/", answer_courier, name="answer_courier"),
    path("cases/<str:number>/links/", show_links, name="links"),
    path("cases/<str:number>/links/give", give_link, name="give_link"),
    path("cases/<str:number>/links/<uuid:link_id>/stop", stop_link, name="stop_link"),
    path("", include("linli.faces.desk.paper_urls")),
    path("cases/<str:number>/<str:action>/", act_on_case, name="act"),
    path("couriers/", show_couriers, name="couriers"),
    path("couriers/<int:courier_id>/decide/", decide_courier, name="decide_courier"),
    path("rest-places/", keep_rest_places, name="rest_places"),
    path("rest-places/<int:place_id>/stop/", stop_rest_place, name="stop_rest_place"),
    path("checks/", show_checks, name="checks"),
    path("dispatch/", show_waiting, name="dispatch"),
    path("dispatch/points.json", give_waiting_points, name="dispatch_points"),
    path("dispatch/confirm/", confirm, name="confirm_dispatch"),
    path("dispatch/present/", show_present, name="dispatch_present"),
    path("dispatch/send/", send_out, name="send_out"),
    path("intake/", new_call, name="intake"),
    path("intake/paste/", paste_message, name="paste"),
    path("intake/caller/", show_caller, name="find_caller"),
    path("intake/answers/", show_answers, name="find_answers"),
    path("intake/near/", show_near, name="find_near"),
    path("intake/categories/", show_categories, name="find_categories"),
    path("intake/map/", show_map, name="intake_map"),
    path("intake/told/<uuid:case_id>/", tell_done, name="told"),
    path("intake/<uuid:draft_id>/", one_call, name="call"),
    path("intake/<uuid:draft_id>/save/", save_call, name="save_call"),
    path("intake/<uuid:draft_id>/files/", add_files, name="add_files"),
    path("intake/<uuid:draft_id>/again/", take_up, name="take_up"),
    path("intake/<uuid:draft_id>/photos/<uuid:photo_id>", show_draft_photo, name="draft_photo"),
    path("recordings/<uuid:recording_id>", play_recording, name="recording"),
    path("answers/", list_library, name="answers"),
    path("answers/new/", write_new, name="new_answer"),
    path("answers/wanted/<int:wish_id>/drop/", drop_wish, name="drop_wish"),
    path("answers/<int:answer_id>/", one_answer, name="answer"),
    path("answers/<int:answer_id>/retire/", retire, name="retire_answer"),
    path("enforcement/", include("linli.faces.desk.enforcement_urls")),
    path("whistles/", include("linli.faces.desk.whistle_urls")),
    path("callback/", include("linli.faces.desk.callback_urls")),
    path("territory/", include("linli.faces.desk.territory_urls")),
    path("", include("linli.faces.desk.keeping_urls")),
    path("pending/", show_register, name="pending"),
    path("posts/", include("linli.faces.desk.posts_urls")),
    path("returns/", include("linli.faces.desk.returns_urls")),
    path("talk/", include("linli.faces.desk.talk_urls")),
    path("precedents/", show_precedents, name="precedents"),
    path("precedents/<int:precedent_id>/withdraw/", withdraw, name="withdraw_precedent"),
    path("grids.json", give_grids, name="grids"),
    path("places/", search_places, name="places"),
    path("places.json", give_places, name="places_json"),
    path("places/names/", name_places, name="place_names"),
    path("places/names/<int:name_id>/stop/", stop_name, name="stop_place_name"),
    path("settings/", show_settings, name="settings"),
    path("settings/<str:code>/", show_settings, name="street_settings"),
    path("settings/<str:code>/quiet/", quiet.change, name="change_quiet"),
    path("settings/<str:code>/<str:name>/", change, name="change_setting"),
    path("supervision/", show_board, name="supervision"),
    path("search", look_up, name="search"),
    path("searches/", show_searches, name="searches"),
    path("looks/", show_looks, name="looks"),
]
