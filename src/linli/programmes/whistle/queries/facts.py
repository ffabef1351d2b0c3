"""One whistle as the rules see it: its facts, and how somebody stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linli.ground.people.rules import PERMISSIONS, may, reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.programmes.whistle.models import Call, Judgement, SignIn, Whistle
from linli.programmes.whistle.rules.facts import CallFacts, Standing, WhistleFacts
from linli.programmes.whistle.rules.refusals import NoSuchWhistle
from linli.programmes.whistle.terms import Answer, Proof, Step
from linli.spine.cases.queries.address import get_address

_RELATED = ("street", "area", "case", "item", "caller_organisation", "caller_area")
_SHAPES = ("street__geometry", "area__geometry", "caller_area__geometry")


@dataclass(frozen=True, kw_only=True)
class WhistleFile:
    """A whistle with those it called, lead first; for this room only."""

    whistle: Whistle
    calls: tuple[Call, ...]

    def call_of(self, organisation_id: int) -> Call:
        """Give the call to one organisation.

        Raises:
            LookupError: when it was not called.
        """
        for one in self.calls:
            if one.organisation_id == organisation_id:
                return one
        raise LookupError(f"organisation {organisation_id} was not called")


def open_file(whistle_id: UUID, *, lock: bool = False) -> WhistleFile:
    """Read a whistle with its calls; `lock` keeps others from changing it.

    Raises:
        NoSuchWhistle: when there is none.
    """
    rows = Whistle.objects.select_related(*_RELATED).defer(*_SHAPES)
    if lock:
        rows = rows.select_for_update(of=("self",))
    whistle = rows.filter(id=whistle_id).first()
    if whistle is None:
        raise NoSuchWhistle("whistle.not_found")
    calls = Call.objects.filter(whistle_id=whistle_id)
    related = ("organisation", "sign_in", "judgement")
    return WhistleFile(
        whistle=whistle, calls=tuple(calls.select_related(*related).order_by("-is_lead", "id"))
    )


def sign_in_of(call: Call) -> SignIn | None:
    """Give the sign-in of a call, or None."""
    found: SignIn | None = getattr(call, "sign_in", None)
    return found


def judgement_of(call: Call) -> Judgement | None:
    """Give what was said of a call's organisation, or None."""
    found: Judgement | None = getattr(call, "judgement", None)
    return found


def facts_of(file: WhistleFile) -> WhistleFacts:
    """Give what the offers of actions depend on."""
    whistle = file.whistle
    case_id = whistle.case_id
    return WhistleFacts(
        step=Step(whistle.step),
        calls=tuple(call_facts(one) for one in file.calls),
        has_case=case_id is not None,
        is_fed_back=whistle.is_fed_back,
        case_lead_id=get_address(case_id).lead_id if case_id is not None else None,
        reply_by=whistle.reply_by,
    )


def call_facts(call: Call) -> CallFacts:
    """Give what the rules know of one called organisation."""
    sign_in, judgement = sign_in_of(call), judgement_of(call)
    return CallFacts(
        organisation_id=call.organisation_id,
        is_lead=call.is_lead,
        is_timed=call.is_timed,
        answer=Answer(call.answer) if call.answer else None,
        has_arrived=sign_in is not None,
        is_proven=sign_in is not None and sign_in.proof != Proof.NONE,
        is_late=call.is_late,
        has_replied=call.replied_at is not None,
        disputes=call.disputes,
        is_settled=judgement is not None and judgement.settled_at is not None,
    )


def target_of(file: WhistleFile) -> Target:
    """Describe a whistle to the rules of access: its place and those it called."""
    whistle = file.whistle
    return Target(
        street_code=whistle.street.code,
        area_code=whistle.area.code if whistle.area else whistle.street.code,
        organisation_ids=tuple(one.organisation_id for one in file.calls),
        is_complaint=False,
    )


def may_see(file: WhistleFile, member: Member | None) -> bool:
    """Say whether a member may read a whistle."""
    return may(member, Right.WHISTLE_READ, target_of(file))


def standing_of(file: WhistleFile, member: Member) -> Standing:
    """Say how a member stands to a whistle."""
    whistle, target = file.whistle, target_of(file)
    own = set(reach(member, Right.WHISTLE_ANSWER).organisation_ids)
    return Standing(
        is_caller=may(member, Right.WHISTLE_BLOW, target) and _is_of_callers(whistle, member),
        own_ids=frozenset(own & set(target.organisation_ids)),
        may_settle=may(member, Right.WHISTLE_SETTLE, target),
        is_involved=member.account_id
        in (whistle.caller_id, whistle.keeper_id, whistle.judged_by_id),
    )


def _is_of_callers(whistle: Whistle, member: Member) -> bool:
    """Say whether a member stands where the caller stood, so that a shift may follow another."""
    return any(
        post.area_id == whistle.caller_area_id and Right.WHISTLE_BLOW in PERMISSIONS[post.role]
        for post in member.appointments
    )


def visible_to(member: Member) -> Q:
    """Build the filter of the whistles a member may read."""
    scope = reach(member, Right.WHISTLE_READ)
    found = _inside(scope.all, scope.area_prefixes, "")
    if scope.organisation_ids:
        called = Call.objects.filter(organisation_id__in=scope.organisation_ids)
        found |= Q(pk__in=called.values("whistle_id"))
    return found


def calls_visible_to(member: Member) -> Q:
    """Build the filter of the calls counted for a member: the called count only their own."""
    scope = reach(member, Right.WHISTLE_READ)
    found = _inside(scope.all, scope.area_prefixes, "whistle__")
    return found | Q(organisation_id__in=scope.organisation_ids)


def _inside(is_all: bool, prefixes: tuple[str, ...], where: str) -> Q:
    found = Q() if is_all else Q(pk__in=[])
    for prefix in prefixes:
        inside = {f"{where}area__code__startswith": prefix}
        in_street = {f"{where}area": None, f"{where}street__code__startswith": prefix}
        found |= Q(**inside) | Q(**in_street)
    return found
