"""Where an account is signed in now: one row for each session."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """One session of an account, as its owner sees it: on what kind of device, since when.

    `device` is a code of browser and system; no address is kept.
    """

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Privacy:
        data = ("account", "session_key", "device", "began_at", "used_at")
        purpose = "Let somebody see where they are signed in, and sign one of these out."
        retention = "Until the session ends."

    class Meta:
        verbose_name = _("登录中的设备")
        verbose_name_plural = _("登录中的设备")

    def __str__(self) -> str:
        return f"sign-in {self.pk}"
