"""The event log, its erasable texts, the log of looks at personal data, and stored photos."""

from __future__ import annotations

from django.db import models

from .ids import new_id
from .tables.states import ExportState, ImportState


class Event(models.Model):
    """One thing that happened; append-only, partitioned by month of `recorded_at`.

    The primary key in the database is (recorded_at, id). The database fills one more column by
    itself, `tx`, the transaction that wrote the row: by it the relay gives the event its position
    in commit order, in the table `kernel_stream`; the row itself is never touched again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=40, blank=True)
    actor_organisation_id = models.BigIntegerField(null=True)
    actor_for_id = models.BigIntegerField(null=True, db_default=None)
    step_before = models.CharField(max_length=40, blank=True)
    step_after = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    class Privacy:
        data = ("actor_id", "actor_for_id")
        purpose = "Tell what happened to a matter, who answered for it and when."
        retention = (
            "Kept with the history of its matter; the account behind the number may be closed."
        )

    class Meta:
        managed = False
        db_table = "kernel_event"


class EventText(models.Model):
    """Words that belong to an event and may be erased without breaking its history."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(db_index=True)
    key = models.CharField(max_length=40)
    body = models.TextField()
    erased_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("body",)
        purpose = "Keep the words of an act for those who work on the matter."
        retention = "Erased with the personal data of its matter; the event stays."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "key"], name="kernel_eventtext_once"),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(body=""),
                name="kernel_eventtext_erased_is_empty",
            ),
        ]


class Look(models.Model):
    """One look at personal data: who, at whom, which fields, why; partitioned by month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=40, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)

    class Privacy:
        data = ("actor_id", "person_id", "reason")
        purpose = "Show people who looked at what is held about them, and why."
        retention = "Three years, or as long as the person is on record."

    class Meta:
        managed = False
        db_table = "kernel_look"


class Photo(models.Model):
    """A photo re-encoded without its metadata; nobody outside sees it until a person approves it.

    `secret_digest` lets the uploader attach the photo to a report without an account. Place and
    time read from the file before stripping belong to the photographer and are kept only here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    secret_digest = models.BinaryField(max_length=32)
    file = models.FileField(max_length=200)
    thumbnail = models.FileField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField(null=True)
    taken_lon = models.FloatField(null=True)
    taken_lat = models.FloatField(null=True)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True, db_index=True)
    approved_at = models.DateTimeField(null=True)
    approved_by_id = models.BigIntegerField(null=True)

    class Privacy:
        data = ("file", "thumbnail", "taken_at", "taken_lon", "taken_lat", "uploaded_by_id")
        purpose = "Show the state of a place; where and when stays with the photographer."
        retention = "With its matter; 24 hours when neither a report nor a draft names it."

    class Meta:
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                name="kernel_photo_orphans",
                condition=models.Q(subject_id=""),
            )
        ]


class WorkCalendar(models.Model):
    """Working hours of one sub-district and its time zone; `hours` is [["08:00", "12:00"], …]."""

    street_code = models.CharField(max_length=20, unique=True)
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    hours = models.JSONField()

    class Privacy:
        data = ()
        purpose = "Working hours of a sub-district."
        retention = "As long as the sub-district works with it."


class CalendarDay(models.Model):
    """A day that differs from the week's rule: a holiday, or a weekend that is worked 调休."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    is_workday = models.BooleanField()
    note = models.CharField(max_length=60, blank=True)

    class Privacy:
        data = ()
        purpose = "Days that differ from the week."
        retention = "As long as its calendar."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="kernel_calendarday_once")
        ]


class CalendarHours(models.Model):
    """Other working hours of a sub-district from a day on; `hours` as those of its calendar."""

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="later")
    begins_on = models.DateField()
    hours = models.JSONField()

    class Privacy:
        data = ()
        purpose = "Working hours from a day on."
        retention = "As long as its calendar."

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "begins_on"], name="kernel_calendarhours_once"
            )
        ]


class ExportRecord(models.Model):
    """Somebody took a list as a file: queued → writing → done, or failed; the file goes first.

    `query` is the address of the list as it was shown. A small list is handed over at once and
    leaves a row that is done and has no file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list_name = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    account_id = models.BigIntegerField()
    actor_role = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    file = models.FileField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("account_id", "query", "file")
        purpose = "Tell who took which list, and hand over a large one when it is ready."
        retention = "The file three days; who took what and when, three years."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ExportState]),
                name="kernel_exportrecord_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-asked_at"], name="kernel_exportrecord_mine"),
        ]


