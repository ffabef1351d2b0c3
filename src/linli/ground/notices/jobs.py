"""Background work of the notices room: planning, sending, holding back, calling again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from .services.calling import call_again
from .services.planning import plan_deliveries, release_held
from .services.sending import TryLater
from .services.sending import deliver as deliver_now
from .services.telling import forget_old


class Patience(BaseRetryStrategy):
    """Tries again when the message says so; anything unforeseen a few times."""

    most = 5

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Decide when a failed message is tried again."""
        if isinstance(exception, TryLater):
            return RetryDecision(retry_at=timezone.now() + timedelta(seconds=exception.after_s))
        if job.attempts >= self.most:
            return None
        return RetryDecision(retry_at=timezone.now() + timedelta(seconds=30 * 2**job.attempts))


@app.task(
    name="notices.plan", queue="notices", retry=RetryStrategy(max_attempts=8, exponential_wait=4)
)
def plan(*, key: str, call: int = 0) -> None:
    """Plan what leaves the system for the notices of one key."""
    plan_deliveries(key=key, call=call, at=timezone.now())


@app.task(name="notices.deliver", queue="notices", retry=Patience())
def deliver(*, delivery_id: str) -> None:
    """Send one message."""
    deliver_now(delivery_id=UUID(delivery_id), at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.release", queue="notices", queueing_lock="notices.release")
def release(timestamp: int) -> None:
    """Let go what waited for the end of quiet hours or for its digest."""
    release_held(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.call_again", queue="notices", queueing_lock="notices.call_again")
def call(timestamp: int) -> None:
    """Repeat what is urgent and not acknowledged."""
    call_again(at=timezone.now())


@app.periodic(cron="37 4 * * *")
@app.task(name="notices.forget_old", queue="upkeep")
def forget(timestamp: int) -> None:
    """Delete what was read more than a year ago."""
    forget_old(at=timezone.now())
