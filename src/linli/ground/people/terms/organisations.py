"""Kinds of organisations and how others see one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from linli.ground.kernel.marking import N_


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
