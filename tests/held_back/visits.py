"""How every address is visited: what stands in its gaps, and what is sent to it.

An address with a gap that is not named here, or that nobody ever reaches, fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from linli.faces.desk.paper.lists import LISTS
from linli.faces.desk.web.imports import KINDS
from linli.faces.public.web.behind_link import form_secret
from linli.ground.kernel.uploads import begin_upload, upload_key
from linli.ground.people.models import Appointment
from linli.ground.territory.tests.factories import STREET_CODE
from linli.programmes.enforcement.terms import ActionName as OperationAction
from linli.programmes.keeping.terms import Matter
from linli.programmes.whistle.terms import ActionName as WhistleAction
from linli.spine.cases.models import Case, CasePhoto
from linli.spine.cases.rules.settings import SETTINGS
from linli.spine.cases.terms import ActionName, Reported, case_subject

from .addresses import Address
from .canaries import REASON
from .world import World, point_of_first_grid


class UnknownAddress(LookupError):
    """Nothing here says how an address is filled in: teach `visits` what stands in its gaps."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request: `sent` is posted, as a form or as JSON; without it the page is asked for.

    `about` names the case whose tracking code stands in the address; `place` counts the visits like
    it before it, so that not everybody need make them all.
    """

    address: Address
    path: str
    sent: Mapping[str, Any] | None = None
    is_json: bool = False
    about: str = ""
    place: int = 0


def list_visits(address: Address, world: World) -> list[Visit]:
    """List the visits of one address.

    Raises:
        UnknownAddress: when nothing here says what stands in its gaps.
    """
    if address.route.startswith("admin/"):
        return [Visit(address=address, path=path) for path in _admin_paths(address)]
    is_json = address.route.startswith("api/") and address.name != "api:post_photo"
    given = SENT[address.name](world) if address.name in SENT else []
    found: list[Visit] = []
    for path in _paths(address, world):
        about = next((one for one in FOLLOWED if world.cases[one].tracking_code in path), "")
        one = Visit(address=address, path=path, about=about, is_json=is_json)
        found += [replace(one, path=f"{path}{query}") for query in QUERIES.get(address.name, ("",))]
        found += [replace(one, sent=sent) for sent in given]
    asked = [one for one in found if one.sent is None]
    sent = [one for one in found if one.sent is not None]
    return [replace(one, place=n) for kind in (asked, sent) for n, one in enumerate(kind)]


def _paths(address: Address, world: World) -> Iterator[str]:
    if address.name in WHOLE:
        yield from WHOLE[address.name](world)
        return
    if address.is_pattern:
        raise UnknownAddress(address.name)
    if not address.gaps:
        yield address.fill({})
        return
    for words in _gaps(address, world):
        yield address.fill(words)


def _gaps(address: Address, world: World) -> Iterator[dict[str, object]]:
    """Give the words of the gaps: those said of this address, or those every such gap takes."""
    found: list[dict[str, object]] = [{}]
    for gap in address.gaps:
        fill = GAPS.get(f"{address.name} {gap}") or GAPS.get(gap)
        if fill is None:
            raise UnknownAddress(f"{address.name}: {gap}")
        found = [{**words, gap: value} for words in found for value in fill(world)]
    yield from found


def _admin_paths(address: Address) -> Iterator[str]:
    """Fill an address of the administration with a row of its model."""
    parts = address.route.split("/")
    if address.is_pattern:
        yield "/admin/cases/" if "app_label" in address.route else "/admin/no-such-page"
    elif address.name == "admin:view_on_site":
        yield "/admin/r/1/1/"
    elif "object_id" in address.gaps:
        row = apps.get_model(parts[1], parts[2])._default_manager.order_by("pk").last()
        if row is None:
            raise UnknownAddress(f"{address.name}: nothing is planted of {parts[2]}")
        yield address.fill({"object_id": row.pk})
    else:
        yield address.fill({})


def _numbers(*names: str) -> Callable[[World], list[str]]:
    return lambda world: [world.cases[name].number for name in names]


def _one(name: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.ids[name]]


def _leaders_post(world: World) -> list[object]:
    return [Appointment.objects.filter(role="grid_leader").earliest("id").pk]


def _main_photo(world: World) -> list[object]:
    main = world.cases["main"].case_id
    return [CasePhoto.objects.filter(case_id=main).earliest("id").photo_id]


def _call_token(world: World) -> list[object]:
    return [world.tokens["call_link"]]


def _cases(world: World) -> list[Reported]:
    """Give every case, those first that are reported by several or about somebody."""
    first = [world.cases[name] for name in ("main", "merged", "complaint", "reopened")]
    return [*first, *(one for one in world.cases.values() if one not in first)]


FOLLOWED = ("main", "merged", "rated", "complaint", "pending")


def _codes(world: World) -> list[str]:
    return [world.cases[name].tracking_code for name in FOLLOWED]


def _upload(world: World) -> list[UUID]:
    """Begin a file in parts, for one of the reports."""
    begun = begin_upload(
        upload_id=UUID("019a0000-0000-7000-8000-000000000001"),
        subject=case_subject(world.cases["main"].case_id),
        purpose="photo",
        size_bytes=9,
        facts={},
        at=timezone.now(),
    )
    return [begun.id]


Fill = Callable[[World], list[Any]]
GAPS: Mapping[str, Fill] = {
    "number": _numbers("main", "merged"),
    "desk:case number": lambda world: [one.number for one in _cases(world)],
    "desk:act number": _numbers("main"),
    "desk:act action": lambda world: [ActionName.COMMENT, ActionName.MERGE, ActionName.FILE],
    "desk:reporter number": _numbers("main", "complaint"),
    "desk:case_pdf number": _numbers("main"),
    "desk:slip number": _numbers("main"),
    "desk:card number": _numbers("main"),
    "desk:card_image number": _numbers("main"),
    "desk:operation number": _one("operation"),
    "desk:party number": _one("operation"),
    "desk:operate number": _one("operation"),
    "desk:operate action": lambda world: [OperationAction.ANSWER_APPEAL, OperationAction.PUBLISH],
    "desk:evidence photo_id": _one("evidence"),
    "desk:whistle number": _one("whistle"),
    "desk:whistle_act number": _one("whistle"),
    "desk:whistle_act action": lambda world: [WhistleAction.COMMENT, WhistleAction.OPEN_CASE],
    "desk:whistle_position number": _one("whistle"),
    "desk:whistle_photo photo_id": _one("whistle_photo"),
    "desk:whistle_links number": _one("whistle"),
    "desk:whistle_link_give number": _one("whistle"),
    "desk:whistle_link_stop number": _one("whistle"),
    "desk:whistle_link_stop link_id": _one("call_link"),
    "desk:whistle_code number": lambda world: [world.ids["whistle"], world.ids["running_whistle"]],
    "whistle_here code": lambda world: ["123456"],
    "whistle_link token": _call_token,
    "whistle_link_act token": _call_token,
    "whistle_link_act action": lambda world: [WhistleAction.REPORT_DEED, WhistleAction.JUDGE],
    "whistle_link_photo token": _call_token,
    "whistle_link_photo photo_id": _one("whistle_photo"),
    **{
        f"{name} point_id": _one("talk_point")
        for name in (
            "talk_point", "desk:talk_point", "desk:change_talk_point", "desk:close_talk_point",
            "desk:name_talk_host", "desk:end_talk_host", "desk:talk_enter", "desk:talk_answer",
            "desk:talk_sheet",
        )
    },
    "host_id": _one("host_id"),
    "courier_id": _one("courier_id"),
    "place_id": _one("rest_place"),
    "desk:answer_courier number": _one("courier_case"),
    "matter_id": _one("matter_id"),
    "callback_id": lambda world: [world.ids["answered"], world.ids["waiting"]],
    "exclusion_id": _one("exclusion_id"),
    "organisation_id": lambda world: [world.office.lead.pk],
    "desk:draft_photo photo_id": _one("draft_photo"),
    "desk:import_rest import_id": _one("done_import_id"),
    "desk:told case_id": _one("told_id"),
    "desk:take_list name": lambda world: list(LISTS),
    "kind": lambda world: list(KINDS),
    "size": lambda world: ["thumb"],
    "photo_id": _main_photo,
    "enforcement_result number": lambda world: [world.ids["published"], world.ids["operation"]],
    "enforcement_photo photo_id": _one("public_evidence"),
    "track code": _codes,
    "track_rate code": _codes,
    "track_reopen code": _codes,
    "track_answer code": _codes,
    "api:get_report code": _codes,
    "api:post_reporter_action code": _codes,
    "code": lambda world: [world.office.place.street.code],
    "area_id": lambda world: [world.office.place.grids[0].pk],
    "desk:change_setting name": lambda world: [
        next(iter(SETTINGS)), "rung_red", "whistle_near_m"
    ],
    "matter": lambda world: list(Matter),
    "desk:category entry": lambda world: [world.office.category.key],
    "entry": lambda world: ["37"],
    "desk:revision_entry entry": lambda world: ["37", "new"],
    "desk:revision_days revision_id": _one("calendar_draft_id"),
    "desk:revision_fill revision_id": _one("calendar_draft_id"),
    "desk:plan_step kind": lambda world: ["move"],
    "desk:plan_drop number": lambda world: [1],
    "power_id": lambda world: [world.team.powers["guide"]],
    "appointment_id": _leaders_post,
    "desk:door_file export_id": _one("door_file"),
    "sign_in_id": lambda world: [1],
    "stand_in_id": lambda world: [1],
    "work_handover handover_id": _one("work_handover"),
    "work_confirm handover_id": _one("work_handover"),
    "token": lambda world: [world.tokens["link"]],
    "handler_act action": lambda world: [ActionName.COMMENT, ActionName.DISPATCH],
    "api:get_case case_id": lambda world: [one.case_id for one in _cases(world)],
    "api:post_action case_id": lambda world: [world.cases["main"].case_id],
    "api:post_action action": lambda world: [ActionName.COMMENT],
    "api:post_reporter_action action": lambda world: ["comment", "reopen", "answer_check"],
    "login": lambda world: ["nobody"],
    "upload_id": _upload,
    "field_shell language": lambda world: ["zh-hans", "en"],
    "key": lambda world: [upload_key(one) for one in _upload(world)],
    **{
        name: _one(name)
        for name in (
            "link_id", "draft_id", "recording_id", "wish_id", "answer_id", "shift_id", "swap_id",
            "handover_id", "point_id", "party_id", "secondment_id", "import_id", "export_id",
            "precedent_id", "name_id", "notice_id", "person_id", "plan_id",
            "revision_id", "form_id", "mapping_id", "return_id", "figure_id",
        )
    },
    "no": lambda world: [1],
}  # fmt: skip

# Addresses that are regular expressions.
WHOLE: Mapping[str, Fill] = {
    "api:api/v1/^.*$": lambda world: ["/api/v1/no-such-thing"],
}

LON, LAT = point_of_first_grid()
QUERIES: Mapping[str, tuple[str, ...]] = {
    "desk:calendar": ("", "?year=2027"),
    "desk:checks": ("", "?whose=all", "?month=2026-10"),
    "desk:cases": ("", "?view=list", "?step=merged", "?step=silent", "?order=reported_at"),
    "desk:points": ("", f"?window={LON - 1},{LAT - 1},{LON + 1},{LAT + 1}"),
    "desk:search": ("", "?q=垃圾", "?q=2026", "?q=大柳树"),
    "desk:places": ("?q=大柳树",),
    "desk:posts": ("", "?state=vacant", "?q=居民"),
    "desk:new_post": ("", "?role=order_helper&area=1&q=居民"),
    "desk:enforcement": ("", "?state=all"),
    "desk:pending": ("", "?why=season"),
    "desk:whistles": ("", "?shown=came"),
    "desk:callback_list": ("", "?shown=unsolved"),
    "desk:callback_rates": ("", "?by=organisation", "?by=category"),
    "desk:confirm_dispatch": ("",),
    "desk:dispatch": ("", "?view=list"),
    "field_place": (f"?at={STREET_CODE}",),
    "report_near": (f"?lon={LON}&lat={LAT}",),
    "near": ("", f"?lon={LON}&lat={LAT}", "?q=大柳树"),
    "near_points": (f"?lon={LON}&lat={LAT}",),
    "report_places": ("?q=大柳树", "?address=大柳树"),
    "notices": ("", "?show=unread"),
    "talk_point": ("", "?earlier=1"),
    "courier": ("", "?q=大柳树"),
    "rest": ("", f"?lon={LON}&lat={LAT}"),
    "desk:return_cells": ("", "?cell=B3"),
    "desk:return_number": ("", "?part=1"),
    "api:locate_point": (f"?lon={LON}&lat={LAT}",),
    "api:list_cases": ("", "?step=merged"),
}


def _nothing(world: World) -> list[dict[str, Any]]:
    return [{}]


def _acts(world: World) -> list[dict[str, Any]]:
    """Send what a form of a case would, against its present state."""
    version = Case.objects.values_list("version", flat=True).get(id=world.cases["main"].case_id)
    return [{"version": version, "note": "已看", "responsibility_id": "", "task_no": ""}]


def _calls(world: World) -> list[dict[str, Any]]:
    return [{"kind": "question", "text": "几点开门", "caller": "", "do": "save", "version": "1"}]


def _link_act(world: World) -> list[dict[str, Any]]:
    secret = form_secret(world.tokens["link"])
    return [{**_acts(world)[0], "secret": secret, "handler_name": "张师傅"}]


def _whistle_link_act(world: World) -> list[dict[str, Any]]:
    return [{"version": 1, "note": "已看", "secret": form_secret(world.tokens["call_link"])}]


Send = Callable[[World], list[dict[str, Any]]]
SENT: Mapping[str, Send] = {
    "desk:act": _acts,
    "desk:reporter": lambda world: [{"reason": ""}, {"reason": "约时间上门"}],
    "desk:party": lambda world: [{"reason": ""}, {"reason": "送达"}],
    "desk:operate": lambda world: [{"version": "1", "note": "已看"}],
    "desk:whistle_act": lambda world: [{"note": "已看"}],
    "desk:whistle_position": lambda world: [{"reason": ""}, {"reason": "核对"}],
    **dict.fromkeys(("desk:callback_next", "desk:callback_take", "desk:callback_number"), _nothing),
    "desk:callback_try": lambda world: [{"way": "phone", "result": "no_answer"}, {}],
    "desk:callback_redo": lambda world: [{"do": "order", "note": ""}],
    "desk:callback_exclude": lambda world: [{"cause": "other", "note": ""}],
    "desk:decide_exclusion": lambda world: [{"do": "refuse", "note": ""}],
    "desk:blow": lambda world: [{"case_number": world.cases["main"].number}],
    "desk:take_list": lambda world: [{"query": ""}],
    "desk:entry": lambda world: [{"text": "", "kind": "incident"}],
    "desk:call": _calls,
    "desk:save_call": _calls,
    "desk:find_caller": lambda world: [{"caller": "13900000000"}],
    "desk:find_answers": lambda world: [{"text": "几点开门"}],
    "desk:find_near": lambda world: [{"lon": f"{LON}", "lat": f"{LAT}", "kind": "incident"}],
    "desk:find_categories": lambda world: [{"category_name": "垃圾", "text": "垃圾"}],
    "desk:paste": lambda world: [{"pasted": "楼下垃圾满了"}, {"pasted": ""}],
    "desk:import_new": lambda world: [{"coordinates": "", "channel": ""}],
    "desk:import_decide": lambda world: [{"decision": "no"}],
    "desk:duty_answer": lambda world: [{"agrees": "1"}],
    "desk:duty_swap": lambda world: [{"asked_of": "", "in_return": ""}],
    "desk:handover": lambda world: [{"remarks": "没有", "give": ""}],
    "desk:send_out": lambda world: [{"case": world.cases["dispatching"].number}],
    "desk:give_link": lambda world: [{"assignment": ""}],
    "desk:new_answer": lambda world: [{"question": "", "text": ""}],
    "desk:answer": lambda world: [{"question": "", "text": ""}],
    "desk:place_names": lambda world: [{"name": "", "kind": "local"}],
    "desk:withdraw_precedent": lambda world: [{"note": ""}, {"note": "情况变了"}],
    "desk:roster_add": lambda world: [{"person_id": ""}],
    "desk:roster_end": lambda world: [{"until": "2026-12-31", "note": "回原单位"}],
    "desk:draw_up": lambda world: [{"title": ""}],
    "courier_join": lambda world: [{"company": "other"}],
    "courier_report": lambda world: [{"category": ""}],
    "desk:decide_courier": lambda world: [{"do": "refuse", "reason": ""}],
    "desk:answer_courier": lambda world: [{"to": "centre", "note": ""}, {}],
    "desk:rest_places": lambda world: [{"name": ""}],
    "desk:talk_enter": lambda world: [{"asked": "", "how": "case"}],
    "desk:talk_answer": lambda world: [{"answer": ""}, {"answer": "已清"}],
    "desk:new_talk_point": lambda world: [{"name": ""}],
    "desk:change_talk_point": lambda world: [{"name": ""}],
    "desk:name_talk_host": lambda world: [{"person_id": ""}],
    "desk:new_return_form": lambda world: [{"name": ""}],
    "desk:fill_return": lambda world: [{"day": "2026-11-01"}],
    "desk:map_return_cell": lambda world: [{"sheet": "月报", "cell": "B3"}],
    "desk:place_return_cell": lambda world: [{"cell": ""}],
    "desk:correct_return": lambda world: [{"amount": "", "reason": ""}],
    "handler_act": _link_act,
    "whistle_link_act": _whistle_link_act,
    "desk:whistle_link_give": lambda world: [{"organisation": ""}],
    "track_rate": lambda world: [{"solved": "", "note": "还行"}],
    "track_reopen": lambda world: [{"note": ""}, {"note": "还在"}],
    "track_answer": lambda world: [{"solved": ""}, {"solved": "0", "note": "还在"}],
    "track_code": lambda world: [{"code": "AAAAAAAAAAAAAAAA"}],
    "report": lambda world: [{"text": ""}],
    "near_met": lambda world: [
        {"case": str(world.cases["main"].case_id), "lon": f"{LON}", "lat": f"{LAT}"}
    ],
    "near_met_back": lambda world: [
        {"case": str(world.cases["main"].case_id), "lon": f"{LON}", "lat": f"{LAT}"},
        {"case": str(world.cases["main"].case_id)},
    ],
    "phone_sign_in": lambda world: [{"phone": "12345"}, {"phone": "13900000000"}],
    "me_name": lambda world: [{"name": ""}],
    "person": lambda world: [{"purpose": "", "reason": ""}, {"purpose": "care", "reason": REASON}],
    "api:post_report": lambda world: [{"text": ""}],
    "api:post_photo": lambda world: [{}],
    "api:post_upload": lambda world: [{}],
    "api:post_reporter_action": lambda world: [{"note": "还在"}, {"note": ""}],
    "api:post_action": lambda world: [{"note": "看过了"}, {}],
    **dict.fromkeys(
        (
            "desk:here", "desk:stop_link", "desk:take_up", "desk:told", "desk:add_files",
            "desk:drop_wish", "desk:retire_answer", "desk:stop_place_name", "desk:duty_fill",
            "desk:duty_phone", "desk:duty_give", "desk:duty_remove", "desk:duty_withdraw",
            "desk:handover_open", "desk:handover_tick", "desk:handover_confirm",
            "desk:handover_take_back", "desk:change_setting", "desk:change_quiet",
            "desk:new_power", "desk:power",
            "desk:retire_power", "desk:new_plan", "desk:plan_step", "desk:plan_drop",
            "desk:new_post", "desk:posts_days", "desk:post_prolong", "desk:post_end",
            "desk:post_door", "desk:new_revision", "desk:revision_drop", "desk:revision_day",
            "desk:revision_entry", "desk:revision_end", "desk:approve_revision",
            "desk:revision_days", "desk:revision_fill", "desk:ask_approval",
            "desk:withdraw_revision", "desk:keep_local", "desk:stand_in", "desk:stand_in_end",
            "desk:post_hand_over", "desk:post_sign_out", "me_end_session", "desk:doors",
            "take_reports", "me_phone", "me_phone_code", "me_close", "phone_code",
            "wechat_login", "wechat_website_login",
            "work_confirm", "desk:whistle_link_stop",
            "courier_leave", "desk:stop_rest_place",
            "desk:close_talk_point", "desk:end_talk_host", "desk:renew_return_form",
            "desk:stop_return_form", "desk:take_return_proposals", "desk:unmap_return_cell",
            "desk:plan_day", "desk:plan_post", "desk:approve_plan", "desk:withdraw_plan",
            "notices_mark_all_read", "notice_preferences",
            "notice_acknowledge", "me_export", "me_export_photos", "me_language",
            "me_sign_out_everywhere",
            "set_language", "large_type", "act_as", "account_login", "account_logout",
            "account_change_password", "account_reauthenticate", "mfa_authenticate",
            "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_generate_recovery_codes",
        ),
        _nothing,
    ),
}  # fmt: skip
