"""What a call must hold before it is filed, and the report it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from linli.ground.people.rules import PERMISSIONS, may
from linli.ground.people.terms import Action, Member, Role, Target
from linli.programmes.hotline.rules.pasted import digits
from linli.programmes.hotline.rules.refusals import CallRefused, NotForYou
from linli.programmes.hotline.terms import (
    MAX_WORDS,
    CallWords,
    TellBy,
)
from linli.spine.cases.terms import (
    PLACELESS_KINDS,
    CaseKind,
    Channel,
    Contact,
    NewReport,
    PhotoRef,
    Point,
)

MAX_LINE = 200
UUID_VERSION = 7


def post_for(member: Member, right: Action) -> tuple[Role, str]:
    """Give the role and the sub-district in which a member has a right.

    Raises:
        NotForYou: when no post gives it.
    """
    for post in member.appointments:
        target = Target(street_code=post.street_code, is_complaint=False)
        if right in PERMISSIONS[post.role] and may(member, right, target):
            return post.role, post.street_code
    raise NotForYou("hotline.not_yours")


def check_words(words: CallWords) -> None:
    """Refuse a draft whose words can't be kept.

    Raises:
        CallRefused: too long, or with characters no database keeps.
    """
    for field in fields(words):
        body = getattr(words, field.name)
        most = MAX_WORDS if field.name == "text" else MAX_LINE
        if isinstance(body, str) and (len(body) > most or not _is_whole(body)):
            raise CallRefused("hotline.words_too_long", field=field.name)


def report_of(
    words: CallWords, *, draft_id: UUID, photos: Sequence[PhotoRef], language: str
) -> NewReport:
    """Turn what was typed into a report; the draft's id makes it one report however often sent.

    Raises:
        CallRefused: what is missing or unreadable, naming the field.
    """
    kind = kind_of(words)
    point = point_of(words)
    # What was typed to find the place is better than no place: the clerk places it when filing.
    address = words.address.strip() or words.place.strip()
    if point is None and not address and kind not in PLACELESS_KINDS:
        raise CallRefused("hotline.place_missing", field="place")
    tell_of(words)
    return NewReport(
        id=draft_id,
        text=words.text,
        kind=kind,
        channel=channel_of(words),
        category_key=words.category,
        point=point,
        address=address,
        place_note=words.place_note.strip(),
        photos=tuple(photos),
        contact=Contact(
            name=words.name.strip(),
            phone=words.caller.strip(),
            door=words.door.strip(),
            agrees_contact=words.agrees,
        ),
        is_anonymous=words.anonymous or not (words.name.strip() or words.caller.strip()),
        about_organisation_id=about_of(words),
        is_urgent=words.urgent,
        original_number=words.original_number.strip(),
        language=language,
    )


def kind_of(words: CallWords) -> CaseKind:
    """Read the kind.

    Raises:
        CallRefused: when there is no such kind.
    """
    try:
        return CaseKind(words.kind)
    except ValueError as fault:
        raise CallRefused("hotline.kind_unknown", field="kind") from fault


def channel_of(words: CallWords) -> Channel:
    """Read the channel; what is none counts as a call."""
    known = {one.value for one in Channel}
    return Channel(words.channel) if words.channel in known else Channel.PHONE


def about_of(words: CallWords) -> int | None:
    """Read which unit a complaint is about; other kinds are about none."""
    is_about = words.kind == CaseKind.COMPLAINT.value and words.about.isdecimal()
    return int(words.about) if is_about else None


def point_of(words: CallWords) -> Point | None:
    """Read the point, or None when there is none.

    Raises:
        CallRefused: when it is no number.
    """
    if not words.lon or not words.lat:
        return None
    try:
        return Point(lon=float(words.lon), lat=float(words.lat))
    except ValueError as fault:
        raise CallRefused("hotline.point_unreadable", field="place") from fault


def tell_of(words: CallWords) -> TellBy | None:
    """Read how the answer goes back to somebody without a phone; None when it needs no way.

    Raises:
        CallRefused: entered for somebody else, and nothing said of how to tell them.
    """
    known = {one.value for one in TellBy}
    if words.tell_by in known:
        return TellBy(words.tell_by)
    if words.behalf:
        raise CallRefused("hotline.tell_how_missing", field="tell_by")
    return None


def check_id(draft_id: UUID) -> None:
    """Refuse an id that could not become the id of a case.

    Raises:
        CallRefused: when it is no UUIDv7.
    """
    if draft_id.version != UUID_VERSION:
        raise CallRefused("hotline.id_not_v7", field="id")


def caller_digits(words: CallWords) -> str:
    """Give the digits of the caller's number."""
    return digits(words.caller)


def _is_whole(body: str) -> bool:
    if "\x00" in body:
        return False
    try:
        body.encode()
    except UnicodeEncodeError:
        return False
    return True
