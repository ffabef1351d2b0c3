"""The page behind a tracking code: how it stands, rating, reopening, who looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.ground.people.terms import Role
from linli.spine.cases.models import Case, Rating
from linli.spine.cases.services import open_reporter
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import CategoryFactory, Office, make_photo, resident

from .conftest import photo_file, photo_status

RATED = {"solved": "1", "satisfaction": "3", "note": "谢谢"}


def shown(client: Client, code: str) -> str:
    """Read the page of a code."""
    return str(client.get(f"/t/{code}").content.decode())


def test_the_code_is_taken_as_people_type_it(client: Client, office: Office) -> None:
    code = office.report().tracking_code
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "

    response = client.post("/t/", {"code": typed})

    assert response.headers["Location"] == f"/t/{code}"


def test_somebody_signed_in_finds_the_own_reports_without_a_code(
    client: Client, office: Office
) -> None:
    account = office.accounts[Role.RESIDENT]
    own = office.report(actor=resident(account), text="我家楼下的路灯")
    other = office.report(text="别人家的事")
    client.force_login(account)

    page = client.get("/t/").content.decode()

    assert f'href="/t/{own.tracking_code}"' in page
    assert other.tracking_code not in page


@pytest.mark.parametrize(
    ("step", "headline"),
    [
        (Step.VERIFYING, "正在核实您报的情况"),
        (Step.FILING, "正在决定由谁来办"),
        (Step.DISPATCHING, "正在派给该管的单位"),
        (Step.ACCEPTING, "已经派出，等承办单位接单"),
        (Step.HANDLING, "正在办理"),
        (Step.CHECKING, "办完了，正在核查"),
        (Step.CLOSING, "核查通过，正在结案"),
        (Step.CLOSED, "已经办结"),
        (Step.DECLINED, "这件事没有立案"),
        (Step.VOID, "这件事已经作废"),
        (Step.SETTLED, "当场就解决了"),
    ],
)
def test_every_step_has_its_headline(
    client: Client, office: Office, step: Step, headline: str
) -> None:
    page = shown(client, office.play(to=step).tracking_code)

    assert f"<h1>{headline}</h1>" in page


def test_who_answers_and_until_when_stands_at_the_top(client: Client, office: Office) -> None:
    before = shown(client, office.report().tracking_code)
    after = shown(client, office.play(to=Step.HANDLING).tracking_code)

    assert "由街道指挥中心答复，2026年11月23日" in before
    assert "由示例环卫所负责，承诺 2026年11月" in after


def test_the_reporter_sees_own_words_but_never_other_peoples_names(
    client: Client, office: Office
) -> None:
    page = shown(client, office.play(to=Step.CLOSED).tracking_code)
    staff = [account.get_full_name() for account in office.accounts.values()]

    assert "楼下垃圾成堆" in page
    assert not [name for name in staff if name and name in page]


def test_the_address_of_the_page_stays_secret(client: Client, office: Office) -> None:
    response = client.get(f"/t/{office.report().tracking_code}")

    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_wrong_code_is_explained_and_too_many_must_wait(client: Client, office: Office) -> None:
    first = client.get("/t/AAAABBBBCCCCDDDD")
    answers = [client.get(f"/t/AAAABBBBCCCCDDD{sign}").status_code for sign in "ABCDEFGHIJKLMN"]

    assert first.status_code == 404
    assert "没有找到这个查询码" in first.content.decode()
    assert (answers[0], answers[-1]) == (404, 429)


@pytest.mark.parametrize("code", ["%00", "x" * 300, "..", "<script>"])
def test_a_code_of_strange_characters_is_only_wrong(
    client: Client, office: Office, code: str
) -> None:
    assert client.get(f"/t/{code}").status_code == 404


class TestRating:
    """The reporter has the last word."""

    def test_a_closed_case_is_rated_once(self, client: Client, office: Office) -> None:
        code = office.play(to=Step.CLOSED).tracking_code

        assert client.post(f"/t/{code}/rate", RATED).status_code == 302
        again = client.post(f"/t/{code}/rate", RATED)

        assert Rating.objects.get().satisfaction == 3
        assert again.status_code == 422
        assert "您已经评价过" in again.content.decode()
        assert "解决了，满意。" in shown(client, code)

    def test_an_unfinished_rating_is_asked_for(self, client: Client, office: Office) -> None:
        code = office.play(to=Step.CLOSED).tracking_code
        response = client.post(f"/t/{code}/rate", {"note": "还行"})

        page = response.content.decode()
        assert response.status_code == 422
        assert "请选一个满意程度" in page
        assert "还行" in page

    def test_a_case_still_open_offers_no_rating(self, client: Client, office: Office) -> None:
        code = office.play(to=Step.HANDLING).tracking_code

        assert "办得怎么样？" not in shown(client, code)
        assert client.post(f"/t/{code}/rate", RATED).status_code == 422


class TestReopening:
    """Not solved: a word and a photo are enough, for seven days by the server's clock."""

    def test_the_reporter_reopens_with_words_and_photo(
        self, client: Client, office: Office
    ) -> None:
        reported = office.play(to=Step.CLOSED)
        sent = {"note": "又堆满了", "photos": [photo_file()]}

        response = client.post(f"/t/{reported.tracking_code}/reopen", sent)

        assert response.status_code == 302
        assert Case.objects.get().step != Step.CLOSED

    def test_without_a_word_it_is_asked_for(self, client: Client, office: Office) -> None:
        code = office.play(to=Step.CLOSED).tracking_code

        response = client.post(f"/t/{code}/reopen", {"note": ""})

        assert response.status_code == 422
        assert "请写一句哪里还没有解决" in response.content.decode()

    def test_what_is_no_photo_keeps_the_words(self, client: Client, office: Office) -> None:
        code = office.play(to=Step.CLOSED).tracking_code
        bad = SimpleUploadedFile("letter.jpg", b"a letter", content_type="image/jpeg")

        response = client.post(f"/t/{code}/reopen", {"note": "又堆满了", "photos": [bad]})

        assert response.status_code == 422
        assert "又堆满了" in response.content.decode()

    def test_after_seven_days_the_page_says_where_else_to_go(
        self, client: Client, office: Office
    ) -> None:
        code = office.play(to=Step.CLOSED).tracking_code
        office.tick(timedelta(days=9))

        page = shown(client, code)
        late = client.post(f"/t/{code}/reopen", {"note": "还是不行"})

        assert "要求重办" not in page
        assert "12345" in page
        assert late.status_code == 422
        assert "重开期限已过" in late.content.decode()

    def test_what_was_not_filed_says_why_and_where_else_to_go(
        self, client: Client, office: Office
    ) -> None:
        page = shown(client, office.play(to=Step.DECLINED).tracking_code)

        assert "属供热公司内部事务" in page
        assert "供热服务热线" in page


