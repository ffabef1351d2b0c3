"""What a category must say before it can be saved."""

from __future__ import annotations

from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.spine.cases.catalogue_terms import CheckedBy

MAX_LIMIT = 3650
MAX_CODE = 80
MAX_NAME = 200


class CategoryCannotBeSaved(Refusal):
    """A category that could not be evaluated later is refused when it is saved."""


def check_limit(*, code: str, amount: int, unit: str) -> None:
    """Refuse a limit the clocks could not compute.

    Args:
        code: code of the category, for the sentence.
        amount: how many of `unit`, 1 to 3650.

    Raises:
        CategoryCannotBeSaved: naming what is wrong.
    """
    if unit not in {one.value for one in Unit}:
        raise CategoryCannotBeSaved(
            "catalogue.unknown_unit",
            N_("类别 %(category)s 的时限单位“%(unit)s”无法计算，未保存。"),
            field="limit_unit",
            category=code,
            unit=unit,
        )
    if not 1 <= amount <= MAX_LIMIT:
        raise CategoryCannotBeSaved(
            "catalogue.limit_out_of_range",
            N_("类别 %(category)s 的时限须在 1 到 %(most)s 之间，未保存。"),
            field="limit_amount",
            category=code,
            most=MAX_LIMIT,
        )


def check_words(*, code: str, name: str, checked_by: str) -> None:
    """Refuse a category without a code or a name, or with an unknown way to check it.

    Raises:
        CategoryCannotBeSaved: naming what is wrong.
    """
    if not code.strip() or len(code) > MAX_CODE or "\x00" in code + name:
        raise CategoryCannotBeSaved(
            "catalogue.bad_code",
            N_("类别代码“%(category)s”为空、过长或含有非法字符，未保存。"),
            field="code",
            category=code.replace("\x00", "␀")[:MAX_CODE],
        )
    if not name.strip() or len(name) > MAX_NAME:
        raise CategoryCannotBeSaved(
            "catalogue.no_name",
            N_("类别 %(category)s 没有名称，或名称超过 %(most)s 个字，未保存。"),
            field="name",
            category=code,
            most=MAX_NAME,
        )
    if checked_by not in {one.value for one in CheckedBy}:
        raise CategoryCannotBeSaved(
            "catalogue.unknown_check",
            N_("类别 %(category)s 的核查方式“%(way)s”无法识别，未保存。"),
            field="checked_by",
            category=code,
            way=checked_by,
        )
