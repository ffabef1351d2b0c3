"""A small office in one street, and cases played to any step by the real services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import factory

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.ids import code_digest, new_id
from linli.ground.kernel.models import Photo
from linli.ground.kernel.services import ensure_partitions
from linli.ground.kernel.terms import ANONYMOUS, Actor, ActorKind
from linli.ground.people.models import Account, Organisation
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import (
    AccountFactory,
    OrganisationFactory,
    hold_post,
    member_of,
)
from linli.ground.territory.tests.factories import Street, make_street, middle
from linli.spine.cases.models import (
    Category,
    Responsibility,
    ResponsibilityList,
)
from linli.spine.cases.services import act, act_by_code, report_case
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    CaseView,
    Channel,
    Contact,
    NewReport,
    PhotoRef,
    Point,
    Reported,
    Step,
)
from linli.spine.cases.terms.pending import Obstacle

# A Monday morning, 09:00 in Changchun.
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
SECRET = "the-uploader-knows"


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    """One category in force; checked on the spot unless a trait says otherwise."""

    class Meta:
        model = Category

    kind = "matter"
    code = factory.Sequence(lambda number: f"{number + 90000}")
    major_code = "06"
    major_name = "市容环境"
    major_name_en = "Cleanliness"
    name = "暴露垃圾"
    name_en = "Exposed rubbish"
    limit_amount = 8
    limit_unit = "working_hours"
    effective_from = SINCE

    class Params:
        by_reporter = factory.Trait(checked_by="reporter", name="夜间噪声")
        not_public = factory.Trait(is_public=False, name="家庭纠纷")


def make_photo(*, at: datetime = START, uploaded_by_id: int | None = None) -> PhotoRef:
    """Make an uploaded photo nobody has used yet; its file is never opened here."""
    photo = Photo.objects.create(
        id=new_id(),
        secret_digest=code_digest(SECRET),
        file="photos/test.jpg",
        thumbnail="photos/test-t.jpg",
        width=10,
        height=10,
        size_bytes=100,
        sha256=b"\0" * 32,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )
    return PhotoRef(id=photo.id, secret=SECRET)


@dataclass
class Office:
    """One street with its people; `at` moves on with every act."""

    place: Street
    category: Category
    lead: Organisation
    other: Organisation
    responsibility: Responsibility
    accounts: Mapping[Role, Account]
    at: datetime = START
    members: dict[Role, Member] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> Member:
        if role not in self.members:
            self.members[role] = member_of(self.accounts[role], at=START)
        return self.members[role]

    def tick(self, span: timedelta = timedelta(minutes=10)) -> datetime:
        """Let time pass and say what time it is."""
        self.at += span
        return self.at

    def report(self, *, actor: Actor = ANONYMOUS, **changes: Any) -> Reported:
        """Report a matter in the first grid."""
        return report_case(report=new_report(**changes), actor=actor, at=self.tick())

    def act(
        self,
        case_id: UUID,
        action: ActionName,
        role: Role,
        *,
        seen_version: int | None = None,
        **form: Any,
    ) -> CaseView:
        """Let somebody of this role act."""
        return act(
            case_id=case_id,
            action=action,
            member=self[role],
            at=self.tick(),
            form=ActionInput(**form),
            seen_version=seen_version,
        )

    def step_on(self, case_id: UUID, action: ActionName) -> CaseView:
        """Take an action as the one whose work it is, giving all it needs."""
        role, form = self._usual(action)
        return self.act(case_id, action, role, **form)

    def _usual(self, action: ActionName) -> tuple[Role, dict[str, Any]]:
        lead = {"lead_id": self.lead.pk}
        usual: dict[ActionName, Callable[[], tuple[Role, dict[str, Any]]]] = {
            ActionName.VERIFY: lambda: (Role.VERIFIER, {"note": "现场确有垃圾"}),
            ActionName.REFUTE: lambda: (Role.VERIFIER, {"note": "现场没有看到"}),
            ActionName.FILE: lambda: (Role.INTAKE_CLERK, {"category_id": self.category.pk}),
            ActionName.DECLINE: lambda: (
                Role.INTAKE_CLERK,
                {"note": "属供热公司内部事务", "elsewhere": "供热服务热线"},
            ),
            ActionName.DISPATCH: lambda: (Role.DISPATCHER, lead),
            ActionName.RULE: lambda: (Role.SHIFT_LEADER, {**lead, "note": "由你单位办理"}),
            ActionName.ACCEPT: lambda: (Role.HANDLER, {}),
            ActionName.RETURN: lambda: (
                Role.HANDLER,
                {"responsibility_id": self.responsibility.pk, "note": "不在本单位职责内"},
            ),
            ActionName.FEED_BACK: lambda: (
                Role.HANDLER,
                {"note": "已清运", "photos": (make_photo(),)},
            ),
            ActionName.PASS_CHECK: lambda: (Role.VERIFIER, {"photos": (make_photo(),)}),
            ActionName.REWORK: lambda: (Role.VERIFIER, {"note": "还有一半"}),
            ActionName.CLOSE: lambda: (Role.INTAKE_CLERK, {}),
            ActionName.VOID: lambda: (Role.SHIFT_LEADER, {"note": "重复登记"}),
            **self._usual_levels(),
        }
        return usual[action]()

    def _usual_levels(self) -> dict[ActionName, Callable[[], tuple[Role, dict[str, Any]]]]:
        limit = {"note": "就近办理", "limit": Limit(2, Unit.WORKING_DAYS)}
        done = {"note": "已劝走，地面扫净"}
        return {
            ActionName.LOWER_TO_GRID: lambda: (Role.DISPATCHER, limit),
            ActionName.LOWER_TO_COMMUNITY: lambda: (Role.DISPATCHER, limit),
            ActionName.FORWARD: lambda: (Role.DISPATCHER, limit),
            ActionName.GIVE_TO_GRID: lambda: (Role.COMMUNITY_SECRETARY, limit),
            ActionName.RAISE_TO_COMMUNITY: lambda: (Role.GRID_WORKER, {"note": "去过两次，无人"}),
            ActionName.RAISE_TO_STREET: lambda: (
                Role.COMMUNITY_SECRETARY,
                {"note": "社区没有这项职权"},
            ),
            ActionName.SOLVE_IN_GRID: lambda: (
                Role.GRID_WORKER,
                {**done, "photos": (make_photo(),)},
            ),
            ActionName.SOLVE_IN_COMMUNITY: lambda: (
                Role.COMMUNITY_SECRETARY,
                {**done, "photos": (make_photo(),)},
            ),
            ActionName.HEAR_BACK: lambda: (Role.DISPATCHER, {"note": "区里答复已修好"}),
            ActionName.TAKE_BACK: lambda: (Role.SHIFT_LEADER, {"note": "由街道重新派遣"}),
        }

    def play(self, *, to: Step, **changes: Any) -> Reported:
        """Report a matter and take it to a step by the straight path."""
        if to is Step.SETTLED:
            return self.play_settled()
        if to is Step.MERGED:
            return self.play_merged(**changes)
        if to is Step.PENDING:
            return self.play_pending(**changes)
        reported = self.report(**changes)
        for action in PATHS[to]:
            self.step_on(reported.case_id, action)
        return reported

    def play_settled(self) -> Reported:
        """Let a grid worker find and settle a matter at once."""
        worker = self[Role.GRID_WORKER]
        reported = self.report(actor=worker.actor(role=Role.GRID_WORKER), channel=Channel.PATROL)
        self.act(
            reported.case_id,
            ActionName.SETTLE,
            Role.GRID_WORKER,
            before_photos=(make_photo(),),
            photos=(make_photo(),),
        )
        return reported

    def play_merged(self, **changes: Any) -> Reported:
        """Report a matter twice, and let the second join the first."""
        main, second = self.report(), self.report(**changes)
        self.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
        return second

    def play_pending(self, **changes: Any) -> Reported:
        """Take a matter to its lead, who has it put onto the register for three weeks."""
        reported = self.play(to=Step.HANDLING, **changes)
        self.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **self.wish_to_rest())
        self.lead_street()
        self.act(reported.case_id, ActionName.APPROVE_PENDING, Role.STREET_LEADER)
        return reported

    def wish_to_rest(self, **changes: Any) -> dict[str, Any]:
        """Give all that is asked of whoever wants a case on the register."""
        monday = self.at.date() + timedelta(days=21 - self.at.date().weekday())
        wish: dict[str, Any] = {
            "obstacle": Obstacle.SEASON,
            "measure": "围挡并挂警示牌，每天看一次",
            "unit_id": self.lead.pk,
            "post": "环卫值班岗",
            "wake_on": monday,
            "note": "地冻着，开春才能挖",
        }
        return wish | changes

    def lead_street(self) -> Member:
        """Have a leader in the sub-district, and give them."""
        if Role.STREET_LEADER not in self.accounts:
            leader = AccountFactory(street_leader=True, street=self.place.street)
            self.accounts = {**self.accounts, Role.STREET_LEADER: leader}
        return self[Role.STREET_LEADER]

    def by_code(self, reported: Reported, action: ActionName, **form: Any) -> Any:
        """Let the reporter act with the tracking code."""
        return act_by_code(
            code=reported.tracking_code,
            action=action,
            at=self.tick(),
            form=ActionInput(**form),
        )


_STRAIGHT = (
    (Step.VERIFYING, None),
    (Step.FILING, ActionName.VERIFY),
    (Step.DISPATCHING, ActionName.FILE),
    (Step.ACCEPTING, ActionName.DISPATCH),
    (Step.HANDLING, ActionName.ACCEPT),
    (Step.CHECKING, ActionName.FEED_BACK),
    (Step.CLOSING, ActionName.PASS_CHECK),
    (Step.CLOSED, ActionName.CLOSE),
)


def _paths() -> dict[Step, tuple[ActionName, ...]]:
    walked: tuple[ActionName, ...] = ()
    found: dict[Step, tuple[ActionName, ...]] = {}
    for step, action in _STRAIGHT:
        walked = (*walked, action) if action else walked
        found[step] = walked
    found[Step.DECLINED] = (ActionName.VERIFY, ActionName.DECLINE)
    found[Step.VOID] = (ActionName.VOID,)
    for step, action in (
        (Step.IN_GRID, ActionName.LOWER_TO_GRID),
        (Step.IN_COMMUNITY, ActionName.LOWER_TO_COMMUNITY),
        (Step.FORWARDED, ActionName.FORWARD),
    ):
        found[step] = (*found[Step.DISPATCHING], action)
    return found


PATHS = _paths()


def new_report(**changes: Any) -> NewReport:
    """Make a report of rubbish in the first grid."""
    lon, lat = middle(0, 0)
    usual = NewReport(
        text="楼下垃圾成堆。已经三天了。",
        point=Point(lon=lon, lat=lat),
        contact=Contact(name="王示例", phone="13900001234", door="3-2-101"),
    )
    return replace(usual, **changes)


def resident(account: Account) -> Actor:
    """Give the actor of a resident signed in."""
    return Actor(kind=ActorKind.RESIDENT, account_id=account.pk, role="resident")


def make_office() -> Office:
    """Make a street, its people, one category and a list of responsibilities for it."""
    ensure_partitions(first=START.date(), last=START.date() + timedelta(days=60))
    place = make_street()
    category = CategoryFactory(code="06010")
    lead = OrganisationFactory(name="示例环卫所", name_en="Example cleansing")
    other = OrganisationFactory(name="示例城管队", name_en="Example wardens")
    listed = ResponsibilityList.objects.create(
        version="2026-1", street=place.street, effective_from=SINCE
    )
    item = Responsibility.objects.create(
        list=listed, item_no=37, title="保洁", kind="department", lead=lead
    )
    item.categories.add(category)
    touch_catalogue(at=START)
    return Office(
        place=place,
        category=category,
        lead=lead,
        other=other,
        responsibility=item,
        accounts=_accounts(place, lead),
    )


def _accounts(place: Street, lead: Organisation) -> dict[Role, Account]:
    street = {"street": place.street}
    return {
        Role.INTAKE_CLERK: AccountFactory(intake_clerk=True, **street),
        Role.DISPATCHER: AccountFactory(dispatcher=True, **street),
        Role.SHIFT_LEADER: AccountFactory(shift_leader=True, **street),
        Role.VERIFIER: AccountFactory(verifier=True, **street),
        Role.SUPERVISOR: AccountFactory(supervisor=True, **street),
        Role.HANDLER: AccountFactory(handler=True, organisation=lead),
        Role.GRID_WORKER: AccountFactory(grid_worker=True, area=place.grids[0]),
        Role.COMMUNITY_SECRETARY: AccountFactory(
            community_secretary=True, area=place.communities[0]
        ),
        Role.KEEPER: AccountFactory(keeper=True, **street),
        Role.RESIDENT: AccountFactory(),
    }


def give_post(office: Office, account: Account, role: Role, organisation: Organisation) -> None:
    """Give an account one more post at an organisation."""
    hold_post(account, role, organisation=organisation)
    office.members.clear()
