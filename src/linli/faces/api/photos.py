"""`POST /photos`: a photo first, then the report that names it."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, Field

from linli.ground.kernel.marking import N_
from linli.ground.kernel.photos import store_photo
from linli.ground.people.tokens import TokenScope

from .callers import anyone, caller_of
from .instants import edge_now
from .limits import UPLOADING
from .terms import ApiRefusal

router = Router(tags=["photos"])

_BINARY = {"type": "string", "format": "binary"}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": _BINARY},
                    "required": ["file"],
                }
            },
            **{f"image/{kind}": {"schema": _BINARY} for kind in ("jpeg", "png", "webp", "heic")},
        },
    }
}


class PhotoOut(BaseModel):
    """A stored photo. Whoever has id and secret may name it in one report, within 24 hours."""

    id: UUID
    secret: str = Field(description=N_("只显示这一次；上报时与 id 一起填写。"))
    width: int
    height: int
    taken_at: datetime | None = Field(description=N_("照片自带的拍摄时间，只告诉上传者。"))
    taken_lon: float | None = Field(description=N_("照片自带的拍摄位置，只告诉上传者。"))
    taken_lat: float | None


@router.post(
    "/photos",
    response={201: PhotoOut},
    auth=anyone(UPLOADING, scope=TokenScope.REPORT),
    openapi_extra=_BODY,
    summary=N_("上传一张照片"),
    description=N_(
        "JPEG、PNG、WebP 或 HEIC，最大 20 MB、5000 万像素。位置等信息会从文件中去除；"
        "24 小时内没有用于上报的照片会被删除；公开前须经人工审核。"
    ),
)
def post_photo(request: HttpRequest) -> Status[PhotoOut]:
    """Store one photo."""
    account = caller_of(request).actor.account_id
    stored = store_photo(stream=_sent_file(request), uploaded_by_id=account, at=edge_now(request))
    return Status(201, PhotoOut.model_validate(stored, from_attributes=True))


def _sent_file(request: HttpRequest) -> IO[bytes]:
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        sent = request.FILES.get("file")
        if sent is None:
            raise ApiRefusal("api.photo_missing", field="file")
        return cast("IO[bytes]", sent)
    if kind.startswith("image/") or kind == "application/octet-stream":
        return cast("IO[bytes]", request)
    raise ApiRefusal("api.photo_media_type", field="file")
