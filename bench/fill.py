"""Fills an empty database for the web benchmark: the fictional department, then 500 plans with 10,000 tasks."""

import os
from dataclasses import replace
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from plans.actions import store_plan  # noqa: E402
from plans.content import PhaseContent, PlanContent  # noqa: E402
from plans.models import Plan, Task  # noqa: E402
from plans.selectors import plan_content  # noqa: E402
from qms.organisation.models import Agency, User  # noqa: E402

PLANS, TASKS = 500, 10_000
MEASURED = 30  # tasks of the plan whose page is measured
AUTHOR = "thuky"


def fill() -> None:
    """Through the same door as people, so that rows are as they would be."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", force=True, verbosity=0)
    agency, author = Agency.objects.get(), User.objects.get(username=AUTHOR)
    source = plan_content(Plan.objects.order_by("pk")[0])
    with transaction.atomic():
        store(agency, author, shortened(source, MEASURED))
        while (left := PLANS - Plan.objects.count()) > 0:
            store(agency, author, shortened(source, max(1, round((TASKS - Task.objects.count()) / left))))


def store(agency: Agency, author: User, content: PlanContent) -> Plan:
    """One draft."""
    at: datetime = timezone.now()
    return store_plan(agency=agency, content=content, actor=author, at=at)


def shortened(source: PlanContent, size: int) -> PlanContent:
    """The same plan with exactly `size` tasks in one table, taken from the top and again."""
    tasks = [task for phase in source.phases for task in phase.tasks]
    return replace(source, phases=(PhaseContent(tasks=tuple(tasks[i % len(tasks)] for i in range(size))),))


if __name__ == "__main__":
    fill()
