"""One called organisation: its answer, its sign-in, what is said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.programmes.whistle.terms import Answer, Proof

from .whistle import Whistle


class Call(models.Model):
    """One organisation called by one whistle.

    `is_late` stays None for those who are not timed (volunteers), by the database's own word.
    """

    whistle = models.ForeignKey(Whistle, on_delete=models.PROTECT, related_name="calls")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    is_lead = models.BooleanField(default=False)
    is_timed = models.BooleanField()
    answer_by = models.DateTimeField()
    arrive_by = models.DateTimeField()
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(blank=True)
    sends = models.CharField(max_length=40, blank=True)
    is_silent = models.BooleanField(default=False)
    is_late = models.BooleanField(null=True)
    deed = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    disputes = models.BooleanField(default=False)

    class Privacy:
        data = ("sends",)
        purpose = "现场知道派谁来、怎么联系"
        retention = "办结或取消 90 天后清空，由任务执行"

    class Meta:
        verbose_name = _("被召集单位")
        verbose_name_plural = _("被召集单位")
        constraints = [
            models.UniqueConstraint(fields=["whistle", "organisation"], name="whistle_call_once"),
            models.UniqueConstraint(
                fields=["whistle"], condition=Q(is_lead=True), name="whistle_call_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=[one.value for one in Answer], answered_at__isnull=False),
                name="whistle_call_answer_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(is_timed=True) | Q(is_late=None), name="whistle_call_untimed_never_late"
            ),
            models.CheckConstraint(
                condition=Q(replied_at=None, disputes=False, reply="")
                | Q(replied_at__isnull=False),
                name="whistle_call_disputes_in_a_reply",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "whistle"], name="whistle_call_of_one")]

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.organisation_id}"


class SignIn(models.Model):
    """An organisation signed in on the spot, once; the position is erased after its term.

    Nobody is named in `signed_by` where it was done by a link.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="sign_in")
    arrived_at = models.DateTimeField()
    proof = models.CharField(max_length=8)
    distance_m = models.PositiveIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    position_until = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField()

    class Privacy:
        data = ("signed_by", "signed_at", "lon", "lat", "distance_m")
        purpose = "证明单位到了现场；评价有异议时核对"
        retention = "位置最多 30 天，由任务删除；到场时间长期保存"

    class Meta:
        verbose_name = _("签到")
        verbose_name_plural = _("签到")
        constraints = [
            models.CheckConstraint(
                condition=Q(proof__in=[one.value for one in Proof]),
                name="whistle_signin_proof_known",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None, position_until=None)
                | Q(lon__isnull=False, lat__isnull=False, position_until__isnull=False),
                name="whistle_signin_position_has_a_term",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__lte=models.F("signed_at")),
                name="whistle_signin_not_in_the_future",
            ),
        ]
        indexes = [
            models.Index(
                fields=["position_until"],
                condition=Q(position_until__isnull=False),
                name="whistle_signin_with_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.arrived_at}"


class Judgement(models.Model):
    """What the caller said of one organisation, and what holds in the end.

    The three `final_…` are the caller's own until somebody else settles a dispute.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="judgement")
    responded = models.BooleanField()
    in_time = models.BooleanField(null=True)
    did_part = models.BooleanField()
    why = models.TextField(blank=True)
    final_responded = models.BooleanField()
    final_in_time = models.BooleanField(null=True)
    final_did_part = models.BooleanField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_why = models.TextField(blank=True)

    class Privacy:
        data = ("settled_by",)
        purpose = "评的是单位；裁定的人要与召集、评价的人不同"
        retention = "长期保存"

    class Meta:
        verbose_name = _("评价")
        verbose_name_plural = _("评价")
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_why="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_why="")),
                name="whistle_judgement_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False)
                | Q(
                    final_responded=models.F("responded"),
                    final_did_part=models.F("did_part"),
                ),
                name="whistle_judgement_stands_until_settled",
            ),
        ]

    def __str__(self) -> str:
        return str(self.call_id)
