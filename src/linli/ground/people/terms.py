"""Words of the people room: roles, organisations, posts, and who may do what where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from linli.ground.kernel.terms import Actor, ActorKind


def N_(text: str) -> str:
    """Mark a label for translation; the edge translates it."""
    return text


class Role(StrEnum):
    """What a person is in one post; every account is also a resident."""

    RESIDENT = "resident"
    INTAKE_CLERK = "intake_clerk"
    SHIFT_LEADER = "shift_leader"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    GRID_LEADER = "grid_leader"
    GRID_WORKER = "grid_worker"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    COMMUNITY_SECRETARY = "community_secretary"
    JOINT_TEAM_MEMBER = "joint_team_member"
    BUILDING_LEADER = "building_leader"
    UNIT_LEADER = "unit_leader"
    STREET_LEADER = "street_leader"
    KEEPER = "keeper"
    GRID_OFFICER = "grid_officer"
    ORDER_HELPER = "order_helper"

    @property
    def label(self) -> str:
        """The Chinese name of the role, a message id."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.RESIDENT: N_("居民"),
    Role.INTAKE_CLERK: N_("受理员"),
    Role.SHIFT_LEADER: N_("值班长"),
    Role.DISPATCHER: N_("派遣员"),
    Role.HANDLER: N_("承办员"),
    Role.GRID_LEADER: N_("网格长"),
    Role.GRID_WORKER: N_("网格员"),
    Role.VERIFIER: N_("核查员"),
    Role.SUPERVISOR: N_("督办员"),
    Role.COMMUNITY_SECRETARY: N_("社区书记"),
    Role.JOINT_TEAM_MEMBER: N_("联合执法队员"),
    Role.BUILDING_LEADER: N_("楼栋长"),
    Role.UNIT_LEADER: N_("单元长"),
    Role.STREET_LEADER: N_("街道领导"),
    Role.KEEPER: N_("目录与辖区管理员"),
    Role.GRID_OFFICER: N_("网格民警"),
    Role.ORDER_HELPER: N_("综治协管员"),
}

LEADERS_OF_ONE_AREA = (Role.GRID_LEADER, Role.BUILDING_LEADER, Role.UNIT_LEADER)
VOLUNTEER_LEADERS = (Role.BUILDING_LEADER, Role.UNIT_LEADER)
CENTRE_ROLES = (Role.INTAKE_CLERK, Role.SHIFT_LEADER, Role.DISPATCHER)


class Reach(StrEnum):
    """How far a right goes from the post that gives it."""

    OWN = "own"
    ORGANISATION = "organisation"
    AREA = "area"
    STREET = "street"
    ALL = "all"

    @property
    def label(self) -> str:
        """The Chinese name of the reach, a message id."""
        return REACH_LABELS[self]


REACH_LABELS = {
    Reach.OWN: N_("本人的"),
    Reach.ORGANISATION: N_("交给本单位的"),
    Reach.AREA: N_("任职区域内"),
    Reach.STREET: N_("本街道内"),
    Reach.ALL: N_("全部"),
}


class Action(StrEnum):
    """What somebody may do; names are also used in addresses and in the API."""

    CASE_READ = "case.read"
    CASE_LIST = "case.list"
    COMPLAINT_READ = "complaint.read"
    CASE_INTAKE = "case.intake"
    CASE_VERIFY = "case.verify"
    CASE_REFUTE = "case.refute"
    CASE_FILE = "case.file"
    CASE_DECLINE = "case.decline"
    CASE_DISPATCH = "case.dispatch"
    CASE_ACCEPT = "case.accept"
    CASE_RETURN = "case.return"
    CASE_RULE = "case.rule"
    CASE_FEED_BACK = "case.feed_back"
    CASE_CHECK = "case.check"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"
    CASE_RATE = "case.rate"
    CASE_VOID = "case.void"
    CASE_SETTLE = "case.settle"
    CASE_COMMENT = "case.comment"
    CASE_RECATEGORISE = "case.recategorise"
    CASE_RELOCATE = "case.relocate"
    CASE_CONTACT_REQUEST = "case.contact_request"
    REPORTER_OPEN = "reporter.open"
    PHOTO_APPROVE = "photo.approve"
    PERSON_OPEN = "person.open"
    CATALOGUE_READ = "catalogue.read"
    AREA_READ = "area.read"
    ADMIN_READ = "admin.read"

    @property
    def label(self) -> str:
        """The Chinese name of the action, a message id."""
        return ACTION_LABELS[self]


