"""Why the people room says no."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class NotPermitted(Refusal):
    """The member may not do this here."""

    messages = {
        "people.not_permitted": N_("您的岗位不能在这里做这件事。如有需要，请联系街道指挥中心。")
    }

    def __init__(self) -> None:
        super().__init__("people.not_permitted")


class UnableToAppoint(Refusal):
    """The post can't be given as asked."""

    messages = {
        "people.same_post_twice": N_("此人在这段时间已担任同一职务。"),
        "people.area_has_leader": N_("该区域在这段时间已有负责人，请先结束其任期。"),
        "people.term_out_of_order": N_("任期的结束日不能早于开始日。"),
        "people.leader_needs_area": N_("网格长、楼栋长、单元长必须指定区域。"),
        "people.post_needs_place": N_("任职必须指定单位或区域。"),
        "people.role_not_here": N_("这个岗位不在这样的区域任职。"),
        "people.term_needed": N_("网格长、楼栋长、单元长要有任期，请填写到哪天为止。"),
        "people.term_too_long": N_("一个任期最多 %(years)s 年。"),
        "people.recommended_by_whom": N_("请选择由哪个单位推荐。"),
        "people.election_needs_result": N_("选举产生的，请填写选举日期和赞成票数。"),
        "people.decided_before_start": N_("产生的日期不能晚于任期开始。"),
        "people.counts_do_not_fit": N_("票数不对：赞成不能多于投票，投票不能多于应到。"),
        "people.not_oneself": N_("不能给自己任职，也不能改自己的任职，请由他人办理。"),
        "people.unknown_place": N_("没有这个区域，或者它已经调整。"),
        "people.not_longer": N_("新的到期日要晚于现在的到期日。"),
        "people.days_out_of_range": N_("请填写 %(least)s 到 %(most)s 天。"),
    }


class UnableToStandIn(Refusal):
    """The post can't have this stand-in for this time."""

    messages = {
        "people.stand_in_oneself": N_("不能自己代理自己，请选另一个人。"),
        "people.stand_in_needs_account": N_("代理人还没有能登录的账号，请先开通。"),
        "people.stand_in_dates": N_("代理的结束日要晚于开始日，一次最多 %(most)s 天。"),
        "people.stand_in_outside_term": N_("代理的时间要在任期之内。"),
        "people.stand_in_twice": N_("这个岗位在这段时间已有代理人。"),
        "people.stand_in_away": N_("代理人自己在这段时间也不在岗，由别人代理，请另选一人。"),
        "people.holder_stands_in": N_("此人在这段时间正代理别人，请先给那个岗位另找代理人。"),
        "people.stand_in_over": N_("这次代理已经结束。"),
    }


class UnableToEndSession(Refusal):
    """The session can't be ended as asked."""

    messages = {
        "people.no_session": N_("没有这个登录，可能已经退出了。"),
        "people.sign_out_reason": N_("请写明为什么让此人退出登录，记录里会留下。"),
    }


class UnableToHandOver(Refusal):
    """The work can't be handed over or confirmed as asked."""

    messages = {
        "people.no_successor": N_("这个人不能接办，请从名单里另选，或者交回单位。"),
        "people.confirmed_already": N_("您已经确认过了。"),
    }


class UnableToEndAppointment(Refusal):
    """The post can't be ended as asked."""

    messages = {"people.appointment_over": N_("该任职已经结束。")}


class UnableToOpenPerson(Refusal):
    """The record of a person can't be opened."""

    messages = {
        "people.reason_needed": N_("请写明查看这位居民资料的原因，本人可以看到。"),
        "people.unknown_person": N_("没有这位居民的资料，或者您无权查看。"),
    }


class UnableToOpenAccount(Refusal):
    """The account can't be made."""

    messages = {
        "people.login_taken": N_("这个登录名已被使用。"),
        "people.phone_taken": N_("这个手机号已用于另一个账号。"),
        "people.phone_malformed": N_("请填写完整的手机号码。"),
    }


