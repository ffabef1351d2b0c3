"""What each action changes besides the step; the rule has been checked before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.photos import approve_photo
from linli.ground.kernel.terms import Actor, ActorKind, Occurrence
from linli.ground.people.terms import Member
from linli.spine.cases import events
from linli.spine.cases.models import Assignment, Case, CasePhoto, Category, Rating
from linli.spine.cases.queries.facts import CaseFile
from linli.spine.cases.queries.mains import find_main
from linli.spine.cases.queries.routing import propose_for_case
from linli.spine.cases.rules.clocks import Policy, reopen_until
from linli.spine.cases.rules.procedure import Action
from linli.spine.cases.rules.projection import REROUTABLE
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    AssignmentState,
    Duty,
    Level,
    PhotoRef,
    PhotoStage,
    Step,
    Visibility,
)


@dataclass(kw_only=True)
class Act:
    """An action under way; the performer changes `file.case`.

    `joined_case_id` is the case of a reporter who acts on the main case it was merged into.
    """

    file: CaseFile
    action: Action
    actor: Actor
    at: datetime
    form: ActionInput
    policy: Policy
    calendar: WorkingCalendar
    member: Member | None = None
    joined_case_id: UUID | None = None

    @property
    def case(self) -> Case:
        """The locked case."""
        return self.file.case

    @property
    def task(self) -> Assignment:
        """The task meant, which the rules have already found."""
        return given(self.file.find_task(self.form.task_no))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an action comes to: its event, the photos given, what follows once it is recorded.

    `step` is where the case stands afterwards when the table alone can't say it.
    """

    event: events.CaseEvent
    photos: Sequence[tuple[PhotoStage, tuple[PhotoRef, ...]]] = ()
    finish: Callable[[Occurrence], None] | None = None
    step: Step | None = None


Performer = Callable[[Act], Outcome]


def verify(act: Act) -> Outcome:
    """Somebody looked: it is there, or it is not."""
    found = act.action.name is ActionName.VERIFY
    return Outcome(
        event=events.ReportVerified(found=found, photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.REPORT, act.form.photos)],
    )


def file_case(act: Act) -> Outcome:
    """Open the case under its category."""
    if act.form.category_id is not None:
        set_category(act.case, act.form.category_id)
    act.case.filed_at = act.at
    return Outcome(event=events.CaseFiled(category_id=given(act.case.category_id)))


def decline(act: Act) -> Outcome:
    """Do not open it; the reporter may ask for a review within the window."""
    end_case(act)
    act.case.reopen_until = _reopen_until(act)
    return Outcome(event=events.CaseDeclined(reopen_until=act.case.reopen_until))


def settle(act: Act) -> Outcome:
    """The finder has dealt with it on the spot."""
    if act.form.category_id is not None:
        set_category(act.case, act.form.category_id)
    end_case(act)
    return Outcome(
        event=events.CaseSettled(
            category_id=act.case.category_id,
            before_ids=ids_of(act.form.before_photos),
            photo_ids=ids_of(act.form.photos),
        ),
        photos=[
            (PhotoStage.REPORT, act.form.before_photos),
            (PhotoStage.HANDLING, act.form.photos),
        ],
    )


def feed_back(act: Act) -> Outcome:
    """The lead says it is done."""
    lead = lead_of(act)
    remember_handler(act, lead)
    due = act.case.handle_due_at
    return Outcome(
        event=events.HandlingReported(
            organisation_id=given(lead.organisation_id),
            photo_ids=ids_of(act.form.photos),
            on_time=due is not None and act.at <= due,
        ),
        photos=[(PhotoStage.HANDLING, act.form.photos)],
    )