ACTION_LABELS = {
    Action.CASE_READ: N_("查看案件"),
    Action.CASE_LIST: N_("列出案件"),
    Action.COMPLAINT_READ: N_("查看投诉"),
    Action.CASE_INTAKE: N_("代为登记"),
    Action.CASE_VERIFY: N_("核实"),
    Action.CASE_REFUTE: N_("核实未见"),
    Action.CASE_FILE: N_("立案"),
    Action.CASE_DECLINE: N_("不予立案"),
    Action.CASE_DISPATCH: N_("派遣"),
    Action.CASE_ACCEPT: N_("接单"),
    Action.CASE_RETURN: N_("退单"),
    Action.CASE_RULE: N_("裁定"),
    Action.CASE_FEED_BACK: N_("反馈处置结果"),
    Action.CASE_CHECK: N_("核查"),
    Action.CASE_CLOSE: N_("结案"),
    Action.CASE_REOPEN: N_("重开"),
    Action.CASE_RATE: N_("评价"),
    Action.CASE_VOID: N_("作废"),
    Action.CASE_SETTLE: N_("即时处置"),
    Action.CASE_COMMENT: N_("补充说明"),
    Action.CASE_RECATEGORISE: N_("改类别"),
    Action.CASE_RELOCATE: N_("改位置"),
    Action.CASE_CONTACT_REQUEST: N_("请中心联系上报人"),
    Action.REPORTER_OPEN: N_("查看上报人"),
    Action.PHOTO_APPROVE: N_("审核照片公开"),
    Action.PERSON_OPEN: N_("查看居民资料"),
    Action.CATALOGUE_READ: N_("查看事项目录"),
    Action.AREA_READ: N_("查看辖区"),
    Action.ADMIN_READ: N_("查看管理后台"),
}


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    GOVERNMENT = "government"
    STREET_OFFICE = "street_office"
    COMMUNITY_COMMITTEE = "community_committee"
    CENTRE = "centre"
    DEPARTMENT = "department"
    JOINT_TEAM = "joint_team"
    UTILITY = "utility"
    PROPERTY_COMPANY = "property_company"
    ENTERPRISE = "enterprise"
    PARTY_BRANCH = "party_branch"
    ALLIANCE = "alliance"
    VOLUNTEER_TEAM = "volunteer_team"

    @property
    def label(self) -> str:
        """The Chinese name of the kind, a message id."""
        return ORGANISATION_KIND_LABELS[self]


ORGANISATION_KIND_LABELS = {
    OrganisationKind.GOVERNMENT: N_("区政府"),
    OrganisationKind.STREET_OFFICE: N_("街道办事处"),
    OrganisationKind.COMMUNITY_COMMITTEE: N_("社区居委会"),
    OrganisationKind.CENTRE: N_("指挥中心"),
    OrganisationKind.DEPARTMENT: N_("职能部门"),
    OrganisationKind.JOINT_TEAM: N_("综合执法大队"),
    OrganisationKind.UTILITY: N_("公用事业单位"),
    OrganisationKind.PROPERTY_COMPANY: N_("物业公司"),
    OrganisationKind.ENTERPRISE: N_("企业"),
    OrganisationKind.PARTY_BRANCH: N_("党组织"),
    OrganisationKind.ALLIANCE: N_("联盟"),
    OrganisationKind.VOLUNTEER_TEAM: N_("志愿服务队"),
}


class Basis(StrEnum):
    """How somebody came to a post."""

    SELF_RECOMMENDED = "self_recommended"
    ELECTED = "elected"
    RECOMMENDED = "recommended"
    APPOINTED = "appointed"

    @property
    def label(self) -> str:
        """The Chinese name of the basis, a message id."""
        return BASIS_LABELS[self]


BASIS_LABELS = {
    Basis.SELF_RECOMMENDED: N_("自荐"),
    Basis.ELECTED: N_("选举"),
    Basis.RECOMMENDED: N_("组织推荐"),
    Basis.APPOINTED: N_("任命"),
}


class LookPurpose(StrEnum):
    """Why personal data was opened."""

    SERVICE = "service"
    CONTACT = "contact"
    CORRECTION = "correction"
    EXPORT = "export"
    LAW = "law"

    @property
    def label(self) -> str:
        """The Chinese name of the purpose, a message id."""
        return LOOK_PURPOSE_LABELS[self]


LOOK_PURPOSE_LABELS = {
    LookPurpose.SERVICE: N_("为本人服务"),
    LookPurpose.CONTACT: N_("联系本人"),
    LookPurpose.CORRECTION: N_("更正资料"),
    LookPurpose.EXPORT: N_("本人导出"),
    LookPurpose.LAW: N_("法律规定"),
}


