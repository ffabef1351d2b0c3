"""`./linli manage mint_token LOGIN --name PROGRAM --scope read`: make a key for a program."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext

from linli.ground.people import queries
from linli.ground.people.tokens import TokenScope, UnableToMintToken, mint_token


class Command(BaseCommand):
    """Mint an API token and print it once."""

    help = "Make an API token for an account and print it; it can't be read again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what the command takes."""
        parser.add_argument("login", help="account the program acts for")
        parser.add_argument("--name", required=True, help="the program")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            choices=[scope.value for scope in TokenScope],
            help="may be given several times",
        )
        parser.add_argument("--days", type=int, default=365, help="how long it is good for")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Mint and print."""
        at = timezone.now()
        account_id = queries.find_account_id(options["login"])
        try:
            token = mint_token(
                account_id=account_id or 0,
                name=options["name"],
                scopes={TokenScope(scope) for scope in options["scope"]},
                expires_at=at + timedelta(days=options["days"]),
                at=at,
            )
        except UnableToMintToken as refusal:
            with translation.override("en"):
                raise CommandError(refusal.words(gettext)) from refusal
        self.stdout.write(token)
