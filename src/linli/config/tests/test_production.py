"""What `serve` refuses, one sentence each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings

from linli.config import production
from linli.config.refusals import UnableToStart
from linli.demonstration.models import Loading

STRONG = "wLZ1mVtq3k8Yx0Rb7JcQ5sNd2fGhPa9Ue4Ti6Ov_BnXrMyCzKD"
GOOD = {"LINLI_SECRET": STRONG, "LINLI_HOSTS": "linli.example"}
HASHER = "linli.config.hashing.DemonstrationPasswordHasher"


def test_a_good_environment_passes() -> None:
    production.check_environment(GOOD)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"LINLI_SECRET": ""}, "the secret is missing"),
        ({"LINLI_SECRET": STRONG[:49]}, "weak"),
        ({"LINLI_SECRET": "abcabc" * 20}, "weak"),
        ({"DEBUG": "1"}, "unset DEBUG"),
        ({"DJANGO_DEBUG": "true"}, "unset DJANGO_DEBUG"),
        ({"LINLI_DEMONSTRATION": "1"}, "no demonstration"),
        ({"LINLI_SCRATCH": "1"}, "no demonstration"),
        ({"LINLI_SMS": "http"}, "LINLI_SMS_URL"),
        ({"LINLI_HOSTS": ""}, "name the site's hosts"),
        ({"LINLI_HOSTS": "linli.example,*"}, "name the site's hosts"),
    ],
)
def test_a_bad_one_is_refused_in_one_sentence(change: dict[str, str], said: str) -> None:
    with pytest.raises(UnableToStart, match=said) as refusal:
        production.check_environment({**GOOD, **change})
    assert refusal.value.chinese.endswith("。")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("word", ["0", "false", "off", "no", ""])
def test_debug_switched_off_is_no_debug(word: str) -> None:
    production.check_environment({**GOOD, "DEBUG": word})


@pytest.mark.django_db
class TestTheDatabase:
    def test_an_empty_one_is_welcome(self) -> None:
        production.refuse_demonstration()

    def test_demonstration_accounts_are_refused(self) -> None:
        get_user_model().objects.create(login="dispatcher", is_demonstration=True)
        with pytest.raises(UnableToStart, match="demonstration data"):
            production.refuse_demonstration()

    def test_a_loaded_demonstration_is_refused_even_without_accounts(self) -> None:
        now = datetime(2026, 11, 22, tzinfo=UTC)
        Loading.objects.create(as_of=now, loaded_at=now, version="1")
        with pytest.raises(UnableToStart, match="demonstration data"):
            production.refuse_demonstration()

    def test_a_demonstration_password_is_refused_on_any_account(self) -> None:
        with override_settings(PASSWORD_HASHERS=[HASHER]):
            get_user_model().objects.create(login="real", password=make_password("anything"))
        with pytest.raises(UnableToStart, match="demonstration password"):
            production.refuse_demonstration()


def test_a_demonstration_password_opens_nothing_in_production() -> None:
    with override_settings(PASSWORD_HASHERS=[HASHER]):
        encoded = make_password("linli-demo")
        assert check_password("linli-demo", encoded)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        assert not check_password("linli-demo", encoded)
