"""What runs by itself: the sweep of clocks and silent acceptance, every minute."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.checking import give_missing_checks, mark_unanswered, pass_on_left_checks
from .services.climbing import climb_ladder, plan_anew, plan_ladder
from .services.indexing import index_due
from .services.links import forget_handler_names
from .services.presence import forget_gone
from .services.sampling import draw_samples
from .services.sweeping import (
    accept_silently,
    accept_tasks_silently,
    doubt_repeated_places,
    mark_late_tasks,
    mark_overdue,
)
from .services.waking import wake_due

# In a storm of reports the words wait, so that taking reports in does not.
MOST_BATCHES = 1
MOST_OF_A_MINUTE = timedelta(seconds=50)


@app.periodic(cron="* * * * *")
@app.task(name="cases.sweep", queue="clocks", queueing_lock="cases.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Accept what nobody answered in time, mark what has run out.

    Who no longer has a case open is forgotten.
    """
    now = timezone.now()
    accept_silently(at=now)
    accept_tasks_silently(at=now)
    mark_overdue(at=now)
    mark_late_tasks(at=now)
    forget_gone(at=now)


@app.periodic(cron="* * * * *")
@app.task(name="cases.climb", queue="clocks", queueing_lock="cases.climb")
def climb(timestamp: int) -> None:
    """Let every clock reach the rungs it is due for, the longest waiting first.

    What is left after most of a minute is left to the next run.
    """
    ends = timezone.now() + MOST_OF_A_MINUTE
    while timezone.now() < ends and plan_ladder() + climb_ladder(at=timezone.now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="cases.wake", queue="clocks", queueing_lock="cases.wake")
def wake(timestamp: int) -> None:
    """Wake the cases on the register whose day has come, some at a time.

    What is left after most of a minute is left to the next run.
    """
    now = timezone.now()
    while timezone.now() < now + MOST_OF_A_MINUTE and wake_due(at=now):
        pass


@app.task(name="cases.plan_ladder_anew", queue="clocks")
def plan_ladder_anew(*, street_id: int) -> None:
    """Let the plans of what runs in a sub-district be made by the ladder it has set now."""
    plan_anew(street_id=street_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.check", queue="clocks", queueing_lock="cases.check")
def check(timestamp: int) -> None:
    """Give out checks that are missing or whose checker left; note reporters' silence."""
    now = timezone.now()
    pass_on_left_checks(at=now)
    give_missing_checks(at=now)
    mark_unanswered(at=now)


@app.periodic(cron="25 * * * *")
@app.task(name="cases.draw_samples", queue="clocks", queueing_lock="cases.draw_samples")
def draw_from_days(timestamp: int) -> None:
    """Draw the sample of what was settled at once on days that are over, each once."""
    draw_samples(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="cases.doubt_places", queue="clocks", queueing_lock="cases.doubt_places")
def doubt_places(timestamp: int) -> None:
    """Find default points that many reports share."""
    doubt_repeated_places(at=timezone.now())


@app.periodic(cron="* * * * * */2")
@app.task(name="cases.index_words", queue="upkeep", queueing_lock="cases.index_words")
def index_words(timestamp: int) -> None:
    """Take up the words of cases that came or changed, within seconds."""
    for _ in range(MOST_BATCHES):
        if not index_due():
            return


@app.periodic(cron="40 3 * * *")
@app.task(name="cases.forget_handler_names", queue="clocks", queueing_lock="cases.forget_names")
def forget_old_handler_names(timestamp: int) -> None:
    """Empty the names on links that ended long ago."""
    forget_handler_names(at=timezone.now())
