"""Why the people room says no."""

from __future__ import annotations

from linli.ground.kernel.errors import Refusal

from .terms import N_


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


class UnableToChooseLanguage(Refusal):
    """The language is not one of ours."""

    messages = {"people.unknown_language": N_("暂不支持这种语言。")}
