"""What a look was at, in words: the fields the log of looks names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from linli.ground.kernel.marking import N_

# Fields that are logged where a record is opened, exported or printed, those declared personal by
# what the administration shows, and the rooms of one's own export.
FIELD_LABELS: Mapping[str, str] = {
    "account": N_("账号"),
    "account_id": N_("账号"),
    "actor_id": N_("谁看的"),
    "address": N_("地址"),
    "answered_by": N_("谁答复"),
    "appointments": N_("任职"),
    "approved_by_id": N_("谁批准"),
    "area_code": N_("辖区"),
    "asked_by": N_("谁提出"),
    "badge_number": N_("执法证号"),
    "brief": N_("交办的话"),
    "called": N_("怎么称呼"),
    "caller": N_("召集人"),
    "cases": N_("反映的事"),
    "changed_by_id": N_("谁改的"),
    "clerk": N_("受理员"),
    "company": N_("为哪家跑"),
    "company_name": N_("为哪家跑"),
    "courier": N_("哪位小哥"),
    "couriers": N_("小哥登记"),
    "decided_by": N_("谁决定"),
    "decided_by_id": N_("谁决定"),
    "door": N_("门牌"),
    "drafted_by_id": N_("谁起草"),
    "earlier_account_ids": N_("以前谁经办"),
    "email": N_("邮箱"),
    "ended_by_id": N_("谁结束的"),
    "entered_by": N_("谁登记"),
    "file": N_("文件"),
    "for_whom": N_("替谁报的"),
    "history": N_("经过"),
    "holder": N_("在谁手上"),
    "hotline": N_("热线"),
    "household": N_("住户"),
    "imported_by_id": N_("谁导入"),
    "initials": N_("姓名首字母"),
    "judged_by": N_("谁评价"),
    "keeper": N_("谁跟进"),
    "last_login": N_("上次登录"),
    "login": N_("登录名"),
    "name": N_("姓名"),
    "named_by": N_("谁指定"),
    "notices": N_("通知"),
    "opened_by": N_("谁打开"),
    "people": N_("人员和账号"),
    "people.duty": N_("值班"),
    "people.stand_ins": N_("代理"),
    "people.traces": N_("登录和查看"),
    "people.work_handovers": N_("工作交接"),
    "person": N_("人员"),
    "person_id": N_("看了谁"),
    "phone": N_("电话"),
    "phone_proved_at": N_("手机号验证时间"),
    "photos": N_("照片"),
    "place_note": N_("位置说明"),
    "plate": N_("车牌"),
    "position": N_("位置"),
    "question": N_("问题"),
    "reason": N_("原因"),
    "shifts": N_("交接班"),
    "shows_name": N_("公示牌上写姓名"),
    "talk": N_("说事点"),
    "text": N_("内容"),
    "title": N_("标题"),
    "uploaded_by_id": N_("谁上传"),
    "whistle": N_("吹哨报到"),
    "who": N_("谁"),
    "words": N_("查询的字"),
    "written_by": N_("谁写的"),
}


def word_fields(names: Iterable[str]) -> str:
    """Name fields in the language of the page, each once; what has no word as it is stored."""
    labels = dict.fromkeys(gettext(FIELD_LABELS.get(name, name)) for name in names)
    return gettext("、").join(labels)
