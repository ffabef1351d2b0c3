"""One call-back as the rules see it: its facts, and how somebody stands to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.ground.people.rules import may, never_about, reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.programmes.callback.models import Callback, CallbackTry, Exclusion
from linli.programmes.callback.rules.calling import Facts, Standing
from linli.programmes.callback.rules.refusals import NoSuchCallback
from linli.programmes.callback.terms import Redo, Step
from linli.spine.cases.queries.closing import Closing, Reach, get_closing, get_reach

_RELATED = ("case", "street", "category", "organisation")
_SHAPES = ("street__geometry",)


@dataclass(frozen=True)
class CallbackFile:
    """A call-back with its tries; the rest is read when first asked for. For this room only."""

    callback: Callback

    @cached_property
    def tries(self) -> tuple[CallbackTry, ...]:
        """The tries, oldest first."""
        return tuple(CallbackTry.objects.filter(callback=self.callback).order_by("no"))

    @cached_property
    def exclusions(self) -> tuple[Exclusion, ...]:
        """The wishes to leave it out, oldest first."""
        return tuple(Exclusion.objects.filter(callback=self.callback).order_by("id"))

    @cached_property
    def closing(self) -> Closing:
        """The case with those who handled it."""
        return get_closing(self.callback.case_id)

    @cached_property
    def reach(self) -> Reach:
        """How the reporter can be reached."""
        return get_reach(self.callback.case_id)


def find_case_id(callback_id: UUID) -> UUID:
    """Give the case of a call-back, so that it can be locked first.

    Raises:
        NoSuchCallback: when there is none.
    """
    rows = Callback.objects.filter(id=callback_id)
    found = rows.values_list("case_id", flat=True).first()
    if found is None:
        raise NoSuchCallback("callback.not_found")
    return found


def open_file(callback_id: UUID, *, lock: bool = False) -> CallbackFile:
    """Read a call-back; `lock` keeps others from changing it meanwhile.

    Raises:
        NoSuchCallback: when there is none.
    """
    rows = related_callbacks()
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(id=callback_id).first()
    if found is None:
        raise NoSuchCallback("callback.not_found")
    return CallbackFile(found)


def related_callbacks() -> QuerySet[Callback]:
    """Build the query of call-backs with what every look at one needs."""
    return Callback.objects.select_related(*_RELATED).defer(*_SHAPES)


def facts_of(file: CallbackFile) -> Facts:
    """Give what the rules need to know of a call-back."""
    row = file.callback
    return Facts(
        step=Step(row.step),
        tries=len(file.tries),
        last_try_on=file.tries[-1].on if file.tries else None,
        holder_id=row.holder_id,
        held_at=row.held_at,
        redo=Redo(row.redo),
        is_excluded=row.is_excluded,
        has_open_exclusion=any(one.is_granted is None for one in file.exclusions),
        has_phone=file.reach.has_phone,
        has_account=file.reach.has_account,
    )


def target_of(file: CallbackFile) -> Target:
    """Describe a call-back to the rules of access: it belongs to its street."""
    return Target(street_code=file.callback.street.code, is_complaint=False)


def standing_of(file: CallbackFile, member: Member) -> Standing:
    """Say how a member stands to a call-back."""
    target, closing = target_of(file), file.closing
    organisations = {*closing.handler_ids, file.callback.organisation_id}
    return Standing(
        account_id=member.account_id,
        may_work=may(member, Right.CALLBACK_WORK, target),
        may_decide=may(member, Right.CALLBACK_DECIDE, target),
        has_handled=member.account_id in closing.handler_account_ids
        or bool(organisations & set(member.organisation_ids)),
    )


def may_see(file: CallbackFile, member: Member) -> bool:
    """Say whether a member may read a call-back with its answer: not of what they handled."""
    if not may(member, Right.CALLBACK_READ, target_of(file)):
        return False
    about = file.closing.about_organisation_id
    is_own_complaint = about is not None and about in never_about(member)
    return not (is_own_complaint or standing_of(file, member).has_handled)


def visible_to(member: Member) -> Q:
    """Build the filter of the call-backs whose answers a member may read."""
    return within(member, Right.CALLBACK_READ) & ~_own(member)


def within(member: Member, right: Right) -> Q:
    """Build the filter of the call-backs of the streets a right reaches."""
    scope = reach(member, right)
    if scope.all:
        return Q()
    found = Q(pk__in=[])
    for prefix in scope.area_prefixes:
        found |= Q(street__code__startswith=prefix)
    return found


def _own(member: Member) -> Q:
    """Build the filter of what a member's own organisations handled, or are complained of for."""
    return Q(organisation_id__in=member.organisation_ids, organisation__isnull=False) | Q(
        case__about_organisation_id__in=never_about(member), case__about_organisation__isnull=False
    )
