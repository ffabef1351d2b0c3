"""What was typed into the forms of joint enforcement, as the room takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.programmes.enforcement.terms import (
    AnswerInput,
    AppealInput,
    AppealKind,
    EvidenceInput,
    Kind,
    MeasureInput,
    MeasureKind,
    NoticeInput,
    NoticeKind,
    Outcome,
    PartyInput,
    PartyKind,
    Plan,
    RecusalInput,
    Serving,
    Stage,
)
from linli.spine.cases.terms import Point


def read_plan(given: Mapping[str, Any]) -> Plan:
    """Turn the fields of a plan into one."""
    lon, lat = given.get("lon"), given.get("lat")
    return Plan(
        kind=Kind(given["kind"]),
        title=given["title"],
        aim=given["aim"],
        address=given["address"],
        starts_at=given["starts_at"],
        point=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
        member_ids=tuple(given["member_ids"]),
        commander_id=given["commander_id"],
    )


def read_party(given: Mapping[str, Any]) -> PartyInput | None:
    """Read the party that was typed."""
    if given.get("party_id") is not None:
        return PartyInput(id=given["party_id"])
    if "mark" not in given:
        return None
    return PartyInput(
        kind=PartyKind(given["party_kind"]),
        mark=given["mark"],
        name=given["party_name"],
        plate=given["plate"],
        phone=given["phone"],
    )


def read_notice(given: Mapping[str, Any]) -> NoticeInput:
    """Read the notice that was typed."""
    return NoticeInput(
        kind=NoticeKind(given["notice_kind"]),
        power_id=given["power_id"],
        wanted=given["wanted"],
        serving=Serving(given["serving"]),
        deadline_at=given["deadline_at"],
    )


def read_evidence(given: Mapping[str, Any]) -> EvidenceInput:
    """Read the evidence that was typed."""
    return EvidenceInput(
        stage=Stage(given["stage"]),
        taken_at=given["taken_at"],
        taken_by_id=given["taken_by"],
        place=given["place"],
    )


def read_measure(given: Mapping[str, Any]) -> MeasureInput:
    """Read the measure that was typed."""
    return MeasureInput(
        kind=MeasureKind(given["measure_kind"]),
        power_id=given["power_id"],
        officer_ids=tuple(given["officer_ids"]),
        amount_yuan=given["amount_yuan"],
        decision_number=given["decision_number"],
    )


def read_appeal(given: Mapping[str, Any]) -> AppealInput:
    """Read the appeal that was typed."""
    return AppealInput(kind=AppealKind(given["appeal_kind"]), received_on=given["received_on"])


def read_recusal(given: Mapping[str, Any]) -> RecusalInput:
    """Read the decision that was typed."""
    return RecusalInput(member_id=given["recused_id"], is_granted=bool(given["is_granted"]))


def read_answer(given: Mapping[str, Any]) -> AnswerInput:
    """Read the answer that was typed."""
    return AnswerInput(appeal_id=given["appeal_id"], outcome=Outcome(given["outcome"]))
