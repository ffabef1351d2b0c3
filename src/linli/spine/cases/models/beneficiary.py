"""For whom somebody reported, where it was not for themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .case import Case


class Beneficiary(models.Model):
    """The one a case was reported for 代报; both fields may be empty, the row says that it was so.

    Opened and erased together with the reporter, and by the same right.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)

    class Privacy:
        data = ("name", "phone")
        purpose = "知道这件事是替谁报的，办的时候找得到本人"
        retention = "和反映人的资料一起清除"

    class Meta:
        verbose_name = _("代报的对象")
        verbose_name_plural = _("代报的对象")
