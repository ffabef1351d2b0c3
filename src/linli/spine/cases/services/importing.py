"""Cases taken over from a table: every row goes through the intake, none is taken twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.importing import Batch, Standing, Verdict
from linli.ground.kernel.imports import ImportView
from linli.ground.kernel.tables.reading import TableRow
from linli.ground.kernel.tables.terms import Column, Fault
from linli.ground.kernel.tables.values import text_of
from linli.ground.people.errors import NotPermitted
from linli.ground.people.queries import find_member, list_organisations
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.errors import InvalidPoint
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point
from linli.ground.territory.rules.polygons import TO_WGS84
from linli.ground.territory.terms import CoordinateSystem, Place
from linli.spine.cases.lane import report_cases
from linli.spine.cases.models import Origin
from linli.spine.cases.queries.catalogue import find_category, list_categories
from linli.spine.cases.queries.origin import list_entered_by_hand, list_known_ids
from linli.spine.cases.queries.settings import area_name, get_policy, home_street
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.importing import (
    CHANNELS,
    COLUMNS,
    DEFAULT_PLACE,
    SHOWN,
    Lookups,
    ReadCase,
    fault,
    fingerprint_of,
    id_of,
    plain,
    read_row,
)
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.rules.reports import mask_numbers, rounded
from linli.spine.cases.services.drafting import Arrival
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    KIND_LABELS,
    CaseKind,
    Channel,
    Point,
    Reported,
)

KIND = "cases"
T = TypeVar("T", bound=str)


class CaseImporter:
    """Says what the rows of a table of cases mean."""

    kind = KIND
    columns: Sequence[Column] = COLUMNS
    shown: Sequence[str] = SHOWN

    def open(self, *, view: ImportView, rows: Sequence[TableRow], at: datetime) -> Batch:
        """Look over the file: which rows repeat others, which point stands there far too often.

        Raises:
            NotPermitted: when the sender may not import cases any more.
        """
        member = find_member(view.actor.account_id or 0, at)
        target = Target(street_code=view.street_code, is_complaint=False)
        if member is None or not may(member, Action.CASE_IMPORT, target):
            raise NotPermitted
        return CaseBatch(view=view, member=member, rows=rows, at=at)

    def explain(self, *, at: datetime) -> Mapping[str, Sequence[str]]:
        """Give what may be written for channel, kind, category and organisation."""
        on = timezone.localdate(at)
        return {
            "channel": [gettext(CHANNEL_LABELS[channel]) for channel in CHANNELS],
            "kind": [gettext(label) for label in KIND_LABELS.values()],
            "category": [f"{name_of(one)} {one.key}" for one in list_categories(on=on)],
            "is_urgent": [gettext("是")],
        }


@dataclass(frozen=True, kw_only=True)
class _First:
    """Where a fingerprint stands first in the file, and what that row says."""

    number: int
    words: int


class CaseBatch:
    """The rows of one file of cases."""

    def __init__(
        self, *, view: ImportView, member: Member, rows: Sequence[TableRow], at: datetime
    ) -> None:
        self.view, self.member, self.at = view, member, at
        self.lookups = look_up(view, at)
        self.firsts: dict[str, _First] = {}
        points: Counter[tuple[str, str]] = Counter()
        for row in rows:
            self.firsts.setdefault(self._fingerprint(row), _first(row))
            points[_written_point(row)] += 1
        policy = get_policy(home_street(timezone.localdate(at)))
        self.listed = policy.suspicious_points
        self.repeated = {
            point: count
            for point, count in points.items()
            if all(point) and count >= policy.suspicious_repeats
        }

    def check(self, rows: Sequence[TableRow]) -> list[Verdict]:
        """Judge some rows with two statements for all of them."""
        ids = {row.number: self._id(row) for row in rows}
        known = list_known_ids(ids.values())
        entered = list_entered_by_hand(
            street_code=self.view.street_code,
            numbers={text_of(row.cells.get("original_number")) for row in rows},
        )
        return [self._judge(row, ids[row.number], known, entered) for row in rows]

    def take(self, verdicts: Sequence[Verdict]) -> Sequence[Refusal | None]:
        """Take rows through the lane of many, and keep what the platform above said of each.

        Raises:
            DatabaseError: a fault that is no row's own; nothing is taken then.
        """
        target = Target(street_code=self.view.street_code, is_complaint=False)
        role = find_role(self.member, Action.CASE_IMPORT, target)
        actor = self.member.actor(role=role)
        reads: list[ReadCase] = [verdict.item for verdict in verdicts]
        outcomes = report_cases(
            [Arrival(report=read.report, actor=actor, at=self.at) for read in reads]
        )
        answers = [refusal_of(outcome) for outcome in outcomes]
        Origin.objects.bulk_create(
            self._origin(outcome.case_id, read)
            for read, outcome, refusal in zip(reads, outcomes, answers, strict=True)
            if isinstance(outcome, Reported) and refusal is None
        )
        return answers

    def _origin(self, case_id: UUID, read: ReadCase) -> Origin:
        return Origin(
            case_id=case_id,
            system=read.upper.system,
            received_at=read.upper.received_at,
            due_at=read.upper.due_at,
            import_id=self.view.id,
        )

    def _judge(
        self,
        row: TableRow,
        case_id: UUID,
        known: Mapping[UUID, str],
        entered: Mapping[str, str],
    ) -> Verdict:
        number = known.get(case_id) or entered.get(text_of(row.cells.get("original_number")))
        if number:
            there = fault("original_number", "import.known", number=number)
            return Verdict(row=row, standing=Standing.KNOWN, faults=(there,))
        first = self.firsts[self._fingerprint(row)]
        if first.number != row.number:
            return _repeated(row, first)
        read = read_row(row.cells, case_id=case_id, lookups=self.lookups)
        read, remarks, place = self._placed(read, row)
        remarks = (*read.remarks, *remarks)
        faults = (*read.faults, *self._out_of_reach(read, place))
        return Verdict(
            row=row,
            standing=Standing.FAULTY if faults else Standing.GOOD,
            item=read,
            faults=faults,
            remarks=() if faults else remarks,
            shown=() if faults else _shown(read, place),
        )

    def _placed(
        self, read: ReadCase, row: TableRow
    ) -> tuple[ReadCase, tuple[Fault, ...], Place | None]:
        """Turn the point into WGS-84 and see where it lies; a default point is no place."""
        given = read.report.point
        if given is None:
            return read, (), None
        count = self.repeated.get(_written_point(row), 0)
        if count or rounded((given.lon, given.lat)) in self.listed:
            remark = fault(
                "lon", "import.default_point", lon=given.lon, lat=given.lat, count=count or 1
            )
            if not _is_wrong(given.lon, given.lat):
                return self._without_point(read, remark), (remark,), None
        try:
            check_point(given.lon, given.lat)
            lon, lat = self.lookups.to_wgs84(given.lon, given.lat)
        except InvalidPoint as refusal:
            wrong = Fault(
                column="lon", code=refusal.code, message=refusal.message, params=refusal.params
            )
            return replace(read, faults=(*read.faults, wrong)), (), None
        place = locate(lon, lat, timezone.localdate(self.at))
        report = replace(read.report, point=Point(lon=float(lon), lat=float(lat)))
        outside = () if place.street_id else (fault("lon", "import.outside"),)
        return replace(read, report=report), outside, place

    def _without_point(self, read: ReadCase, remark: Fault) -> ReadCase:
        report = read.report
        note = " ".join(filter(None, (report.place_note, remark.reason(gettext))))
        address = report.address or self.lookups.nowhere
        return replace(
            read, report=replace(report, point=None, address=address, place_note=note[:200])
        )

    def _out_of_reach(self, read: ReadCase, place: Place | None) -> tuple[Fault, ...]:
        is_complaint = read.report.kind is CaseKind.COMPLAINT
        street_code = self.view.street_code
        if place is not None and place.street_id is not None:
            street_code = area_name(place.street_id).code
        target = Target(
            street_code=street_code,
            is_complaint=is_complaint,
            about_organisation_id=read.report.about_organisation_id,
        )
        if may(self.member, Action.CASE_IMPORT, target):
            return ()
        if street_code != self.view.street_code and place is not None and place.street_id:
            name = area_name(place.street_id).name
            return (fault("lon", "import.other_street", street=name),)
        return (fault("kind", "import.not_permitted"),)

    def _fingerprint(self, row: TableRow) -> str:
        return fingerprint_of(row.cells, system=self.lookups.system)

    def _id(self, row: TableRow) -> UUID:
        return id_of(self._fingerprint(row), street_code=self.view.street_code)


def look_up(view: ImportView, at: datetime) -> Lookups:
    """Gather what the rows of one file are read with."""
    options = view.options
    system = CoordinateSystem(options.get("coordinates", CoordinateSystem.WGS84.value))
    return Lookups(
        zone=timezone.get_default_timezone(),
        now=at,
        channel=Channel(options.get("channel", Channel.HOTLINE.value)),
        system=str(options.get("system", "")),
        categories=_categories(timezone.localdate(at)),
        channels=_in_both(CHANNEL_LABELS, CHANNELS),
        kinds=_in_both(KIND_LABELS, KIND_LABELS),
        organisations=_organisations(),
        to_wgs84=TO_WGS84[system],
        offered={
            "channel": "、".join(gettext(CHANNEL_LABELS[one]) for one in CHANNELS),
            "kind": "、".join(gettext(label) for label in KIND_LABELS.values()),
        },
        nowhere=gettext(DEFAULT_PLACE),
    )


def refusal_of(outcome: Reported | Exception) -> Refusal | None:
    """Give why a row was not taken; a case that was there already is not this row's.

    Raises:
        Exception: a fault that says nothing about the row.
    """
    if isinstance(outcome, Reported):
        if outcome.created:
            return None
        return ReportRefused("report.there_already", field="id", number=outcome.number)
    if isinstance(outcome, Refusal):
        return outcome
    if isinstance(outcome, DataError | IntegrityError):
        return ReportRefused("report.unfit")
    raise outcome


def _first(row: TableRow) -> _First:
    return _First(number=row.number, words=hash(tuple(map(text_of, row.cells.values()))))


def _repeated(row: TableRow, first: _First) -> Verdict:
    is_same = _first(row).words == first.words
    code = "import.repeated" if is_same else "import.number_repeated"
    return Verdict(
        row=row,
        standing=Standing.KNOWN if is_same else Standing.FAULTY,
        faults=(fault("original_number", code, first=first.number),),
    )


def _written_point(row: TableRow) -> tuple[str, str]:
    return text_of(row.cells.get("lon")), text_of(row.cells.get("lat"))


def _is_wrong(lon: float, lat: float) -> bool:
    """Tell whether a repeated point is no point at all: 0/0, swapped, off the earth."""
    try:
        check_point(lon, lat)
    except InvalidPoint:
        return True
    return False


def _shown(read: ReadCase, place: Place | None) -> tuple[str, ...]:
    report, received = read.report, read.upper.received_at
    category = find_category(report.category_key) if report.category_key else None
    where = name_of(place.area) if place and place.area else report.address
    return (
        report.original_number,
        date_format(timezone.localtime(received), "Y-m-d H:i") if received else "",
        mask_numbers(report.title),
        name_of(category),
        mask_numbers(where),
        gettext(KIND_LABELS[report.kind]),
    )


def _categories(on: date) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in list_categories(on=on):
        # As the template writes it, too: name and key.
        both = f"{one.name}{one.key}", f"{one.name_en}{one.key}"
        for name in {one.key, one.code, one.name, one.name_en, *both} - {""}:
            found[plain(name)].append(one.key)
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def _organisations() -> dict[str, int]:
    found: dict[str, int] = {}
    for one in list_organisations():
        for name in (one.code, one.name, one.name_en):
            if name:
                found.setdefault(plain(name), one.id)
    return found


def _in_both(labels: Mapping[T, str], wanted: Iterable[T]) -> dict[str, T]:
    """Know the labels in both languages, the present one first, and the codes."""
    found = {plain(gettext(labels[value])): value for value in wanted}
    for value in wanted:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found.setdefault(plain(gettext(labels[value])), value)
        found.setdefault(str(value), value)
    return found
