"""What cells stand for and when, in words of the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from linli.ground.territory.locator import find_ref, ids_within, list_refs
from linli.ground.territory.terms import AreaKind, AreaRef, code_prefix, prefix_of
from linli.programmes.returns.rules.figures import FIGURES
from linli.programmes.returns.rules.labels import Known, plain
from linli.programmes.returns.terms import SPAN_LABELS, Period, PeriodKind, Target
from linli.spine.cases.queries.catalogue import find_category, list_categories
from linli.spine.cases.queries.words import is_english, name_of
from linli.spine.cases.terms import CHANNEL_LABELS, LEVEL_LABELS, Channel, Level

# How forms name channels and levels, besides the labels of the house.
_CHANNEL_WORDS = {
    "热线": Channel.HOTLINE,
    "12345热线": Channel.HOTLINE,
    "市民热线": Channel.HOTLINE,
    "网络": Channel.WEB,
    "网上": Channel.WEB,
    "来电": Channel.PHONE,
    "来访": Channel.COUNTER,
    "媒体": Channel.MEDIA,
    "巡查": Channel.PATROL,
    "网格巡查": Channel.PATROL,
    "快递小哥": Channel.COURIER,
}
_LEVEL_WORDS = {
    "网格级": Level.GRID,
    "社区级": Level.COMMUNITY,
    "街道级": Level.STREET,
    "区级": Level.DISTRICT,
}


def say_period(period: Period) -> str:
    """Name a period: 2026年10月, the third quarter, a week by its days."""
    first, last = period.first, period.last
    match period.kind:
        case PeriodKind.WEEK:
            days = {"first": first.isoformat(), "last": last.isoformat()}
            return gettext("%(first)s 至 %(last)s") % days
        case PeriodKind.MONTH:
            return gettext("%(year)s年%(month)s月") % {
                "year": first.year,
                "month": first.strftime("%b") if is_english() else first.month,
            }
        case PeriodKind.QUARTER:
            quarter = {"year": first.year, "quarter": (first.month + 2) // 3}
            return gettext("%(year)s年第%(quarter)s季度") % quarter
        case PeriodKind.YEAR:
            return gettext("%(year)s年") % {"year": first.year}


def say_target(target: Target) -> str:
    """Say what a cell stands for: figure, time, and what narrows it."""
    spoken = [say_figure(target.figure), gettext(SPAN_LABELS[target.span]), *list_narrowed(target)]
    return gettext(" · ").join(spoken)


def say_figure(key: str) -> str:
    """Name a figure."""
    return gettext(FIGURES[key].label) if key in FIGURES else key


def list_narrowed(target: Target) -> list[str]:
    """Say what a figure is narrowed to: place, category, channel, level."""
    found = []
    if target.area_code:
        found.append(_name_area(target.area_code))
    if target.category_key:
        category = find_category(target.category_key)
        found.append(name_of(category) if category else target.category_key)
    if target.major_code:
        found.append(_name_major(target.major_code))
    if target.channel:
        found.append(gettext(CHANNEL_LABELS[Channel(target.channel)]))
    if target.level:
        found.append(gettext(LEVEL_LABELS[Level(target.level)]))
    return found


def _name_area(code: str) -> str:
    return name_of(_find_area(code)) or code


def _find_area(code: str) -> AreaRef | None:
    """Find a community or grid by its code, past ones too."""
    for kind in (AreaKind.COMMUNITY, AreaKind.GRID):
        for number in ids_within(kind, prefix_of(code)):
            ref = find_ref(number)
            if ref is not None and ref.code == code:
                return ref
    return None


def _name_major(code: str) -> str:
    for one in list_categories():
        if one.major_code == code:
            return (is_english() and one.major_name_en) or one.major_name
    return code


def names_known(street_code: str) -> Known:
    """Gather the names a form of a sub-district may use."""
    inside = code_prefix(street_code, AreaKind.STREET)
    refs = [*list_refs(AreaKind.COMMUNITY, inside), *list_refs(AreaKind.GRID, inside)]
    listed = list_categories()
    channels = {label: one.value for one, label in CHANNEL_LABELS.items()}
    channels |= {name: one.value for name, one in _CHANNEL_WORDS.items()}
    return Known(
        areas={plain(ref.name): ref.code for ref in refs},
        categories={plain(one.name): one.key for one in listed},
        majors={plain(one.major_name): one.major_code for one in listed},
        channels={plain(name): value for name, value in channels.items()},
        levels={plain(name): one.value for name, one in _LEVEL_WORDS.items()},
    )


def is_inside(code: str, street_code: str) -> bool:
    """Say whether a community or grid of this code lies in a sub-district."""
    is_there = code.startswith(code_prefix(street_code, AreaKind.STREET))
    return is_there and _find_area(code) is not None
