"""Words of the public pages: what each role does, and what is offered first."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Role

ROLE_TASKS: Mapping[Role, str] = {
    Role.RESIDENT: N_("拍照上报，看进度，评价，没解决就要求重办"),
    Role.INTAKE_CLERK: N_("受理各渠道来件，核对内容，决定立案或说明不立案的理由"),
    Role.SHIFT_LEADER: N_("带班，裁定退单争议，审定结案"),
    Role.DISPATCHER: N_("按职责清单把案件派给主办单位，附上依据"),
    Role.HANDLER: N_("接单、到场处置、拍照反馈；不归自己管的，引用清单退回"),
    Role.GRID_LEADER: N_("走自己的网格，发现就报，能当场解决的当场解决"),
    Role.GRID_WORKER: N_("巡查、核实居民上报、协助处置"),
    Role.VERIFIER: N_("到现场核查处置结果，不合格退回返工"),
    Role.SUPERVISOR: N_("盯住时限，催办超时案件"),
    Role.CALLBACK_CLERK: N_("结案后问反映人解决了没有、满意不满意"),
    Role.COMMUNITY_SECRETARY: N_("看本社区的全部案件，协调解决不了的事"),
    Role.JOINT_TEAM_MEMBER: N_("跨部门联合处置占道、乱停、露天市场"),
    Role.BUILDING_LEADER: N_("替邻居上报楼里的事，告诉大家办到哪一步"),
    Role.UNIT_LEADER: N_("替邻居上报单元里的事"),
    Role.STREET_LEADER: N_("看全街道办得怎么样、卡在哪里"),
    Role.KEEPER: N_("维护事项目录、职责清单和辖区，只读后台"),
    Role.GRID_OFFICER: N_("处理治安类案件，参与核实"),
    Role.ORDER_HELPER: N_("协助网格做好治安和秩序"),
}

# Keys of the catalogue that residents report most; what the catalogue lacks is left out.
SHOWN_CATEGORIES_COUNT = 10

# Words that call for the emergency number before a report is sent.
DANGER_WORDS = N_("着火|起火|冒烟|燃气|煤气|触电|漏电|晕倒|流血|打架|坠落|被困|爆炸|溺水")
