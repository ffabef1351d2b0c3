"""What comes with a call: pasted messages, photos, recorded voices."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Look
from linli.ground.people.terms import Role
from linli.programmes.hotline.models import Draft, Recording
from linli.programmes.hotline.tests.factories import AMR, MP3
from linli.spine.cases.models import Case, CasePhoto
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn
from .test_intake import call_address, typed

PASTE = "/desk/intake/paste/"
MakePhoto = Callable[[], SimpleUploadedFile]


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    """Give the clerk's browser."""
    return sign_in(Role.INTAKE_CLERK)


def voice(body: bytes = MP3, name: str = "voice.mp3") -> SimpleUploadedFile:
    """Give a recorded voice as a browser sends it."""
    return SimpleUploadedFile(name, body, content_type="audio/mpeg")


def body_of(answer: Any) -> bytes:
    """Read an answer whether it streams or not."""
    body: bytes = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
    return body


def test_a_pasted_message_becomes_a_draft_to_confirm(
    office: Office, clerk: Client, photo: MakePhoto
) -> None:
    grid = office.place.grids[0]
    message = f"王阿姨 2026/11/22 9:13\n{grid.name}垃圾桶满了[图片]\n电话13900001234"
    answer = clerk.post(PASTE, {"pasted": message, "files": [photo()]}, follow=True)
    page = answer.content.decode()
    draft = Draft.objects.get()
    assert draft.words["caller"] == "13900001234"
    assert draft.words["name"] == "王阿姨"
    assert draft.words["channel"] == "wechat"
    assert draft.words["place"] == grid.name
    assert "13900001234" not in draft.words["text"]
    assert "垃圾桶满了</textarea>" in page
    assert "2026/11/22 9:13" in page
    assert f"/desk/intake/{draft.id}/photos/" in page
    assert not Case.objects.exists()


def test_its_photos_go_with_the_case(office: Office, clerk: Client, photo: MakePhoto) -> None:
    page = clerk.post(PASTE, {"pasted": "垃圾", "files": [photo(), photo()]}, follow=True)
    refs = re.findall(r'name="photo" value="([^"]+)"', page.content.decode())
    draft = Draft.objects.get()
    seen = clerk.get(f"/desk/intake/{draft.id}/photos/{refs[0].split(':')[0]}")
    assert seen["Content-Type"] == "image/jpeg"
    assert body_of(seen).startswith(b"\xff\xd8")
    clerk.post(call_address(draft.id), typed(photo=refs))
    assert CasePhoto.objects.filter(case=Case.objects.get()).count() == 2


def test_nothing_pasted_is_said(office: Office, clerk: Client) -> None:
    answer = clerk.post(PASTE, {"pasted": "  "})
    assert answer.status_code == 422
    assert "请先粘贴文字" in answer.content.decode()


def test_a_file_that_is_neither_is_said_and_the_rest_is_kept(
    office: Office, clerk: Client, photo: MakePhoto
) -> None:
    other = SimpleUploadedFile("list.exe", b"MZ not a photo", content_type="image/jpeg")
    page = clerk.post(PASTE, {"pasted": "垃圾", "files": [other, photo()]}, follow=True)
    assert "list.exe" in page.content.decode()
    assert len(Draft.objects.get().photos) == 1


def test_files_are_added_to_a_call_in_hand(office: Office, clerk: Client, photo: MakePhoto) -> None:
    draft_id = new_id()
    address = f"{call_address(draft_id)}files/"
    first = clerk.post(address, typed(files=[photo(), voice()])).content.decode()
    refs = re.findall(r'name="photo" value="([^"]+)"', first)
    assert "<audio" in first
    second = clerk.post(address, typed(photo=refs, files=[photo()])).content.decode()
    assert second.count('name="photo"') == 2


def test_a_voice_is_heard_in_parts_and_logged_once(office: Office, clerk: Client) -> None:
    clerk.post(PASTE, {"files": [voice()]})
    address = f"/desk/recordings/{Recording.objects.get().pk}"
    whole = clerk.get(address, headers={"Range": "bytes=0-"})
    assert (whole.status_code, body_of(whole)) == (206, MP3)
    part = clerk.get(address, headers={"Range": "bytes=2-5"})
    assert (part["Content-Range"], body_of(part)) == (f"bytes 2-5/{len(MP3)}", MP3[2:6])
    tail = clerk.get(address, headers={"Range": "bytes=-4"})
    assert body_of(tail) == MP3[-4:]
    beyond = clerk.get(address, headers={"Range": "bytes=9999-"})
    assert beyond.status_code == 416
    assert Look.objects.filter(purpose="call").count() == 1
    assert body_of(clerk.get(address)) == MP3


def test_a_voice_of_a_phone_plays_in_the_page_and_can_be_taken_as_it_came(
    office: Office, clerk: Client
) -> None:
    answer = clerk.post(PASTE, {"files": [voice(AMR, "voice.amr")]}, follow=True)
    address, page = f"/desk/recordings/{Recording.objects.get().pk}", answer.content.decode()
    assert f'<audio controls preload="none" src="{address}" data-voice>' in page
    assert f'href="{address}?as_sent" download' in page
    played, sent = clerk.get(address), clerk.get(f"{address}?as_sent")
    assert (played["Content-Type"], sent["Content-Type"]) == ("audio/mpeg", "audio/amr")
    assert (len(body_of(played)) > 0, body_of(sent)) == (True, AMR)


def test_a_voice_only_wechat_plays_is_refused_in_words(office: Office, clerk: Client) -> None:
    page = clerk.post(
        PASTE, {"files": [voice(b"\x02#!SILK_V3" + bytes(99), "msg.amr")]}, follow=True
    )
    assert "微信自己的语音格式" in page.content.decode()
    assert not Recording.objects.exists()


def test_nobody_else_hears_it(office: Office, clerk: Client, sign_in: SignIn) -> None:
    clerk.post(PASTE, {"files": [voice()]})
    address = f"/desk/recordings/{Recording.objects.get().pk}"
    for role in (Role.HANDLER, Role.DISPATCHER, Role.SHIFT_LEADER, Role.KEEPER):
        assert sign_in(role).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert not Look.objects.exists()


def test_another_s_photos_are_not_shown(
    office: Office, clerk: Client, sign_in: SignIn, photo: MakePhoto
) -> None:
    clerk.post(PASTE, {"pasted": "垃圾", "files": [photo()]})
    draft = Draft.objects.get()
    address = f"/desk/intake/{draft.id}/photos/{draft.photos[0][0]}"
    assert body_of(clerk.get(address)).startswith(b"\xff\xd8")
    assert sign_in(Role.SHIFT_LEADER).get(address).status_code == 404


def test_on_the_case_page_only_those_who_listen_learn_of_a_voice(
    office: Office, clerk: Client, sign_in: SignIn
) -> None:
    clerk.post(PASTE, {"files": [voice()]})
    draft = Draft.objects.get()
    clerk.post(call_address(draft.id), typed(kind="incident"))
    address = f"/desk/cases/{Case.objects.get().number}/"
    recording = f"/desk/recordings/{Recording.objects.get().pk}"
    assert recording in clerk.get(address).content.decode()
    assert body_of(sign_in(Role.SHIFT_LEADER).get(recording)) == MP3
    assert recording not in sign_in(Role.DISPATCHER).get(address).content.decode()
