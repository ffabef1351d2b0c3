"""What was told to whom, by which ways it left the system, and what was urgent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id

from .terms import AlertLevel, Channel, DeliveryState, Topic, Way


class Alert(models.Model):
    """Something urgent in a street: called out again and again until somebody acknowledges it.

    Legal states: open (`next_at` says when the next call is due, empty when all were called in
    vain), acknowledged by somebody, or settled because the matter moved on.
    """

    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict, db_default={})
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    street_code = models.CharField(max_length=24)
    level = models.CharField(max_length=12)
    round = models.PositiveSmallIntegerField(default=0, db_default=0)
    calls_at_level = models.PositiveSmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("acknowledged_by", "acknowledged_at")
        purpose = "Reach somebody when a matter can't wait, and know afterwards who was reached."
        retention = "Two years, with the roster."

    class Meta:
        verbose_name = _("急报")
        verbose_name_plural = _("急报")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in AlertLevel]),
                name="notices_alert_known_level",
            ),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(acknowledged_at=None, settled_at=None),
                name="notices_alert_ended_calls_nobody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="notices_alert_due", condition=Q(next_at__isnull=False)
            ),
            models.Index(
                fields=["street_code"],
                name="notices_alert_open",
                condition=Q(acknowledged_at=None, settled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class AlertCall(models.Model):
    """One call of an alert: somebody was told, as the one on duty, the stand-in or the one above.

    Without an account nobody was there to be called at that level.
    """

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="calls")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.CharField(max_length=12)
    round = models.PositiveSmallIntegerField()
    called_at = models.DateTimeField()

    class Privacy:
        data = ("account", "called_at")
        purpose = "Know who was reached when."
        retention = "Two years, with the alert."

    class Meta:
        verbose_name = _("急报呼叫")
        verbose_name_plural = _("急报呼叫")
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "round", "level", "account"],
                name="notices_alertcall_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.round}"


class Notice(models.Model):
    """One notice to one account; words are made from `kind` and `params` when it is read.

    `params` holds ids, codes and case numbers only: never a name, a phone or a door.
    `key` makes the same thing told once.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict, db_default={})
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    alert = models.ForeignKey(
        Alert, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("account", "read_at")
        purpose = "Tell somebody what has happened in a matter they take part in."
        retention = "One year after it was read; deleted with the account."

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="notices_notice_told_once"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=models.F("created_at")),
                name="notices_notice_read_after_told",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="notices_notice_of_account"),
            models.Index(
                fields=["account"], name="notices_notice_unread", condition=Q(read_at=None)
            ),
            models.Index(fields=["key"], name="notices_notice_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Delivery(models.Model):
    """One message to one recipient by one channel; its id is the idempotency key.

    `recipient` is the account, or `group` for a robot, which speaks to everybody at once.
    `begun_at` is set while a try is under way: found set by a later try, the one before was cut
    off and nobody knows whether it arrived. `digest` is the message this one went with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    notice = models.ForeignKey(
        Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    recipient = models.CharField(max_length=24)
    channel = models.CharField(max_length=8)
    key = models.CharField(max_length=160)
    topic = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    round = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_urgent = models.BooleanField(default=False, db_default=False)
    in_digest = models.BooleanField(default=False, db_default=False)
    digest = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    send_after = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=60, blank=True, db_default="")
    fault_params = models.JSONField(default=dict, db_default={})
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("account", "recipient", "sent_at")
        purpose = "Send each message once, and tell what became of it."
        retention = "One year; deleted with the account. No address and no words are kept."

    class Meta:
        verbose_name = _("发送记录")
        verbose_name_plural = _("发送记录")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "channel", "key"], name="notices_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="notices_delivery_known_channel",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="notices_delivery_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.HELD.value, send_after__isnull=False)
                | ~Q(state=DeliveryState.HELD.value),
                name="notices_delivery_held_until",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT.value, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT.value) & Q(sent_at=None)),
                name="notices_delivery_sent_has_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_after"],
                name="notices_delivery_held",
                condition=Q(state=DeliveryState.HELD.value),
            ),
            models.Index(fields=["key"], name="notices_delivery_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Preference(models.Model):
    """The way somebody chose for one topic and channel, instead of the usual one of their posts."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    topic = models.CharField(max_length=12)
    channel = models.CharField(max_length=8)
    way = models.CharField(max_length=8)

    class Privacy:
        data = ("account", "topic", "channel", "way")
        purpose = "Tell somebody by the ways they want."
        retention = "Until changed; deleted with the account."

    class Meta:
        verbose_name = _("通知方式")
        verbose_name_plural = _("通知方式")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "topic", "channel"], name="notices_preference_once"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=[topic.value for topic in Topic]),
                name="notices_preference_known_topic",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="notices_preference_known_channel",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]),
                name="notices_preference_known_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.channel} {self.way}"


class QuietHours(models.Model):
    """When somebody wants quiet; equal times mean never."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours"
    )
    starts = models.TimeField()
    ends = models.TimeField()

    class Privacy:
        data = ("account", "starts", "ends")
        purpose = "Leave somebody in peace, but for what is urgent."
        retention = "Until changed; deleted with the account."

    class Meta:
        verbose_name = _("免打扰时间")
        verbose_name_plural = _("免打扰时间")

    def __str__(self) -> str:
        return f"{self.starts}–{self.ends}"

    @property
    def is_never(self) -> bool:
        """Whether there is no quiet at all."""
        return self.starts == self.ends


class StreetQuiet(models.Model):
    """When a sub-district leaves those in peace who chose nothing; equal times mean never."""

    street_code = models.CharField(max_length=24, unique=True)
    starts = models.TimeField()
    ends = models.TimeField()

    class Privacy:
        data = ()
        purpose = "The office's own quiet hours, about nobody."
        retention = "permanent"

    class Meta:
        verbose_name = _("街道免打扰时间")
        verbose_name_plural = _("街道免打扰时间")

    def __str__(self) -> str:
        return f"{self.street_code} {self.starts}–{self.ends}"
