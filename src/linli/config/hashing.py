"""Password hashes of the demonstration, which production can't even read."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher

PREFIX = "demonstration"


class DemonstrationPasswordHasher(PBKDF2PasswordHasher):
    """Marks every password set in the demonstration, so that `serve` finds and refuses them.

    The passwords are printed on the start page; more rounds would only slow down the loading.
    """

    algorithm = PREFIX
    iterations = 1_000
