"""What members who see no case find at the desk: a door for each thing they may do."""

from __future__ import annotations

from dataclasses import dataclass

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action, Member

from .access import holds_post_for


@dataclass(frozen=True, kw_only=True)
class Door:
    """A way in: the right that opens it, the name of its address, and what is behind (msgids)."""

    right: Action
    address: str
    title: str
    text: str


DOORS = (
    Door(
        right=Action.KEEPING_READ,
        address="desk:catalogue",
        title=N_("事项目录"),
        text=N_("每个类别的立案条件、结案条件和时限；修订先起草，到生效日才起作用。"),
    ),
    Door(
        right=Action.KEEPING_READ,
        address="desk:responsibilities",
        title=N_("职责清单"),
        text=N_("什么事由谁主办、谁协办；改以前先看哪些案件会换单位。"),
    ),
    Door(
        right=Action.KEEPING_READ,
        address="desk:calendar",
        title=N_("工作日历"),
        text=N_("办公时间、放假和调休；时限照它算，改动先起草，由另一个人批准。"),
    ),
    Door(
        right=Action.SETTINGS_EDIT,
        address="desk:settings",
        title=N_("办理设置"),
        text=N_("各环节的时限、重开和退单的规矩，谁在什么时候改的。"),
    ),
    Door(
        right=Action.RETURN_READ,
        address="desk:returns",
        title=N_("上级报表"),
        text=N_("上级的 Excel 报表上传一次，每格对应好一个数，以后一键填好。"),
    ),
    Door(
        right=Action.TERRITORY_READ,
        address="desk:territory",
        title=N_("网格管理"),
        text=N_("现在和以前的网格；合并、拆分、划转先起草，再由另一个人批准。"),
    ),
    Door(
        right=Action.PLACE_NAME,
        address="desk:place_names",
        title=N_("补充地名"),
        text=N_("居民常说的小区、路口、店名，记下来定位才准。"),
    ),
    Door(
        right=Action.TALK_KEEP,
        address="desk:talk",
        title=N_("百姓说事点"),
        text=N_("在哪里、什么时候有人、谁来接待；说的事有编号，答复贴出来。"),
    ),
    Door(
        right=Action.PLACE_NAME,
        address="desk:rest_places",
        title=N_("歇脚点"),
        text=N_("哪里能取暖、喝水、充电，什么时候开；小哥和谁都看得到。"),
    ),
    Door(
        right=Action.ORGANISATION_IMPORT,
        address="desk:imports",
        title=N_("从表格导入"),
        text=N_("下载模板，填好上传；逐行核对，您说导入才导入。"),
    ),
    Door(
        right=Action.LIST_EXPORT,
        address="desk:exports",
        title=N_("导出的文件"),
        text=N_("导出过的清单，文件保存三天。"),
    ),
    Door(
        right=Action.SEARCH_LOG,
        address="desk:searches",
        title=N_("查询记录"),
        text=N_("谁在什么时候查了什么。"),
    ),
    Door(
        right=Action.ADMIN_READ,
        address="admin:index",
        title=N_("只读管理"),
        text=N_("看系统里存着什么，不能改。"),
    ),
)


def list_doors(member: Member) -> list[Door]:
    """List the doors open to a member."""
    return [door for door in DOORS if holds_post_for(member, door.right)]
