"""What becomes of the reports of somebody who closes the account."""

from __future__ import annotations

from datetime import datetime

from linli.ground.kernel.marking import N_
from linli.ground.people.erasing import Erasure

from .models import Reporter
from .services.met_too import forget_account
from .services.reporters import erase_reporter

ERASURE = Erasure(
    goes=N_("您反映时留下的姓名、电话、门牌，您写的内容和补充的话"),
    stays=N_("案件本身：编号、类别、地点、办理经过和照片，不再和您有关；还没办完的照样办"),
)


def erase_reports(account_id: int, at: datetime) -> None:
    """Erase the account and its words from everything it reported, and from what it met too."""
    own = Reporter.objects.filter(account_id=account_id)
    for case_id in own.order_by("case_id").values_list("case_id", flat=True):
        erase_reporter(case_id=case_id, at=at)
    forget_account(account_id)
