"""What the tests of catalogue and list do again and again."""

from __future__ import annotations

from django.test import Client

from linli.ground.people.models import Account, Organisation
from linli.ground.people.queries.organisations import announce_organisations
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.tests.factories import START, Office

DAY = "2026-12-01"


def give_codes(office: Office) -> None:
    """Give the lead and the other unit codes that can be written."""
    for code, unit in (("cleansing", office.lead), ("wardens", office.other)):
        Organisation.objects.filter(pk=unit.pk).update(code=code)
    announce_organisations()
    touch_catalogue(at=START)


def browser(account: Account) -> Client:
    """Give the browser of somebody signed in."""
    client = Client()
    client.force_login(account)
    return client


def begin(keeper: Client, matter: str) -> str:
    """Begin a draft and give the address of its page."""
    form = {"title": "冬季调整", "reason": "除雪责任要写清", "effective_on": DAY}
    if matter == "list":
        form["version"] = "2027-1"
    return str(keeper.post(f"/desk/revisions/new/{matter}", form).headers["Location"])


def page(client: Client, path: str) -> str:
    """Read a page that has to be there."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:600]
    return str(answer.content.decode())
