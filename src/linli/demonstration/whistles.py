"""Whistles of the demonstration: some of each kind, played by the real services.

One emergency judged, disputed and settled; one running now; enforcement on its way, for a case;
inspections waiting to be judged and judged; one called off.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.devices import Device
from linli.ground.kernel.photos import store_photo
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.programmes.whistle.rules.clocks import DEFAULT_LIMITS, count_on
from linli.programmes.whistle.services.acting import act
from linli.programmes.whistle.services.blowing import blow
from linli.programmes.whistle.services.links import give_link, open_call_link
from linli.programmes.whistle.services.sweeping import mark_late
from linli.programmes.whistle.terms import (
    ActionName,
    CallView,
    Kind,
    NewWhistle,
    Verdict,
    WhistleInput,
    WhistleView,
)
from linli.spine.cases.models import Case
from linli.spine.cases.queries.whistle_items import WhistleItem, list_whistle_items
from linli.spine.cases.terms import PhotoRef, Point

from . import places
from .enforcement import LINK_LASTS, demonstration_token
from .handlers import get_handler
from .places import STREET_CODE
from .scenes import draw_scene

# The links of assignments are the first and the second.
WHISTLE_LINK = 3
BURST, SUNKEN, FIRE_LANES, TRADE, FUMES = 118, 117, 106, 113, 108


@dataclass
class Play:
    """The people, the list and the clock of the play."""

    accounts: Mapping[str, int]
    organisations: Mapping[str, int]
    items: Mapping[int, WhistleItem]
    at: datetime

    def tick(self, minutes: float = 4) -> datetime:
        """Let time pass and say what time it is."""
        self.at += timedelta(minutes=minutes)
        return self.at

    def member(self, login: str) -> Member:
        """Load somebody by the login."""
        return load_member(self.accounts[login], self.at)

    def of(self, code: str) -> Member:
        """Load the one who answers for an organisation."""
        return get_handler(self.organisations[code], self.at)

    def blow(self, kind: Kind, item_no: int, title: str, wanted: str, **more: Any) -> WhistleView:
        """Let somebody of the sub-district, or of a community, blow a whistle after an item."""
        item, plot = self.items[item_no], list(places.buildings())[more.pop("building")]
        login = more.pop("login", "dispatcher")
        limits = DEFAULT_LIMITS[kind]
        calendar: WorkingCalendar = get_calendar(STREET_CODE)
        usual = count_on(self.tick(), limits.usual, limits, calendar)
        new = NewWhistle(
            kind=kind,
            title=title,
            wanted=wanted,
            address=plot.address,
            point=Point(lon=plot.point[0], lat=plot.point[1]),
            arrive_by=usual.replace(second=0, microsecond=0) + timedelta(minutes=1),
            lead_id=item.lead_id,
            helper_ids=item.helper_ids,
            **self.basis(item_no),
        )
        return blow(new=new, member=self.member(login), at=self.at, **more)

    def basis(self, item_no: int) -> dict[str, Any]:
        """Give the item of the list in force that day; before the first list a reason."""
        items = list_whistle_items(street_code=STREET_CODE, on=self.at.date())
        found = next((one.id for one in items if one.item_no == item_no), None)
        return {"item_id": found, "reason": "" if found else "职责清单公布以前，按惯例吹哨。"}

    def act(
        self, view: WhistleView, action: ActionName, member: Member, **given: Any
    ) -> WhistleView:
        """Let somebody act, some minutes later."""
        at = self.tick()
        form = WhistleInput(**given)
        return act(whistle_id=view.id, action=action, member=member, at=at, form=form)

    def sign_in(self, view: WhistleView, code: str) -> WhistleView:
        """Let an organisation sign in some steps from the place."""
        there = Point(lon=(view.lon or 0) + 0.0004, lat=view.lat or 0)
        return self.act(view, ActionName.SIGN_IN, self.of(code), position=there)

    def photo(self, *, is_solved: bool) -> PhotoRef:
        """Draw and store a picture that stands in for a photo."""
        file = io.BytesIO()
        seed = int(self.at.timestamp()) % 997
        draw_scene("burst", is_solved=is_solved, seed=seed, light="winter").save(
            file, "JPEG", quality=80
        )
        file.seek(0)
        stored = store_photo(stream=file, uploaded_by_id=None, at=self.at)
        return PhotoRef(id=stored.id, secret=stored.secret)


def blow_some(
    *, accounts: Mapping[str, int], organisations: Mapping[str, int], until: datetime
) -> None:
    """Play the whistles of the last weeks; those that run now run at `until`."""
    items = list_whistle_items(street_code=STREET_CODE, on=until.date())
    play = Play(
        accounts=accounts,
        organisations=organisations,
        items={one.item_no: one for one in items},
        at=until - timedelta(days=24),
    )
    _play_burst(play)
    play.at = until - timedelta(days=15)
    _play_fire_lanes(play)
    play.at = until - timedelta(days=9)
    _play_called_off(play)
    play.at = until - timedelta(days=6)
    _play_fumes(play)
    play.at = until - timedelta(minutes=95)
    _play_trade(play)
    play.at = until - timedelta(minutes=14)
    _play_sunken(play)


def _play_burst(play: Play) -> None:
    view = play.blow(
        Kind.EMERGENCY,
        BURST,
        "供水管爆裂，路面积水",
        "关阀抢修，围挡积水路段，通知停水楼栋。",
        building=60,
    )
    play.act(view, ActionName.COME, play.of("dept-water"), sends="抢修二班")
    view = play.sign_in(view, "dept-water")
    view = play.sign_in(view, "dept-emergency")
    play.tick(25)
    mark_late(at=play.at)
    view = play.sign_in(view, "dept-road")
    for code, note in (
        ("dept-water", "关阀，换管 6 米，两小时恢复供水。"),
        ("dept-road", "围挡 40 米，抽排积水，回填路面。"),
        ("dept-emergency", "逐楼通知停水，送水到行动不便的家里。"),
    ):
        play.act(view, ActionName.REPORT_DEED, play.of(code), note=note)
    play.tick(60)
    outcome = "两小时恢复供水，路面当天回填，没有人受伤。"
    photos = (play.photo(is_solved=True),)
    lead = play.of("dept-water")
    view = play.act(view, ActionName.RECORD_OUTCOME, lead, note=outcome, photos=photos)
    verdicts = _verdicts(view) | {
        play.organisations["dept-road"]: Verdict(
            responded=True, in_time=False, did_part=False, why="到场晚，围挡不到位"
        )
    }
    view = play.act(view, ActionName.JUDGE, play.member("dispatcher"), verdicts=verdicts)
    play.tick(600)
    play.act(
        view,
        ActionName.REPLY,
        play.of("dept-road"),
        note="晚到是事实；围挡按规范装了 40 米，请看照片。",
        disputes=True,
    )
    play.act(view, ActionName.REPLY, lead, note="接受评价。", disputes=False)
    play.tick(600)
    settled = Verdict(responded=True, in_time=False, did_part=True, why="照片里围挡齐全")
    play.act(
        view,
        ActionName.SETTLE,
        play.member("leader"),
        organisation_id=play.organisations["dept-road"],
        verdict=settled,
        note="到场晚成立，尽责改为是。",
    )


def _play_fire_lanes(play: Play) -> None:
    view = play.blow(
        Kind.INSPECTION,
        FIRE_LANES,
        "老旧小区消防通道联合检查",
        "逐栋看通道、楼道和充电处，当场能清的当场清。",
        building=200,
        login="secretary2",
    )
    play.act(view, ActionName.COME, play.of("dept-fire"), sends="防火科两人")
    reason = "当天有校园周边整治，抽不出人。"
    play.act(view, ActionName.DECLINE, play.of("dept-traffic"), note=reason)
    play.tick(60 * 20)
    view = play.sign_in(view, "dept-fire")
    view = play.act(
        view,
        ActionName.COUNTERSIGN,
        play.member("secretary2"),
        organisation_id=play.organisations["dept-police"],
        note="地下车库没有信号，人已到。",
    )
    note = "查 18 栋，清出通道 5 处，3 处限期整改。"
    view = play.act(view, ActionName.RECORD_OUTCOME, play.of("dept-fire"), note=note)
    verdicts = _verdicts(view)
    play.act(view, ActionName.JUDGE, play.member("secretary2"), verdicts=verdicts)


def _play_called_off(play: Play) -> None:
    view = play.blow(
        Kind.EMERGENCY, BURST, "疑似爆管", "查看路面冒水的地方。", building=310, login="shift"
    )
    note = "是洒水车漏水，已处理，不用来了。"
    play.act(view, ActionName.CANCEL, play.member("shift"), note=note)


def _play_fumes(play: Play) -> None:
    view = play.blow(
        Kind.INSPECTION,
        FUMES,
        "北街餐饮油烟联合检查",
        "查净化设施是否开启、清洗记录、证照。",
        building=40,
    )
    play.tick(60 * 26)
    for code in ("dept-urban", "dept-eco", "dept-market"):
        view = play.sign_in(view, code)
    deed = "检查 12 家，2 家净化设施没开，当场开启。"
    play.act(view, ActionName.REPORT_DEED, play.of("dept-eco"), note=deed)
    note = "12 家查完，2 家当场改正，1 家限期清洗管道。"
    play.act(view, ActionName.RECORD_OUTCOME, play.of("dept-urban"), note=note)


def _play_trade(play: Play) -> None:
    case_id: UUID | None = (
        Case.objects.filter(
            step="handling", kind="incident", street__code=STREET_CODE, grid__isnull=False
        )
        .order_by("number")
        .values_list("id", flat=True)
        .first()
    )
    view = play.blow(
        Kind.COMPREHENSIVE,
        TRADE,
        "校门口占道经营集中整治",
        "放学前到位，疏导摊位到临时摊区，恢复人行道。",
        building=120,
        case_id=case_id,
    )
    play.act(view, ActionName.COME, play.of("dept-market"), sends="执法一组")


def _play_sunken(play: Play) -> None:
    view = play.blow(
        Kind.EMERGENCY,
        SUNKEN,
        "路面塌陷，有空洞",
        "先围挡，再查管线，防止二次塌陷。",
        building=260,
        login="shift",
    )
    play.act(view, ActionName.COME, play.of("dept-road"), sends="应急班")
    _give_link(play, view)


def _give_link(play: Play, view: WhistleView) -> None:
    """Give the last of the called a link, with a token the documentation names."""
    token = demonstration_token(WHISTLE_LINK)
    give_link(
        whistle_id=view.id,
        organisation_id=view.calls[-1].organisation_id,
        member=play.member("shift"),
        at=play.tick(1),
        expires_at=play.at + LINK_LASTS,
        token=token,
    )
    open_call_link(token=token, device=Device.WECHAT, at=play.tick(1))


def _verdicts(view: WhistleView) -> dict[int, Verdict]:
    return {one.organisation_id: _verdict(one) for one in view.calls}


def _verdict(one: CallView) -> Verdict:
    came = one.arrived_at is not None
    return Verdict(
        responded=came,
        in_time=came and not one.is_late if one.is_timed else None,
        did_part=came,
        why="" if came else "没有到场，来不了的原因已说明",
    )
