"""How the hotline says no, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class NotForYou(Refusal):
    """The member's posts do not give the right."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.not_yours": N_("您的岗位不接听来电。如有需要，请联系街道指挥中心。"),
    }


class NoSuchDraft(Refusal):
    """There is no such call in hand, or it is another clerk's; the answer does not tell which."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.no_draft": N_("没有这份草稿，可能已经登记或放弃了。"),
    }


class CallRefused(Refusal):
    """A call that can't be ended as it is."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.words_too_long": N_("录入的内容太长，请缩短后再试。"),
        "hotline.kind_unknown": N_("请选择是什么事。"),
        "hotline.place_missing": N_("请找到地点、写下地址，或者在地图上点。"),
        "hotline.point_unreadable": N_("地点的经纬度读不懂，请重新选择地点。"),
        "hotline.number_missing": N_("请选择来电人说的是哪一件，或写下编号。"),
        "hotline.no_such_case": N_("没有这个编号的案件，请再和来电人核对一遍。"),
        "hotline.answer_gone": N_("这条答案刚刚改过或已停用，请重新查一遍再念。"),
        "hotline.question_missing": N_("请先写下来电人问的是什么。"),
        "hotline.tell_how_missing": N_("代没有电话的人反映，请选怎么把结果告诉本人。"),
        "hotline.saved_meanwhile": N_("刚才的内容正在保存，请再试一次。"),
        "hotline.id_not_v7": N_("这份草稿的编号不对，请新开一个来电。"),
        "hotline.call_ended": N_("这个来电已经办完了。"),
    }


class AnswerRefused(Refusal):
    """An entry of the library that can't be kept."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.answer_unknown": N_("答案库里没有这一条。"),
        "hotline.answer_empty": N_("问题和答案都要写。"),
        "hotline.answer_too_long": N_("这一栏最多 %(most)s 个字符。"),
        "hotline.answer_backward": N_("截止日期不能早于开始日期。"),
        "hotline.answer_changed": N_("您打开之后别人改过这一条，请看过最新内容再改。"),
        "hotline.owner_unknown": N_("没有这个单位，请重新选择负责单位。"),
        "hotline.wish_unknown": N_("这个问题已经有人处理了。"),
    }


class RecordingRefused(Refusal):
    """A file that is no recording we can keep."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.recording_empty": N_("这个录音文件是空的，请重新选择。"),
        "hotline.recording_too_large": N_("录音超过 %(limit_mb)s MB，请剪短后再传。"),
        "hotline.recording_unknown_kind": N_(
            "这个文件不是录音。可用的格式：AMR、MP3、M4A、WAV、OGG、WebM。"
        ),
        "hotline.recording_silk": N_(
            "这是微信自己的语音格式，只有微信能放。请在微信里播放、用手机录下来，再传录音。"
        ),
        "hotline.recording_too_long": N_("录音超过 %(most)s 分钟，请分成几段再传。"),
        "hotline.recording_unreadable": N_("这段录音读不出声音，可能没有传完整。请重新导出再传。"),
        "hotline.too_many_recordings": N_("一件事最多收 %(most)s 段录音，这段没有收下。"),
        "hotline.recording_missing": N_("没有这段录音，或者已按期限删除。"),
    }


class NothingToTell(Refusal):
    """Nobody waits to be told about this case."""

    messages: ClassVar[Mapping[str, str]] = {
        "hotline.nothing_to_tell": N_("这件案件没有等着当面回告的人，可能已经告知过了。"),
    }