class ImportRecord(models.Model):
    """One file sent to be taken over, from its arrival to what became of its rows.

    received → checking → checked → importing → done; refused when it can't be read; dropped when
    nobody wants it. `street_code` says whose it is. `source` and `rest` (the rows not taken, with
    the reason beside each cell), `preview` and `failures` hold what the sender wrote, so they go
    when the term is over; the numbers stay.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    street_code = models.CharField(max_length=20, blank=True)
    file_name = models.CharField(max_length=200)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    options = models.JSONField(default=dict)
    language = models.CharField(max_length=12)
    account_id = models.BigIntegerField()
    actor_role = models.CharField(max_length=40)
    actor_organisation_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12)
    said = models.TextField(blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    rows_faulty = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict)
    failures = models.JSONField(default=dict)
    source = models.FileField(max_length=200, blank=True)
    rest = models.FileField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("account_id", "file_name", "source", "rest", "preview", "failures")
        purpose = "Tell what was taken over from which file, by whom, what was left out and why."
        retention = "The sent file and the rows left out 30 days; the numbers three years."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ImportState]),
                name="kernel_importrecord_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "sha256"], name="kernel_importrecord_same"),
            models.Index(fields=["kind", "-received_at"], name="kernel_importrecord_newest"),
        ]


class SearchMade(models.Model):
    """One question asked of the search: who, in which role, in what, in which words.

    Words are personal data of whoever they name: they are emptied after ninety days
    (`services.forget_searches`), and who reads them is logged as a look.
    """

    id = models.BigAutoField(primary_key=True)
    searched_at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_role = models.CharField(max_length=40)
    street_code = models.CharField(max_length=24, blank=True)
    kinds = models.JSONField(default=list)
    words = models.CharField(max_length=100, blank=True)

    class Privacy:
        data = ("actor_id", "words")
        purpose = "Tell who looked for what, so that nobody is looked up without need."
        retention = "The words ninety days; who searched, when and in what three years."

    class Meta:
        indexes = [
            models.Index(fields=["-searched_at"], name="kernel_searchmade_newest"),
            models.Index(fields=["actor_id", "-searched_at"], name="kernel_searchmade_actor"),
        ]


class Upload(models.Model):
    """A file that comes in parts over a bad line: begun, under way, or arrived (`arrived_at`).

    The sender makes the id, so that a lost answer can be asked for again. The parts go when the
    file is whole; the row stays for a while to say that it arrived.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    size_bytes = models.PositiveIntegerField()
    received_bytes = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    arrived_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("facts",)
        purpose = "Take a file over a bad line; when and where a photo was taken goes on with it."
        retention = "Two days after the last part came, a month after the file arrived."

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_bytes__lte=models.F("size_bytes")),
                name="kernel_upload_not_beyond_its_size",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at=None)
                | models.Q(received_bytes=models.F("size_bytes")),
                name="kernel_upload_arrived_whole",
            ),
        ]


class UploadPart(models.Model):
    """A piece of a file under way, from the byte `start` on."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    content = models.BinaryField()

    class Privacy:
        data = ("content",)
        purpose = "Keep what has come of a file until the rest is here."
        retention = "Until the file is whole; two days when the rest never comes."

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "start"], name="kernel_uploadpart_once"),
        ]
