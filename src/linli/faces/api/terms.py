"""Words of the API: how it says no where no room does, and how sentences are marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class ApiRefusal(Refusal):
    """A request the API itself refuses, before or beside any room."""

    messages: ClassVar[Mapping[str, str]] = {
        "api.body_missing": N_("请求没有正文。请以 JSON 发送。"),
        "api.body_not_json": N_("请求正文不是有效的 JSON：第 %(line)s 行第 %(column)s 列。"),
        "api.body_not_object": N_("请求正文应是一个 JSON 对象。"),
        "api.body_not_utf8": N_("请求正文不是有效的 UTF-8 文字。"),
        "api.body_too_large": N_("请求正文太大，最多 %(limit_kb)s KB。"),
        "api.body_too_deep": N_("请求正文嵌套过深。"),
        "api.body_unreadable": N_("请求正文没有完整收到，请重新发送。"),
        "api.duplicate_key": N_("请求正文中“%(key)s”出现了两次。"),
        "api.nul_character": N_("文字中含有空字符（U+0000），无法保存。"),
        "api.broken_character": N_("文字中含有不完整的字符，无法保存。"),
        "api.number_not_finite": N_("数值 %(value)s 不能使用，请填写普通的数。"),
        "api.number_too_long": N_("数值太长，无法读取。"),
        "api.media_type": N_("请以 application/json 发送正文。"),
        "api.photo_media_type": N_(
            "请以 multipart/form-data 的 file 字段，或以 image/* 正文发送照片。"
        ),
        "api.photo_missing": N_("没有收到照片。请放在 file 字段中发送。"),
        "api.tus_version": N_("只支持 tus 协议 1.0.0 版。"),
        "api.part_media_type": N_("请以 application/offset+octet-stream 发送文件内容。"),
        "api.header_wrong": N_("请求头“%(name)s”缺少或不对。"),
        "api.field_missing": N_("缺少“%(name)s”。"),
        "api.field_wrong_type": N_("“%(name)s”应为%(expected)s。"),
        "api.field_too_long": N_("“%(name)s”最多 %(limit)s 个字符。"),
        "api.field_too_short": N_("“%(name)s”不能为空。"),
        "api.field_out_of_range": N_("“%(name)s”超出了范围。"),
        "api.field_not_allowed": N_("“%(name)s”的值不在可用的值之中：%(allowed)s。"),
        "api.field_not_uuid7": N_("“%(name)s”应为 UUIDv7（RFC 9562）。"),
        "api.field_wrong": N_("“%(name)s”的值不对。"),
        "api.too_many": N_("“%(name)s”最多 %(limit)s 项。"),
        "api.point_incomplete": N_("经度和纬度要一起填写。"),
        "api.sign_in_needed": N_("请先登录，或出示令牌。"),
        "api.token_unknown": N_("令牌无效、已过期或已停用。"),
        "api.scope_missing": N_("这个令牌没有“%(scope)s”权限。"),
        "api.csrf_failed": N_("页面已过期，请刷新后再试（缺少 X-CSRFToken）。"),
        "api.not_found": N_("没有这个地址或这件事项。"),
        "api.method_not_allowed": N_("这个地址不接受 %(method)s 请求。"),
        "api.too_many_requests": N_("请求太频繁，请在 %(seconds)s 秒后再试。"),
        "api.busy": N_(
            "现在上报的人很多，请在 %(seconds)s 秒后再发一次；同一编号重发不会重复登记。"
        ),
        "api.unavailable": N_("系统暂时无法处理，请稍后重试；同一编号重发不会重复登记。"),
        "api.failed": N_("系统出错，已记录（编号 %(reference)s）。请稍后重试。"),
        "api.instants_are_ours": N_("时间以服务器为准，不接受请求中的时间。"),
        "api.instant_malformed": N_("时间应为带时区的 ISO 8601，如 2026-11-22T09:00:00+08:00。"),
        "api.unknown_action": N_("没有“%(action)s”这个操作。"),
    }
