"""Calls, drafts, the library of answers, recorded voices, and who is to be told how."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.programmes.hotline.terms import Outcome, TellBy


class Draft(models.Model):
    """One call in hand, of one clerk; its id becomes the id of the case.

    `words` holds what was typed, by field; `photos` the references of photos sent with it.
    `editor` names the window that saved last, so that two windows do not overwrite each other.
    A draft put aside has `dropped_at` and is deleted a day later.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clerk = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    street_code = models.CharField(max_length=24)
    words = models.JSONField(default=dict)
    photos = models.JSONField(default=list)
    editor = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("words", "photos", "clerk")
        purpose = "来电登记到一半时不丢失已录入的内容，只有接听的受理员看得到，离岗后是接手的那一位"
        retention = "登记后即删除；放弃的保留一天，未登记的保留七天"

    class Meta:
        verbose_name = _("来电草稿")
        verbose_name_plural = _("来电草稿")
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("opened_at")), name="hotline_draft_saved_after_opened"
            ),
        ]


class Answer(models.Model):
    """One entry of the library; what it says stands in its versions."""

    street_code = models.CharField(max_length=24)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        data = ()
        purpose = "对外答复的口径，不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("答案")
        verbose_name_plural = _("答案")


class AnswerVersion(models.Model):
    """What an entry says from one writing to the next; the one not replaced is current."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    question = models.CharField(max_length=120)
    text = models.TextField()
    keywords = models.CharField(max_length=200, blank=True)
    pinyin = models.CharField(max_length=400, blank=True)
    owner = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    review_on = models.DateField(null=True)
    written_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("written_by",)
        purpose = "谁在何时改了口径"
        retention = "permanent"

    class Meta:
        verbose_name = _("答案版本")
        verbose_name_plural = _("答案版本")
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="hotline_version_once"),
            models.UniqueConstraint(
                fields=["answer"],
                condition=Q(replaced_at=None),
                name="hotline_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="hotline_version_valid_forward",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(text=""), name="hotline_version_says_something"
            ),
        ]


class WantedAnswer(models.Model):
    """A question the library could not answer, numbers masked; settled once by the leader."""

    street_code = models.CharField(max_length=24)
    question = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="+")

    class Privacy:
        data = ("question",)
        purpose = "补齐答案库；只记问题，号码已遮盖"
        retention = "补上答案后保留一年"

    class Meta:
        verbose_name = _("待补答案")
        verbose_name_plural = _("待补答案")
        constraints = [
            models.UniqueConstraint(
                fields=["street_code", "question"],
                condition=Q(settled_at=None),
                name="hotline_wanted_once",
            ),
        ]


class Call(models.Model):
    """One call that has ended: who took it, how long, what it came to. No word of the caller.

    An answered call names the version read out, a case or a reminder its case, the others none.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    street_code = models.CharField(max_length=24)
    clerk = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    answer_version = models.ForeignKey(
        AnswerVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Privacy:
        data = ("clerk",)
        purpose = "统计来电量、答复率和用时，合理排班；不记来电人和来电内容"
        retention = "两年"

    class Meta:
        verbose_name = _("来电记录")
        verbose_name_plural = _("来电记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]),
                name="hotline_call_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="answered", answer_version__isnull=False, case=None)
                | Q(outcome__in=["case", "reminder"], answer_version=None, case__isnull=False)
                | Q(outcome__in=["wanted", "abandoned"], answer_version=None, case=None),
                name="hotline_call_came_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="hotline_call_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["street_code", "-ended_at"], name="hotline_call_newest"),
            models.Index(fields=["clerk", "-ended_at"], name="hotline_call_of_clerk"),
        ]


class Recording(models.Model):
    """A recorded voice that is a report; of a draft until the draft becomes a case.

    One that came from a phone belongs to its case at once and has nobody in `uploaded_by`.

    `played` is the same as MP3 where browsers can't play what came. Both files go at `delete_at`;
    the row stays and says that there was one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    draft = models.ForeignKey(
        Draft, on_delete=models.SET_NULL, null=True, related_name="recordings"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    street_code = models.CharField(max_length=24)
    file = models.FileField(max_length=200, blank=True)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    played = models.FileField(max_length=200, blank=True, db_default="")
    played_bytes = models.PositiveIntegerField(default=0, db_default=0)
    sha256 = models.BinaryField(max_length=32)
    uploaded_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    delete_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("file", "played", "uploaded_by")
        purpose = "录音本身就是反映的内容，由受理员听写；只有受理员可以收听，每次收听都有记录"
        retention = "按设置的天数到期删除原始文件，只留下“曾有录音”这一事实"

    class Meta:
        verbose_name = _("录音")
        verbose_name_plural = _("录音")
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(file="", played=""),
                name="hotline_deleted_recording_has_none",
            ),
        ]
        indexes = [
            models.Index(
                fields=["delete_at"],
                condition=Q(deleted_at=None),
                name="hotline_recording_due",
            ),
        ]


class TellBack(models.Model):
    """How somebody for whom another reported, or who has no phone, hears the answer.

    Name and door stand with the reporter of the case; `where` names a public place only.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    how = models.CharField(max_length=8)
    where = models.CharField(max_length=60, blank=True)
    is_on_behalf = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Privacy:
        data = ("told_by",)
        purpose = "把结果告诉没有电话的人"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("当面回告")
        verbose_name_plural = _("当面回告")
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=[one.value for one in TellBy]), name="hotline_tell_how_known"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="hotline_told_by_somebody",
            ),
        ]
