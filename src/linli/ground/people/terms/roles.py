"""Roles, and how somebody comes to a post."""

from __future__ import annotations

from enum import StrEnum

from linli.ground.kernel.marking import N_


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
    CALLBACK_CLERK = "callback_clerk"
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
    Role.CALLBACK_CLERK: N_("回访员"),
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
CENTRE_ROLES = (Role.INTAKE_CLERK, Role.SHIFT_LEADER, Role.DISPATCHER)


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
