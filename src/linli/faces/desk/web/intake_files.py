"""What comes with a call: a message pasted from a chat, photos, a recorded voice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import member_of, staff_page
from linli.faces.desk.forms.intake import read_photos, read_words, show_photos
from linli.faces.desk.forms.photos import store_all
from linli.faces.desk.ranges import give_part
from linli.faces.frame.photos import send_photo
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Action, Member
from linli.ground.territory.queries import find_mentioned
from linli.programmes.hotline import queries, services
from linli.programmes.hotline.rules.calls import post_for
from linli.programmes.hotline.rules.pasted import split_pasted
from linli.programmes.hotline.rules.recordings import HEAD_BYTES, recognise_sound
from linli.programmes.hotline.rules.refusals import NoSuchDraft, RecordingRefused
from linli.programmes.hotline.terms import MAX_WORDS, CallWords
from linli.spine.cases.terms import Channel, PhotoRef

MOST_FILES = 12


@require_http_methods(["GET", "POST"])
@staff_page(Action.CALL_TAKE)
def paste_message(request: HttpRequest, member: Member) -> HttpResponse:
    """Make a draft of a pasted message with its photos and voices; the clerk confirms it."""
    pasted = request.POST.get("pasted", "")[:MAX_WORDS]
    files = request.FILES.getlist("files")[:MOST_FILES]
    if request.method != "POST":
        return render(request, "desk/intake/paste.html", {"page_kind": "desk"})
    if not pasted.strip() and not files:
        fault = gettext("请先粘贴文字，或者拖进照片、录音。")
        words = {"page_kind": "desk", "fault": fault}
        return render(request, "desk/intake/paste.html", words, status=422)
    draft_id = new_id()
    words_read = _read(pasted, member)
    photos = _keep(request, member, draft_id, words_read, (), files)
    if photos is None:
        words = {"page_kind": "desk", "pasted": pasted}
        return render(request, "desk/intake/paste.html", words, status=422)
    return HttpResponseRedirect(reverse("desk:call", args=[draft_id]))


@require_POST
@staff_page(Action.CALL_TAKE)
def add_files(request: HttpRequest, member: Member, draft_id: UUID) -> HttpResponse:
    """Keep photos and voices with a call in hand and show what it has now."""
    words = read_words(request.POST)
    before = read_photos(request.POST)
    files = request.FILES.getlist("files")[:MOST_FILES]
    photos = _keep(request, member, draft_id, words, before, files)
    try:
        draft = queries.get_draft(draft_id=draft_id, member=member)
        recordings = draft.recordings
    except NoSuchDraft:
        recordings = ()
    shown = {
        "photos": show_photos(photos if photos is not None else before),
        "draft": {"id": draft_id, "recordings": recordings},
        "faults": [str(one) for one in messages.get_messages(request)],
    }
    return render(request, "desk/intake/files.html", shown)


@require_GET
@staff_page(Action.CALL_TAKE)
def show_draft_photo(
    request: HttpRequest, member: Member, draft_id: UUID, photo_id: UUID
) -> HttpResponseBase:
    """Send a small picture of a photo of one's own call in hand.

    Raises:
        Http404: no such call or photo.
    """
    try:
        draft = queries.get_draft(draft_id=draft_id, member=member)
        if photo_id not in {ref.id for ref in draft.photos}:
            raise Http404
    except Refusal as refusal:
        raise Http404 from refusal
    return send_photo(photo_id, "thumb", kept="private, no-store")


@require_GET
def play_recording(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """Send a recorded voice, or the part a player asks for; each hearing is logged once.

    Raises:
        Http404: no such recording, its term is over, or not for this member.
    """
    member = member_of(request)
    if member is None:
        raise Http404
    asked = request.headers.get("Range", "")
    is_first = not asked or asked.startswith("bytes=0-")
    as_sent = "as_sent" in request.GET
    try:
        file, media_type, size = services.open_recording(
            recording_id=recording_id,
            member=member,
            at=timezone.now(),
            is_first=is_first,
            as_sent=as_sent,
        )
    except Refusal as refusal:
        raise Http404 from refusal
    answer: HttpResponseBase = give_part(file, size=size, asked=asked) or FileResponse(file)
    answer["Content-Type"] = media_type
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = f'inline; filename="{recording_id}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _read(pasted: str, member: Member) -> CallWords:
    """Read a pasted message into the fields of a call."""
    split = split_pasted(pasted)
    _role, street_code = post_for(member, Action.CALL_TAKE)
    place = next(iter(find_mentioned(split.text, street_code, 1)), None)
    found: dict[str, Any] = {}
    if place is not None and place.lon is not None and place.lat is not None:
        found = {
            "place": place.name,
            "lon": f"{place.lon:.6f}",
            "lat": f"{place.lat:.6f}",
            "address": place.address or place.name,
        }
    note = gettext("对方写于 %(when)s") % {"when": split.said_at} if split.said_at else ""
    return CallWords(
        caller=split.phone,
        channel=Channel.WECHAT.value,
        name=split.name[:60],
        text=split.text,
        place_note=note,
        **found,
    )


def _keep(
    request: HttpRequest,
    member: Member,
    draft_id: UUID,
    words: CallWords,
    before: tuple[PhotoRef, ...],
    files: Iterable[UploadedFile[bytes]],
) -> tuple[PhotoRef, ...] | None:
    """Save the draft with its files; what can't be kept is said, the rest stays."""
    now = timezone.now()
    voices, pictures = _sort(files)
    photos = list(before)
    for picture in pictures:
        try:
            photos += store_all([picture], uploaded_by_id=member.account_id, at=now)
        except Refusal as refusal:
            messages.error(request, f"{picture.name}：{refusal.words(gettext)}")
    try:
        services.save_draft(
            draft_id=draft_id,
            words=words,
            photos=photos,
            editor=request.POST.get("editor", ""),
            seen_version=0,
            member=member,
            at=now,
        )
        for voice in voices:
            _keep_voice(request, member, draft_id, voice)
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
        return None
    return tuple(photos)


def _keep_voice(
    request: HttpRequest, member: Member, draft_id: UUID, voice: UploadedFile[bytes]
) -> None:
    try:
        services.keep_recording(
            stream=voice,
            size=voice.size or 0,
            draft_id=draft_id,
            member=member,
            at=timezone.now(),
        )
    except RecordingRefused as refusal:
        messages.error(request, f"{voice.name}：{refusal.words(gettext)}")


def _sort(
    files: Iterable[UploadedFile[bytes]],
) -> tuple[list[UploadedFile[bytes]], list[UploadedFile[bytes]]]:
    """Tell voices from pictures by their first bytes; what is neither is judged as a picture."""
    voices: list[UploadedFile[bytes]] = []
    pictures: list[UploadedFile[bytes]] = []
    for file in files:
        (voices if _is_voice(file) else pictures).append(file)
    return voices, pictures


def _is_voice(file: UploadedFile[bytes]) -> bool:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    try:
        recognise_sound(head, size=1)
    except RecordingRefused as refusal:
        # A voice all the same, whose refusal says what to do.
        return refusal.code == "hotline.recording_silk"
    return True