def test_the_reporter_reads_who_opened_the_contact_details_and_why(
    client: Client, office: Office
) -> None:
    reported = office.report()
    assert "没有人打开过" in shown(client, reported.tracking_code)

    open_reporter(
        case_id=reported.case_id,
        member=office[Role.INTAKE_CLERK],
        reason="核对门牌",
        at=office.tick(),
    )

    page = shown(client, reported.tracking_code)
    assert "理由：核对门牌" in page
    assert "没有人打开过" not in page


class TestPhotos:
    """A photo is seen by those who may see it, and by nobody else."""

    def test_the_holder_of_the_code_sees_the_own_photos(
        self, client: Client, office: Office
    ) -> None:
        photo_id = _report_with_photo(client)

        assert photo_status(client, f"{photo_id}/thumb") == 200
        assert photo_status(Client(), f"{photo_id}/thumb") == 404

    def test_staff_of_the_street_see_it_too(self, client: Client, office: Office) -> None:
        photo_id = _report_with_photo(Client())
        client.force_login(office.accounts[Role.INTAKE_CLERK])

        assert photo_status(client, f"{photo_id}/full") == 200

    def test_everybody_sees_it_once_a_person_approved_it(
        self, client: Client, office: Office
    ) -> None:
        photo_id = _report_with_photo(Client())
        case = Case.objects.get()
        office.act(case.id, ActionName.APPROVE_PHOTO, Role.INTAKE_CLERK, photo_id=photo_id)

        assert photo_status(client, f"{photo_id}/thumb") == 200

    def test_no_photo_no_size_no_file_all_look_the_same(
        self, client: Client, office: Office
    ) -> None:
        client.force_login(office.accounts[Role.INTAKE_CLERK])
        lost = make_photo()
        office.report(photos=(lost,))

        for path in (f"{uuid4()}/thumb", f"{lost.id}/huge", f"{lost.id}/full"):
            assert photo_status(client, path) == 404


def _report_with_photo(client: Client) -> Any:
    from linli.faces.public.tests.test_report import code_of, filled
    from linli.spine.cases.models import CasePhoto

    client.post("/report", filled(photos=[photo_file()]))
    client.get(f"/t/{code_of(client)}")
    return CasePhoto.objects.get().photo_id


def test_who_joined_asks_to_have_the_matter_done_again(office: Office, client: Client) -> None:
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    address = f"/t/{second.tracking_code}"
    page = client.get(address).content.decode()
    assert f"{address}/reopen" in page
    assert f"{address}/rate" in page
    answer = client.post(f"{address}/reopen", {"note": "垃圾还在"}, follow=True)
    assert "正在派给该管的单位" in answer.content.decode()
    assert "垃圾还在" in answer.content.decode()
    assert "垃圾还在" not in client.get(f"/t/{main.tracking_code}").content.decode()


class TestAnswering:
    """What only the reporter can tell is asked on the page of the code."""

    def test_the_question_is_asked_answered_and_changed(
        self, client: Client, office: Office
    ) -> None:
        office.category = CategoryFactory(by_reporter=True)
        reported = office.play(to=Step.HANDLING)
        office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
        code = reported.tracking_code
        assert "现在好了吗？" in shown(client, code)
        refused = client.post(f"/t/{code}/answer", {"note": "昨晚还响"})
        assert refused.status_code == 422
        assert "请选“现在好了”或“还没有好”。" in refused.content.decode()
        assert "昨晚还响" in refused.content.decode()
        client.post(f"/t/{code}/answer", {"solved": "0", "note": "昨晚还响"})
        assert "您回答过：还没有好" in shown(client, code)
        client.post(f"/t/{code}/answer", {"solved": "1"})
        assert "您回答过：现在好了" in shown(client, code)
        office.act(reported.case_id, ActionName.PASS_CHECK, Role.VERIFIER, note="说好了")
        assert "现在好了吗？" not in shown(client, code)
        late = client.post(f"/t/{code}/answer", {"solved": "0"})
        assert late.status_code == 422

    def test_what_leaves_a_trace_asks_nothing(self, client: Client, office: Office) -> None:
        assert "现在好了吗？" not in shown(client, office.play(to=Step.CHECKING).tracking_code)
