"""What somebody signs in with."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("zh-hans", "en")
# Logins of residents who came by phone or WeChat begin so; they show nothing of either.
MADE_UP = "r-"


class AccountKeeper(BaseUserManager["Account"]):
    """Makes accounts for `createsuperuser` and for tests; the room's services are the usual way."""

    def create_user(self, login: str, password: str | None = None, **fields: object) -> Account:
        """Make an account; without a password it can't be signed in to."""
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(
        self, login: str, password: str | None = None, **fields: object
    ) -> Account:
        """Make the account of whoever installs the system."""
        return self.create_user(login, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A way to sign in: login name or phone, with a password.

    `is_staff` lets in to the read-only admin and asks for a second factor; what an account may
    do comes from the appointments of its person. Every session carries `session_round`; one
    raised by "sign out everywhere" ends those begun before. `large_type` is None as long as
    nobody switched it with this account: then each device shows what was switched on it.
    """

    login = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)
    phone_proved_at = models.DateTimeField(null=True, editable=False)
    called = models.CharField(max_length=40, blank=True, db_default="")
    email = models.EmailField(blank=True, db_default="")
    language = models.CharField(max_length=8, default="zh-hans", db_default="zh-hans")
    large_type = models.BooleanField(null=True, blank=True, editable=False)
    is_staff = models.BooleanField(default=False, db_default=False)
    is_active = models.BooleanField(default=True, db_default=True)
    is_demonstration = models.BooleanField(default=False, db_default=False)
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AccountKeeper()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Privacy:
        data = ("login", "phone", "phone_proved_at", "called", "email", "last_login")
        purpose = "Let somebody sign in and be answered in their language."
        retention = "Until the account is closed; the number stays so that history reads."

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="people_account_known_language"
            ),
            models.CheckConstraint(
                condition=Q(phone=None) | ~Q(phone=""), name="people_account_phone_not_empty"
            ),
            models.CheckConstraint(condition=~Q(login=""), name="people_account_has_login"),
        ]

    def __str__(self) -> str:
        return self.login

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to password and round: raising the round ends all of them."""
        words = f"{self.password}:{self.session_round}"
        return salted_hmac(
            "linli.people.session", words, secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        """The person's name; without one how they want to be called, at last the login.

        A login that was made up names nobody: it is a resident.
        """
        if self.person:
            return self.person.name
        is_made_up = self.login.startswith(MADE_UP)
        return self.called or (gettext("居民") if is_made_up else self.login)

    get_short_name = get_full_name
