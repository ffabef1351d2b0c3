"""What the pages of catalogue, list and calendar are called, and where they are: a flat table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.ground.kernel.marking import N_
from linli.programmes.keeping.terms import Matter


@dataclass(frozen=True, kw_only=True)
class MatterWords:
    """What the pages about one matter say, as msgids.

    Args:
        address: name of the address of what is in force.
        table: kind of the table its changes are taken over from.
    """

    address: str
    table: str
    begin: str
    compared: str
    whole: str
    add: str


MATTER_WORDS: Mapping[Matter, MatterWords] = {
    Matter.CATALOGUE: MatterWords(
        address="desk:catalogue",
        table="catalogue",
        begin=N_("起草事项目录的修订"),
        compared=N_("事项目录改了什么"),
        whole=N_("整个目录"),
        add=N_("新增本地类别"),
    ),
    Matter.LIST: MatterWords(
        address="desk:responsibilities",
        table="responsibilities",
        begin=N_("起草职责清单的新版本"),
        compared=N_("职责清单改了什么"),
        whole=N_("整个清单"),
        add=N_("新增一项职责"),
    ),
    Matter.CALENDAR: MatterWords(
        address="desk:calendar",
        table="calendar",
        begin=N_("起草工作日历的修订"),
        compared=N_("工作日历改了什么"),
        whole=N_("整个日历"),
        add=N_("安排几天"),
    ),
}
