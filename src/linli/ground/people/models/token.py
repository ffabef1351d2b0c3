"""Keys with which programs call the API in somebody's name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """One program's key to an account, narrowed to scopes; only its hash is kept.

    A token is usable from `created_at` until `expires_at` or `revoked_at`, whichever is first.
    `scopes` is a list of `tokens.TokenScope` values.
    """

    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Privacy:
        data = ()
        purpose = "Let a program act for an account without knowing its password."
        retention = "Until a year after it expired or was revoked."

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="people_apitoken_has_name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="people_apitoken_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
