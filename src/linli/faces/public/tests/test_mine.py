"""My reports: listed with their state, and those left with my number taken by my own choice."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.events import ReportTaken
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import erase_reporter
from linli.spine.cases.terms import Contact, case_subject
from linli.spine.cases.tests.factories import Office, resident

from .conftest import photo_file

PHONE = "13900005555"


def holder(client: Client, office: Office, *, proved: bool = True) -> Account:
    """Sign somebody in whose phone is proved."""
    account = AccountFactory(phone=PHONE, phone_proved_at=office.at if proved else None)
    client.force_login(account)
    return account


def left(office: Office, phone: str = PHONE, text: str = "楼道灯不亮") -> UUID:
    """Report without an account, leaving a phone."""
    made = office.report(text=text, contact=Contact(phone=phone))
    return made.case_id


def test_my_reports_are_listed_with_how_they_stand(client: Client, office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    own = office.report(actor=resident(account), text="我家楼下的路灯")
    other = office.report(text="别人家的事")
    client.force_login(account)
    page = client.get("/me/reports").content.decode()
    assert f'href="/t/{own.tracking_code}"' in page
    assert "正在核实您报的情况" in page
    assert other.tracking_code not in page


def test_nothing_reported_yet_says_what_to_do(client: Client, office: Office) -> None:
    holder(client, office)
    page = client.get("/me/reports").content.decode()
    assert "还没有报过" in page
    assert 'href="/report"' in page


def test_whoever_is_not_signed_in_is_asked_to(client: Client, office: Office) -> None:
    assert client.get("/me/reports").headers["Location"].startswith("/accounts/login/")


def test_reports_left_with_my_number_are_offered_without_their_words(
    client: Client, office: Office
) -> None:
    left(office, "+86 139-0000-5555", text="只有我知道的话")
    left(office, "13900006666", text="别的号码")
    holder(client, office)
    page = client.get("/me/reports").content.decode()
    assert "有 1 件留的是您的手机号 139****5555" in page
    assert "只有我知道的话" not in page


def test_what_i_choose_is_taken_and_logged_the_rest_is_left(client: Client, office: Office) -> None:
    mine, prank = left(office), left(office)
    account = holder(client, office)
    client.post("/me/reports/take", {"case": [str(mine), "no-id"]})
    assert Reporter.objects.get(case_id=mine).account_id == account.pk
    assert Reporter.objects.get(case_id=prank).account_id is None
    events = [type(one.event) for one in list_occurrences(case_subject(mine))]
    assert events[-1] is ReportTaken
    assert replayed_state(mine) == live_state(mine)
    page = client.get("/me/reports").content.decode()
    assert "有 1 件留的是您的手机号" in page
    assert "楼道灯不亮" in page


def test_another_number_another_account_and_the_erased_are_never_taken(
    client: Client, office: Office
) -> None:
    others, erased, theirs = left(office, "13900006666"), left(office), left(office)
    Reporter.objects.filter(case_id=theirs).update(account=AccountFactory())
    erase_reporter(case_id=erased, at=office.at)
    account = holder(client, office)
    client.post("/me/reports/take", {"case": [str(others), str(erased), str(theirs)]})
    assert not Reporter.objects.filter(account=account).exists()


def test_without_a_proved_number_nothing_is_shown_or_taken(client: Client, office: Office) -> None:
    case_id = left(office)
    account = holder(client, office, proved=False)
    page = client.get("/me/reports").content.decode()
    assert "留的是您的手机号" not in page
    assert "验证手机号" in page
    client.post("/me/reports/take", {"case": [str(case_id)]})
    assert not Reporter.objects.filter(account=account).exists()


def test_the_export_holds_my_photos_and_nobody_elses(client: Client, office: Office) -> None:
    client.force_login(office.accounts[Role.RESIDENT])
    own, other = send_with_photo(client), send_with_photo(Client())
    packed = zipfile.ZipFile(io.BytesIO(b"".join(client.post("/me/export/photos"))))
    names = packed.namelist()
    assert "record.json" in names
    assert not [name for name in names if other in name]
    (photo,) = [name for name in names if own in name]
    assert packed.read(photo).startswith(b"\xff\xd8\xff")
    assert own in packed.read("record.json").decode()


def send_with_photo(client: Client) -> str:
    """Send a report with a photo from the page, and give its number."""
    report_id = new_id()
    sent = {"id": str(report_id), "text": "灯坏了", "address": "3 号楼", "is_anonymous": "0"}
    more = {"phone": "13900001111", "photos": photo_file()}
    assert client.post("/report", {**sent, **more}).status_code == 302
    return Case.objects.get(id=report_id).number
