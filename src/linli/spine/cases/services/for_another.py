"""A report for somebody else 代报: taken in like any other, with whom it is for beside it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.terms import Actor
from linli.spine.cases.models import Beneficiary
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.services.intake import report_case
from linli.spine.cases.terms import NewReport, Reported
from linli.spine.cases.terms.inputs import ForWhom

LONGEST_NAME, LONGEST_PHONE = 60, 30


@transaction.atomic
def report_for_another(
    *, report: NewReport, for_whom: ForWhom, actor: Actor, at: datetime
) -> Reported:
    """Take in a report for somebody else; sent again, the first word on for whom stands.

    Raises:
        ReportRefused: as `report_case`, and when name or phone are too long.
    """
    name, phone = for_whom.name.strip(), for_whom.phone.strip()
    if len(name) > LONGEST_NAME or len(phone) > LONGEST_PHONE or "\x00" in name + phone:
        raise ReportRefused("report.for_whom_too_long", field="for_name")
    reported = report_case(report=report, actor=actor, at=at)
    given = {"name": name, "phone": phone}
    Beneficiary.objects.get_or_create(case_id=reported.case_id, defaults=given)
    return reported
