"""`/uploads`: photos and recordings of a report in parts, gone on with where they stopped (tus).

The protocol is tus 1.0.0 with its creation extension (https://tus.io/protocols/resumable-upload):
whoever has the address of an upload may ask how far it is and send the rest. With the last part
the file is judged and joins its report; what is refused is forgotten and said.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from linli.ground.kernel import uploads
from linli.ground.kernel.marking import N_
from linli.ground.kernel.photos import Taken, store_photo
from linli.ground.kernel.uploads import UploadView
from linli.programmes.hotline.services import keep_spoken_report
from linli.spine.cases.queries.public import find_by_code
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services import bring_photo, get_street_of_report
from linli.spine.cases.terms import PhotoRef, case_subject

from .callers import strangers
from .instants import edge_now
from .limits import PARTS, UPLOADING
from .terms import ApiRefusal

router = Router(tags=["photos"])

VERSION = "1.0.0"
PART = "application/offset+octet-stream"
PHOTO, RECORDING = "photo", "recording"


def _header(name: str, words: str, *, required: bool = True) -> dict[str, Any]:
    schema = {"type": "string"}
    return {
        "name": name, "in": "header", "required": required, "schema": schema, "description": words
    }  # fmt: skip


_LENGTH = _header("Upload-Length", N_("文件的字节数，最大 20 MB。"))
_METADATA = _header(
    "Upload-Metadata",
    N_(
        "id（发送方生成的 UUIDv7）、report（查询码）、kind（photo 或 recording），可选 taken_at、"
        "taken_lon、taken_lat；值用 base64。"
    ),
)
_OFFSET = _header("Upload-Offset", N_("这一段从第几个字节开始。"))
_BYTES = {"type": "string", "format": "binary"}


@router.post(
    "/uploads",
    response={201: None},
    auth=strangers(UPLOADING),
    openapi_extra={"parameters": [_LENGTH, _METADATA]},
    summary=N_("开始上传一份属于上报的照片或录音，可断点续传（tus）"),
    description=N_("同一 id 再次开始，返回同一个地址；每段最多 256 KB。"),
)
def post_upload(request: HttpRequest) -> HttpResponse:
    """Begin a file of a report, or give the one begun before."""
    _check_version(request)
    said = _read_metadata(request.headers.get("Upload-Metadata", ""))
    case_id = find_by_code(said.report)
    if case_id is None:
        raise NoSuchCase("cases.no_such_code")
    begun = uploads.begin_upload(
        upload_id=said.id,
        subject=case_subject(case_id),
        purpose=said.kind,
        size_bytes=_number(request, "Upload-Length"),
        facts=said.facts,
        at=edge_now(request),
    )
    address = reverse("api:patch_upload", args=[uploads.upload_key(begun.id), begun.id])
    return _answer(begun, status=201, Location=address)


@router.api_operation(
    ["GET", "HEAD"],
    "/uploads/{key}/{uuid:upload_id}",
    auth=strangers(PARTS),
    summary=N_("问已经收到多少"),
)
def get_upload(request: HttpRequest, key: str, upload_id: UUID) -> HttpResponse:
    """Say how far a file is."""
    return _answer(uploads.get_upload(upload_id=upload_id, key=key), status=200)


@router.patch(
    "/uploads/{key}/{uuid:upload_id}",
    response={204: None},
    auth=strangers(PARTS),
    openapi_extra={
        "parameters": [_OFFSET],
        "requestBody": {"required": True, "content": {PART: {"schema": _BYTES}}},
    },
    summary=N_("发送下一段"),
)
def patch_upload(request: HttpRequest, key: str, upload_id: UUID) -> HttpResponse:
    """Take the next part; with the last one the file joins its report."""
    _check_version(request)
    if request.content_type != PART:
        raise ApiRefusal("api.part_media_type")
    at = edge_now(request)

    def use(stream: IO[bytes], upload: UploadView) -> None:
        join_report(stream, upload, at=at)

    view = uploads.add_part(
        upload_id=upload_id,
        key=key,
        offset=_number(request, "Upload-Offset"),
        content=request.body,
        use=use,
        at=at,
    )
    return _answer(view, status=204)


def join_report(stream: IO[bytes], upload: UploadView, *, at: datetime) -> None:
    """Put a whole file where it belongs: a photo on the case, a voice with the clerks."""
    case_id = UUID(upload.subject.id)
    if upload.purpose == RECORDING:
        street = get_street_of_report(case_id=case_id)
        keep_spoken_report(
            stream=stream, size=upload.size_bytes, case_id=case_id, street_code=street, at=at
        )
        return

    def store() -> PhotoRef:
        taken = _taken(upload.facts)
        stored = store_photo(stream=stream, uploaded_by_id=None, at=at, taken=taken)
        return PhotoRef(id=stored.id, secret=stored.secret)

    bring_photo(case_id=case_id, store=store, at=at)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a sender says of a file."""

    id: UUID
    report: str
    kind: str
    facts: Mapping[str, Any]


def _read_metadata(header: str) -> Said:
    """Read `key base64, key base64, …`.

    Raises:
        ApiRefusal: when it can't be read, or something needed is missing.
    """
    try:
        pairs = (part.strip().partition(" ") for part in header.split(",") if part.strip())
        given = {
            name: base64.b64decode(value, validate=True).decode() for name, _space, value in pairs
        }
        said = Said(
            id=UUID(given["id"]),
            report=given["report"],
            kind=given["kind"],
            facts={name: given[name] for name in _FACTS if name in given},
        )
        _taken(said.facts)
    except (binascii.Error, KeyError, ValueError) as fault:
        raise ApiRefusal("api.header_wrong", field="Upload-Metadata", name="Upload-Metadata") from (
            fault
        )
    if said.kind not in (PHOTO, RECORDING) or "\0" in header:
        raise ApiRefusal("api.header_wrong", field="Upload-Metadata", name="Upload-Metadata")
    return said


_FACTS = ("taken_at", "taken_lon", "taken_lat")


def _taken(facts: Mapping[str, Any]) -> Taken:
    """Read when and where a photo was taken; what can't be a place is none.

    Raises:
        ValueError: when it can't be read.
    """
    at = datetime.fromisoformat(facts["taken_at"]) if facts.get("taken_at") else None
    if at is not None and at.tzinfo is None:
        raise ValueError("taken_at has no zone")
    lon, lat = (float(facts[name]) if facts.get(name) else None for name in _FACTS[1:])
    if lon is None or lat is None or not (abs(lon) <= 180 and abs(lat) <= 90):
        return Taken(at=at)
    return Taken(at=at, lon=lon, lat=lat)


def _number(request: HttpRequest, name: str) -> int:
    stated = request.headers.get(name, "")
    if not (stated.isascii() and stated.isdigit()) or len(stated) > 12:
        raise ApiRefusal("api.header_wrong", field=name, name=name)
    return int(stated)


def _check_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable", VERSION) != VERSION:
        raise ApiRefusal("api.tus_version", field="Tus-Resumable")


def _answer(view: UploadView, *, status: int, **headers: str) -> HttpResponse:
    response = HttpResponse(status=status, headers=headers)
    response["Tus-Resumable"] = VERSION
    response["Upload-Offset"] = str(view.received_bytes)
    response["Upload-Length"] = str(view.size_bytes)
    response["Cache-Control"] = "no-store"
    return response
