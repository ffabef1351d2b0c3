"""Forms of talk points: a point, a host, a matter said there, and its answer."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.opening import Hours
from linli.programmes.talk.terms import (
    MOST_ADDRESS,
    MOST_ANSWER,
    MOST_ASKED,
    MOST_NAME,
    MOST_PHONE,
    NewMatter,
    NewPoint,
    PointView,
)
from linli.spine.cases.terms import (
    KIND_LABELS,
    MAX_TEXT,
    CaseKind,
    Contact,
    NewReport,
    Point,
)

from .hours import HoursForm, weekdays_field, write_hours
from .photos import PhotosField, read_refs, store_all, write_refs

said = lazy(gettext, str)
CASE, SPOT = "case", "spot"


class PointForm(HoursForm):
    """A talk point: what it is called, where it is, whom to call, when it is open."""

    shown_at = MappingProxyType({"hours": "opens", "area_code": "community", "lat": "lon"})
    name = forms.CharField(label=_("名称"), max_length=MOST_NAME)
    name_en = forms.CharField(label=_("英文名称"), required=False, max_length=MOST_NAME)
    community = forms.ChoiceField(label=_("社区"))
    address = forms.CharField(
        label=_("地址"),
        help_text=_("写到走得到门口，例如“3 号楼前凉亭”。"),
        max_length=MOST_ADDRESS,
    )
    phone = forms.CharField(
        label=_("电话"), help_text=_("公开的电话，不写个人手机。"), max_length=MOST_PHONE
    )
    lon = forms.FloatField(label=_("经度"), error_messages={"required": _("请在地图上点出位置。")})
    lat = forms.FloatField(label=_("纬度"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, typed: QueryDict | None = None, *, communities: Choices, point: PointView | None
    ) -> None:
        shown = _shown(point) if point else write_hours(Hours())
        super().__init__(typed, auto_id="point_%s", initial=shown)
        cast("forms.ChoiceField", self.fields["community"]).choices = list(communities)
        if point is not None:
            del self.fields["community"]
        self.area_code = point.area_code if point else ""

    def read(self) -> NewPoint:
        """Give the point as it was typed."""
        given = self.cleaned_data
        return NewPoint(
            name=given["name"],
            name_en=given["name_en"],
            area_code=self.area_code or given["community"],
            address=given["address"],
            lon=given["lon"],
            lat=given["lat"],
            phone=given["phone"],
            hours=self.read_hours(),
        )


def _shown(point: PointView) -> dict[str, Any]:
    names = ("name", "name_en", "address", "phone", "lon", "lat", "version")
    return {name: getattr(point, name) for name in names} | write_hours(point.hours)


class HostForm(RefusableForm):
    """Who receives people, on which days, and whether the name may be shown."""

    person_id = forms.TypedChoiceField(label=_("由谁接待"), coerce=int)
    weekdays = weekdays_field(_("哪几天接待"))
    shows_name = forms.BooleanField(label=_("本人同意公开姓名"), required=False)

    def __init__(self, typed: QueryDict | None = None, *, people: Choices) -> None:
        super().__init__(typed, auto_id="host_%s")
        cast("forms.ChoiceField", self.fields["person_id"]).choices = [
            ("", gettext("请选择")),
            *people,
        ]


class MatterForm(RefusableForm):
    """What somebody said: a sentence for the wall, and either an answer or a case."""

    shown_at = MappingProxyType({"category_key": "category", "lon": "address", "point": "address"})
    id = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.CharField(
        label=_("一句话：问的是什么事"),
        help_text=_("这句话会贴出来。只写事，不写人名、电话、门牌。"),
        max_length=MOST_ASKED,
    )
    how = forms.ChoiceField(
        label=_("怎么办"),
        choices=[(CASE, _("要有人去办，立一件案")), (SPOT, _("当场就能答复"))],
        initial=CASE,
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("当场怎么答复的"),
        required=False,
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_posted = forms.BooleanField(label=_("贴在说事点"), required=False, initial=True)
    kind = forms.ChoiceField(
        label=_("是什么事"), choices=lambda: [(k.value, said(t)) for k, t in KIND_LABELS.items()]
    )
    about_organisation_id = forms.TypedChoiceField(
        label=_("投诉哪个单位"),
        help_text=_("投诉交给这个单位的上级办，不会交给它自己。"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    text = forms.CharField(
        label=_("详细情况"),
        help_text=_("给办事的人看：什么时候、多久了、怎么回事。不写就用上面那句话。"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    category = forms.ChoiceField(label=_("类别"), required=False)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    photos = PhotosField(label=_("照片"), required=False)
    name = forms.CharField(label=_("称呼"), required=False, max_length=60)
    phone = forms.CharField(label=_("电话"), required=False, max_length=30)
    door = forms.CharField(
        label=_("门牌"),
        help_text=_("没有电话的，写门牌，好上门告知。"),
        required=False,
        max_length=120,
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        categories: Choices,
        organisations: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, files, auto_id="matter_%s", initial=initial)
        self._offer("category", _("先不分类"), categories)
        self._offer("about_organisation_id", _("不是投诉单位"), organisations)
        self.refs = read_refs(typed.getlist("photos_kept")) if typed else ()

    def _offer(self, name: str, nothing: Any, choices: Choices) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = [("", nothing), *choices]

    @property
    def kept_refs(self) -> list[str]:
        """Photos already stored, as hidden fields write them."""
        return write_refs(self.refs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == SPOT and not given.get("answer"):
            self.add_error("answer", _("请写当场怎么答复的。"))
        complains = given.get("kind") == CaseKind.COMPLAINT
        if given.get("about_organisation_id") and not complains:
            self.add_error("kind", _("选了被投诉的单位，这里请选“投诉”。"))
        return given

    def store_photos(self, *, uploaded_by_id: int, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        files = self.cleaned_data.get("photos") or []
        try:
            self.refs += tuple(store_all(files, uploaded_by_id=uploaded_by_id, at=at))
        except Refusal as refusal:
            self.add_error("photos", refusal.words(gettext))
        return self.is_valid()

    @property
    def is_answered(self) -> bool:
        """Whether the host answered on the spot."""
        return bool(self.cleaned_data["how"] == SPOT)

    def read_matter(self) -> NewMatter:
        """Give what hangs at the point."""
        given = self.cleaned_data
        return NewMatter(
            id=given["id"],
            asked=given["asked"],
            answer=given["answer"] if self.is_answered else "",
            is_posted=given["is_posted"],
        )

    def read_report(self) -> NewReport:
        """Give the case it becomes; who said it stands apart from it."""
        given = self.cleaned_data
        lon, lat = given["lon"], given["lat"]
        return NewReport(
            text=given["text"] or given["asked"],
            title=given["asked"],
            kind=CaseKind(given["kind"]),
            category_key=given["category"],
            point=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
            address=given["address"],
            photos=self.refs,
            contact=Contact(name=given["name"], phone=given["phone"], door=given["door"]),
            is_anonymous=not (given["name"] or given["phone"] or given["door"]),
            about_organisation_id=given["about_organisation_id"],
            language=get_language() or "zh-hans",
        )