def pass_check(act: Act) -> Outcome:
    """Somebody other than the handler found it done."""
    for one in act.file.open_ones:
        finish(one, AssignmentState.DONE, act.at)
    Assignment.objects.create(
        case=act.case,
        duty=Duty.VERIFIER.value,
        account_id=act.actor.account_id,
        state=AssignmentState.DONE.value,
        offered_at=act.at,
        accepted_at=act.at,
        finished_at=act.at,
    )
    return Outcome(
        event=events.CheckPassed(photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def rework(act: Act) -> Outcome:
    """It is not done; counted."""
    act.case.rework_count += 1
    return Outcome(
        event=events.ReworkOrdered(
            photo_ids=ids_of(act.form.photos), handle_due_at=given(act.case.handle_due_at)
        ),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def close(act: Act) -> Outcome:
    """The case is over; the reporter may rate, and reopen within the window."""
    end_case(act)
    act.case.reopen_until = _reopen_until(act)
    return Outcome(event=events.CaseClosed(reopen_until=given(act.case.reopen_until)))


def redo_after_callback(act: Act) -> Outcome:
    """A call-back found it not solved: a new round with a new promise, counted as rework."""
    act.case.rework_count += 1
    _begin_anew(act)
    return Outcome(event=events.RedoneAfterCallback())


def _begin_anew(act: Act) -> None:
    act.case.closed_at = None
    act.case.reopen_until = None
    act.case.promised_at = None
    act.case.handle_due_at = None
    act.case.level = Level.STREET.value


def reopen(act: Act) -> Outcome:
    """Not done, or wrongly refused: a new round with a new promise."""
    _begin_anew(act)
    return Outcome(
        event=events.CaseReopened(joined_case_id=act.joined_case_id),
        photos=[(PhotoStage.REPORT, act.form.photos)],
    )


def rate(act: Act) -> Outcome:
    """The reporter says whether it is solved and how satisfied they are."""
    solved, satisfaction = given(act.form.solved), given(act.form.satisfaction)

    def keep(occurrence: Occurrence) -> None:
        Rating.objects.create(
            case=act.case,
            closed_at=given(rated_closing(act.case)),
            solved=solved,
            satisfaction=satisfaction,
            rated_at=act.at,
            event_id=occurrence.id,
        )

    return Outcome(event=events.CaseRated(solved=solved, satisfaction=satisfaction), finish=keep)


def void(act: Act) -> Outcome:
    """Entered by mistake."""
    for one in act.file.open_ones:
        finish(one, AssignmentState.WITHDRAWN, act.at)
    leave_register(act)
    end_case(act)
    return Outcome(event=events.CaseVoided())


def leave_register(act: Act) -> None:
    """Take a case that ends off the pending register."""
    row = act.file.on_register
    if row is not None:
        row.ended_at = act.at
        row.save(update_fields=["ended_at"])


def comment(act: Act) -> Outcome:
    """A word, perhaps with photos, and nothing else changes."""
    works = act.actor.kind in (ActorKind.STAFF, ActorKind.LINK)
    return Outcome(
        event=events.CaseCommented(photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.HANDLING if works else PhotoStage.REPORT, act.form.photos)],
    )


def recategorise(act: Act) -> Outcome:
    """Another category; routing runs once again."""
    category_id = given(act.form.category_id)
    set_category(act.case, category_id)
    act.case.save(update_fields=["category", "visibility"])
    lead_id = reconsider(act)
    return Outcome(
        event=events.CaseRecategorised(
            category_id=category_id, lead_id=lead_id, reroute_lead_id=act.case.reroute_lead_id
        )
    )


def reconsider(act: Act) -> int | None:
    """Run routing once again; another lead than the one at work waits to be confirmed."""
    lead, proposed = act.file.lead, propose_for_case(act.case.id).lead_id
    is_other = lead is not None and proposed is not None and proposed != lead.organisation_id
    act.case.reroute_lead_id = proposed if is_other and act.case.step in REROUTABLE else None
    return proposed


def contact_request(_act: Act) -> Outcome:
    """The handler asks the centre to contact the reporter."""
    return Outcome(event=events.ContactRequested())


def let_photo_be_seen(act: Act) -> Outcome:
    """A person found that a photo may be public."""
    photo_id = given(act.form.photo_id)
    if not CasePhoto.objects.filter(case=act.case, photo_id=photo_id).update(is_approved=True):
        raise ActionRefused("cases.photo_unknown", field="photo_id")
    approve_photo(photo_id=photo_id, actor=act.actor, at=act.at)
    return Outcome(event=events.PhotoApproved(photo_id=photo_id))


def set_category(case: Case, category_id: int) -> None:
    """Put a case under a category; one that is not public hides the case.

    Raises:
        ActionRefused: when there is no such category.
    """
    category = Category.objects.filter(id=category_id).first()
    if category is None:
        raise ActionRefused("cases.category_unknown", field="category_id")
    case.category = category
    if not category.is_public:
        case.visibility = Visibility.STAFF.value


T = TypeVar("T")


def given(value: T | None) -> T:
    """Give a value that the rules have already asked for.

    Raises:
        LookupError: when an action was carried out without being checked.
    """
    if value is None:
        raise LookupError("an action was carried out unchecked")
    return value


def lead_of(act: Act) -> Assignment:
    """Give the open lead, which the steps after dispatch always have."""
    return given(act.file.lead)


def remember_handler(act: Act, lead: Assignment) -> None:
    """Keep who acted for the lead, so that this person never checks the result."""
    if act.actor.account_id is not None:
        lead.account_id = act.actor.account_id
        lead.save(update_fields=["account"])


def finish(assignment: Assignment, state: AssignmentState, at: datetime) -> None:
    """End an assignment."""
    assignment.state = state.value
    assignment.finished_at = at
    assignment.save(update_fields=["state", "finished_at", "returned_for"])


def rated_closing(case: Case) -> datetime | None:
    """Give the closing a rating is about: the case's own, or that of the one it was merged into."""
    return find_main(case).closed_at


def ids_of(photos: tuple[PhotoRef, ...]) -> tuple[UUID, ...]:
    """Give the ids of photos, for the event."""
    return tuple(photo.id for photo in photos)


def end_case(act: Act) -> None:
    """End the case; nobody may reopen it unless the caller says until when."""
    act.case.closed_at = act.at
    act.case.reopen_until = None


def _reopen_until(act: Act) -> datetime:
    return reopen_until(closed_at=act.at, policy=act.policy, calendar=act.calendar)
