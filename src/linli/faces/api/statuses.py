"""The one table from refusal codes to HTTP statuses."""

from __future__ import annotations

from collections.abc import Mapping

UNPROCESSABLE = 422

# What is not listed was understood and is not right here and now: 422.
STATUSES: Mapping[str, int] = {
    "api.body_missing": 400,
    "api.body_not_json": 400,
    "api.body_not_object": 400,
    "api.body_not_utf8": 400,
    "api.body_too_deep": 400,
    "api.body_unreadable": 400,
    "api.duplicate_key": 400,
    "api.number_too_long": 400,
    "api.number_not_finite": 400,
    "api.nul_character": 400,
    "api.broken_character": 400,
    "api.instants_are_ours": 400,
    "api.instant_malformed": 400,
    "api.photo_missing": 400,
    "api.sign_in_needed": 401,
    "api.token_unknown": 401,
    "api.scope_missing": 403,
    "api.csrf_failed": 403,
    "people.not_permitted": 403,
    "cases.not_your_turn": 403,
    "cases.handler_may_not_check": 403,
    "cases.only_the_finder": 403,
    "cases.finder_may_not_check": 403,
    "cases.reporter_not_yours": 403,
    "api.not_found": 404,
    "api.unknown_action": 404,
    "territory.unknown_area": 404,
    "cases.not_found": 404,
    "cases.no_such_code": 404,
    "api.method_not_allowed": 405,
    "upload.unknown": 404,
    "photo.already_attached": 409,
    "upload.id_reused": 409,
    "upload.other_offset": 409,
    "report.id_reused": 409,
    "cases.already_done": 409,
    "cases.not_at_this_step": 409,
    "cases.already_rated": 409,
    "cases.task_not_so": 409,
    "cases.no_open_sample": 409,
    "cases.not_asked": 409,
    "cases.task_unknown": 404,
    "precedent.unknown": 404,
    "precedent.not_yours": 403,
    "setting.not_yours": 403,
    "quiet.not_yours": 403,
    "quiet.changed_meanwhile": 409,
    "setting.unknown": 404,
    "setting.changed_meanwhile": 409,
    "api.tus_version": 412,
    "api.body_too_large": 413,
    "upload.part_too_large": 413,
    "photo.too_large": 413,
    "api.media_type": 415,
    "api.part_media_type": 415,
    "api.photo_media_type": 415,
    "photo.not_an_image": 415,
    "api.too_many_requests": 429,
    "api.failed": 500,
    "api.busy": 503,
    "api.unavailable": 503,
    "report.no_street": 503,
}


def status_of(code: str) -> int:
    """Give the HTTP status with which a refusal is answered."""
    return STATUSES.get(code, UNPROCESSABLE)
