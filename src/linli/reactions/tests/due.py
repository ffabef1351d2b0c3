"""Runs what waits to react, as the worker would."""

from __future__ import annotations

from procrastinate.contrib.django.models import ProcrastinateJob

from linli.ground.kernel.jobs import run_reaction, run_reactions

TASKS = {task.name: task for task in (run_reaction, run_reactions)}


def run_reactions_due() -> int:
    """Run every queued reaction and say how many jobs there were; twice does no harm."""
    jobs = list(ProcrastinateJob.objects.filter(task_name__in=TASKS, status="todo").order_by("id"))
    for job in jobs:
        TASKS[job.task_name].func(**job.args)
    return len(jobs)