class UnableToSendCode(Refusal):
    """No code goes to this number now; said alike whether or not the number is known."""

    messages = {
        "people.mobile_malformed": N_("请填写完整的手机号码，例如 13800001234。"),
        "people.code_too_soon": N_("验证码刚刚发过，请过一分钟再试。"),
        "people.code_too_often": N_("这个号码或这个网络要验证码的次数太多，请过一小时再试。"),
        "people.code_not_sent": N_("验证码没有发出去，请过一分钟再试。"),
        "people.codes_off": N_("这里还没有开通短信，不能用验证码。"),
    }


class UnableToProve(Refusal):
    """The code does not prove the phone."""

    messages = {
        "people.wrong_code": N_("验证码不对，请看一下短信再输一次。"),
        "people.code_over": N_("这个验证码已失效或试错太多次，请重新获取。"),
        "people.tries_too_often": N_("试错太多次，请过一小时再试。"),
        "people.phone_of_another": N_(
            "这个手机号已是另一个账号的登录号。请用它登录那个账号，或先在那个账号里换号。"
        ),
    }


class UnableToCorrect(Refusal):
    """The own record can't be corrected by oneself."""

    messages = {
        "people.name_by_office": N_("您担任过职务，姓名由街道办更正，请联系社区。"),
        "people.name_needed": N_("请写上怎么称呼您，最多 40 个字。"),
    }


class UnableToClose(Refusal):
    """The account can't be closed now."""

    messages = {
        "people.close_holds_post": N_("您还担任职务，请先卸任、交接，再注销账号。"),
        "people.close_demonstration": N_("这是演示用的账号，大家都要用，不能注销。"),
    }


class UnableToChooseLanguage(Refusal):
    """The language is not one of ours."""

    messages = {"people.unknown_language": N_("暂不支持这种语言。")}


class UnableToPlanDuty(Refusal):
    """The roster can't be changed as asked."""

    messages = {
        "people.duty_nobody": N_("请至少选择一位值班人员。"),
        "people.duty_days": N_("结束日期不能早于开始日期，一次最多排 %(most)s 天。"),
        "people.duty_out_of_order": N_("下班时间必须晚于上班时间。"),
        "people.duty_too_long": N_("一个班次不能超过 %(hours)s 小时。"),
        "people.duty_twice": N_("此人这段时间已经排了同样的班。"),
        "people.duty_not_staff": N_("这个账号不是本街道可以值班的人员。"),
        "people.duty_unknown_role": N_("没有“%(role)s”这种值班岗位，可用：%(known)s。"),
        "people.duty_unknown_login": N_("没有登录名为“%(login)s”的账号。"),
        "people.duty_bad_instant": N_("看不懂时间“%(text)s”，请写成 2026-11-22 18:00。"),
        "people.duty_no_shift": N_("没有这个班次，可能已被删除。"),
        "people.duty_over": N_("这个班次已经结束，不能再改。"),
        "people.duty_phone_malformed": N_("请填写完整的值班电话。"),
    }


class UnableToSwap(Refusal):
    """The shift can't be swapped as asked."""

    messages = {
        "people.swap_not_yours": N_("只能换自己的班次。"),
        "people.swap_with_oneself": N_("不能和自己换班。"),
        "people.swap_asked_already": N_("这个班次已经有一个换班请求在等答复。"),
        "people.swap_not_theirs": N_("对换的班次不是对方的，或不在同一街道。"),
        "people.swap_gone": N_("这个换班请求已经处理过了。"),
        "people.swap_not_asked": N_("只有被请求的人可以答复。"),
    }


class UnableToEnterOrganisation(Refusal):
    """The organisation can't be put on record as asked."""

    messages = {
        "people.parent_unknown": N_("没有编号为“%(key)s”的上级单位。"),
        "people.area_unknown": N_("没有编号为“%(key)s”的辖区。"),
    }
