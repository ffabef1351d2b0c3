"""What the room holds about one account, for `/me` and the export."""

from __future__ import annotations

from collections.abc import Iterable

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.ground.people.terms import HeldField, Holding
from linli.ground.people.terms.records import HeldPhoto
from linli.spine.cases.models import Beneficiary, CasePhoto, MetToo, Rating, Reporter
from linli.spine.cases.terms import SATISFACTION_LABELS, PhotoStage, case_subject


def list_holdings(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """List what is held about an account as a reporter of cases."""
    reports = Reporter.objects.filter(account_id=account_id).select_related("case")
    rows = list(reports.order_by("-case__reported_at"))
    ids = [row.case_id for row in rows]
    for_whom = Beneficiary.objects.in_bulk(ids)
    ratings = Rating.objects.filter(case_id__in=ids).select_related("case").order_by("-rated_at")
    return [
        Holding(
            room="cases",
            part="reports",
            title=N_("您反映的事项和留下的联系方式"),
            purpose=N_("就反映的事项联系您、告知结果"),
            retention=N_("您可要求清除；清除后案件仍可办理"),
            rows=tuple(_report(row, for_whom.get(row.case_id)) for row in rows),
        ),
        Holding(
            room="cases",
            part="ratings",
            title=N_("您的评价"),
            purpose=N_("了解办理结果是否令人满意"),
            retention=N_("随案件保存"),
            rows=tuple(_rating(row) for row in ratings),
        ),
        Holding(
            room="cases",
            part="met_too",
            title=N_("您说过“我也遇到了”的案件"),
            purpose=N_("办好了告诉您；别人只看到人数"),
            retention=N_("随案件保存；账号注销时去掉账号"),
            rows=tuple(_met(row) for row in _met_too(account_id)),
        ),
    ]


def _met_too(account_id: int) -> Iterable[MetToo]:
    rows = MetToo.objects.filter(account_id=account_id).select_related("case")
    return rows.order_by("-said_at")


def _met(row: MetToo) -> tuple[HeldField, ...]:
    return (
        HeldField(name="number", label=N_("案件编号"), value=row.case.number),
        HeldField(name="said_at", label=N_("什么时候说的"), value=row.said_at),
    )


def list_report_photos(account_id: int) -> Iterable[HeldPhoto]:
    """Name the photos of the reports of an account, as they were sent."""
    own = Reporter.objects.filter(account_id=account_id).values("case_id")
    rows = CasePhoto.objects.filter(case_id__in=own, stage=PhotoStage.REPORT.value)
    for row in rows.filter(event_id=None).select_related("case").order_by("id"):
        yield HeldPhoto(name=f"{row.case.number}-{row.pk}", photo_id=row.photo_id)


def list_subjects(account_id: int) -> Iterable[Subject]:
    """List the cases an account reported: who looked at their reporter is told on `/me`."""
    own = Reporter.objects.filter(account_id=account_id).order_by("-case_id")
    return [case_subject(case_id) for case_id in own.values_list("case_id", flat=True)]


def _report(row: Reporter, for_whom: Beneficiary | None) -> tuple[HeldField, ...]:
    return (
        HeldField(name="number", label=N_("案件编号"), value=row.case.number),
        HeldField(name="reported_at", label=N_("上报时间"), value=row.case.reported_at),
        HeldField(name="text", label=N_("内容"), value=row.case.text),
        HeldField(name="address", label=N_("地址"), value=row.case.address),
        HeldField(name="name", label=N_("姓名"), value=row.name, is_contact=True),
        HeldField(name="phone", label=N_("电话"), value=row.phone, is_contact=True),
        HeldField(name="door", label=N_("门牌"), value=row.door, is_contact=True),
        HeldField(name="agrees_contact", label=N_("同意承办单位联系"), value=row.agrees_contact),
        HeldField(name="for_name", label=N_("替谁报的"), value=for_whom.name if for_whom else ""),
        HeldField(
            name="for_phone", label=N_("那个人的电话"), value=for_whom.phone if for_whom else ""
        ),
        HeldField(name="photographer", label=N_("拍摄时的位置"), value=_position(row)),
    )


def _position(row: Reporter) -> str:
    if row.photographer_lon is None or row.photographer_lat is None:
        return ""
    return f"{row.photographer_lon:.6f}, {row.photographer_lat:.6f}"


def _rating(row: Rating) -> tuple[HeldField, ...]:
    return (
        HeldField(name="number", label=N_("案件编号"), value=row.case.number),
        HeldField(name="rated_at", label=N_("评价时间"), value=row.rated_at),
        HeldField(name="solved", label=N_("是否解决"), value=row.solved),
        HeldField(
            name="satisfaction",
            label=N_("满意程度"),
            value=row.satisfaction,
            word=SATISFACTION_LABELS[row.satisfaction],
        ),
    )