@dataclass(frozen=True, kw_only=True)
class OrganisationRef:
    """An organisation as other rooms and faces show it."""

    id: int
    code: str
    name: str
    name_en: str
    kind: OrganisationKind
    parent_id: int | None
    area_id: int | None
    members_count: int
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class Post:
    """One appointment in force: a role at an organisation or in an area.

    `organisation_line` runs from the organisation up to its highest superior.
    `area_prefix` and `street_prefix` are the digits that every code inside begins with.
    """

    appointment_id: int | None
    role: Role
    organisation_id: int | None = None
    organisation_name: str = ""
    organisation_line: tuple[int, ...] = ()
    area_id: int | None = None
    area_code: str = ""
    area_kind: str = ""
    area_name: str = ""
    area_prefix: str = ""
    street_code: str = ""
    street_prefix: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Member:
    """Who is asking: an account with the posts in force at that instant."""

    account_id: int
    person_id: int | None
    login: str
    name: str
    language: str
    appointments: tuple[Post, ...] = ()
    is_demonstration: bool = False

    @property
    def is_staff(self) -> bool:
        """Whether the member holds any post."""
        return bool(self.appointments)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held, each once, in the order of the posts."""
        return tuple(dict.fromkeys(post.role for post in self.appointments))

    @property
    def organisation_ids(self) -> tuple[int, ...]:
        """The organisations the member holds a post at, each once."""
        found = (post.organisation_id for post in self.appointments)
        return tuple(dict.fromkeys(number for number in found if number is not None))

    def actor(self, *, role: Role | None = None) -> Actor:
        """The kernel's actor for this member in `role`, or in the first post when none is named.

        Raises:
            ValueError: when the member does not hold that role.
        """
        post = self._post(role)
        if post is None:
            return Actor(
                kind=ActorKind.RESIDENT, account_id=self.account_id, role=Role.RESIDENT.value
            )
        return Actor(
            kind=ActorKind.STAFF,
            account_id=self.account_id,
            role=post.role.value,
            organisation_id=post.organisation_id,
        )

    def _post(self, role: Role | None) -> Post | None:
        if role is Role.RESIDENT:
            return None
        if role is None:
            return next(iter(self.appointments), None)
        held = next((post for post in self.appointments if post.role is role), None)
        if held is None:
            raise ValueError(f"account {self.account_id} does not hold the role {role}")
        return held


@dataclass(frozen=True, kw_only=True)
class Target:
    """What an action is aimed at.

    A target counts as a complaint unless the caller says it is none, so that what is forgotten
    is denied. `about_organisation_id` is the unit a complaint is about.
    """

    street_code: str = ""
    area_code: str = ""
    organisation_ids: tuple[int, ...] = ()
    reporter_account_id: int | None = None
    is_complaint: bool = True
    about_organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How far an action reaches over all posts of a member, to be turned into a filter.

    A row is inside when any of these hold: `all`; its area or street code begins with one of
    `area_prefixes`; it is no complaint and begins with one of `area_prefixes_without_complaints`;
    it is assigned to one of `organisation_ids`; it was reported by `account_id`. A complaint
    about one of `never_about` is outside, except for its own reporter.
    """

    all: bool = False
    area_prefixes: tuple[str, ...] = ()
    area_prefixes_without_complaints: tuple[str, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    account_id: int | None = None
    never_about: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is inside."""
        return not (
            self.all
            or self.area_prefixes
            or self.area_prefixes_without_complaints
            or self.organisation_ids
            or self.account_id is not None
        )


@dataclass(frozen=True, kw_only=True)
class LookLine:
    """One look at a person's data as that person reads it; role and purpose are msgids."""

    at: datetime
    by: str
    role: str
    fields: tuple[str, ...]
    purpose: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HouseholdView:
    """A household with its door, for those who serve it."""

    id: int
    area_code: str
    area_name: str
    door: str


@dataclass(frozen=True, kw_only=True)
class AppointmentView:
    """One appointment, past or present, in ids and names."""

    id: int
    role: Role
    organisation: str
    area: str
    starts_on: date
    ends_on: date | None
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """What the register holds about one person."""

    id: int
    name: str
    phone: str
    street_code: str
    wants_contact: bool
    household: HouseholdView | None
    appointments: tuple[AppointmentView, ...]


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person in a list: no phone, no door."""

    id: int
    name: str
    street_code: str
    area_name: str


@dataclass(frozen=True)
class HeldField:
    """One field of what is held: a stable name, a label (msgid) and the value as stored.

    `is_msgid`: the value is itself a word of ours, translated when shown.
    """

    name: str
    label: str
    value: str | int | bool | date | datetime | None
    is_msgid: bool = False


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One part of what is held about somebody; title, purpose and retention are msgids.

    `rows` may be empty: the part is then named as holding nothing.
    """

    room: str
    part: str
    title: str
    purpose: str
    retention: str
    rows: tuple[tuple[HeldField, ...], ...]


@dataclass(frozen=True, kw_only=True)
class DemonstrationPerson:
    """One of the demonstration's people, for the bar that switches between them."""

    login: str
    name: str
    role: Role

    @property
    def role_label(self) -> str:
        """The Chinese name of the role, a message id."""
        return self.role.label


_SEPARATORS = str.maketrans("", "", " -()\u00a0\u2009\u3000")


def plain_phone(text: str) -> str:
    """Cut a phone number down to digits, without +86; an empty text when it is none."""
    digits = text.translate(_SEPARATORS).removeprefix("+86").removeprefix("0086").removeprefix("+")
    is_number = digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 15
    return digits if is_number else ""
