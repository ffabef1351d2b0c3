"""The log of looks in the words of the page: what is asked for, and how a line reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.looks import LookFilters, LookRow
from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.ground.people.queries import list_account_names
from linli.ground.people.queries.staff import (
    find_accounts_called,
    list_person_names,
    list_staff_ever,
)
from linli.ground.people.rules import reach
from linli.ground.people.terms import LOOK_PURPOSE_LABELS, Action, LookPurpose, Member, Role
from linli.spine.cases.queries.case import find_case_id
from linli.spine.cases.queries.numbers import list_numbers
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import case_subject

from .look_words import word_fields

NOBODY = -1


# What was looked at where it was no case; the rest is named as it is stored.
SUBJECTS = {
    "kernel.ExportRecord": N_("导出的文件"),
    "kernel.Look": N_("查看记录"),
    "kernel.SearchMade": N_("查询记录"),
    "people.Account": N_("关于本人的记录"),
    "people.Person": N_("人员档案"),
    "hotline.Recording": N_("录音"),
}


class LookForm(forms.Form):
    """Reads the address; what it can't read is left out."""

    who = forms.CharField(label=_("谁看的（姓名或登录名）"), required=False, max_length=40)
    person = forms.CharField(label=_("看了谁（姓名的编号）"), required=False, max_length=12)
    number = forms.CharField(label=_("哪件案件（编号）"), required=False, max_length=20)
    purpose = forms.ChoiceField(label=_("目的"), required=False)
    since = forms.DateField(label=_("自"), required=False)
    until = forms.DateField(label=_("至"), required=False)

    def __init__(self, asked: Any) -> None:
        super().__init__(asked, auto_id="looks-%s")
        choices = [(one.value, gettext(label)) for one, label in LOOK_PURPOSE_LABELS.items()]
        field = cast("forms.ChoiceField", self.fields["purpose"])
        field.choices = [("", gettext("全部目的")), *choices]
        self.fields["who"].widget.input_type = "search"
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def read(self, member: Member) -> LookFilters:
        """Turn the address into what is searched, within the member's reach."""
        self.is_valid()
        given = self.cleaned_data
        found = LookFilters(
            actor_ids=list_staff_ever(reach(member, Action.LOOK_LOG)),
            purpose=given.get("purpose") or "",
            since=_midnight(given.get("since")),
            until=_midnight(given.get("until"), days_later=1),
        )
        if who := (given.get("who") or "").replace("\0", "").strip():
            found = replace(found, actor_ids=_both(found.actor_ids, find_accounts_called(who)))
        if person := given.get("person") or "":
            found = replace(found, person_id=int(person) if person.isdecimal() else NOBODY)
        if number := (given.get("number") or "").strip():
            case_id = find_case_id(number=number)
            nowhere = Subject(kind="cases.Case", id="")
            found = replace(found, subject=case_subject(case_id) if case_id else nowhere)
        return found


@dataclass(frozen=True, kw_only=True)
class LookLine:
    """One look in words; labels are msgids, `fields` is said in the language of the page.

    `number` is set where a case was looked at.
    """

    at: datetime
    who: str
    role: str
    person_id: int | None
    person: str
    subject: str
    number: str
    fields: str
    purpose: str
    reason: str


def word_looks(rows: Iterable[LookRow]) -> list[LookLine]:
    """Name who looked, at whom and at which case; three statements for all."""
    found = list(rows)
    actors = list_account_names({one.actor_id for one in found if one.actor_id is not None})
    persons = list_person_names({one.person_id for one in found if one.person_id is not None})
    cases = {UUID(one.subject.id) for one in found if one.subject.kind == "cases.Case"}
    numbers = list_numbers(cases)
    return [
        LookLine(
            at=one.at,
            who=actors.get(one.actor_id or 0, ""),
            role=Role(one.actor_role).label if one.actor_role in set(Role) else "",
            person_id=one.person_id,
            person=persons.get(one.person_id or 0, ""),
            subject=SUBJECTS.get(one.subject.kind, one.subject.kind),
            number=numbers.get(one.subject.id, ""),
            fields=word_fields(one.fields),
            purpose=LookPurpose(one.purpose).label if one.purpose in set(LookPurpose) else "",
            reason=mask_numbers(one.reason),
        )
        for one in found
    ]


def read_place(text: str) -> tuple[datetime, UUID] | None:
    """Read from the address where the page before ended."""
    written, _, look_id = text.partition("_")
    try:
        at = parse_datetime(written.replace(" ", "+"))
        return (at, UUID(look_id)) if at is not None and at.tzinfo else None
    except ValueError:
        return None


def write_place(row: LookRow) -> str:
    """Write for the address where a page ends."""
    return f"{row.at.isoformat()}_{row.id}"


def _both(reach_ids: Any, called: list[int]) -> list[int]:
    return called if reach_ids is None else sorted(set(reach_ids) & set(called))


def _midnight(day: date | None, *, days_later: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time()))
