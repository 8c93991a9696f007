"""Plan list, plan page and the save of one task under load, as multiples of a bare view behind the same middleware.

Started by bench/web.sh, which serves the filled database with two workers. Measurements of one user count are
interleaved in rounds, so that a busy machine is unjust to all alike; p50 and p95 are over all rounds.
"""

import itertools
import os
import statistics
from collections.abc import Callable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.fill import AUTHOR, MEASURED  # noqa: E402
from bench.load import Visitor, form_fields, measure  # noqa: E402
from plans.enums import PlanState  # noqa: E402
from plans.models import Plan, Task  # noqa: E402
from qms.organisation.models import User  # noqa: E402

PORT = int(os.environ.get("QMS_PORT", "8000"))
USERS = (1, 4, 16)
ROUNDS = 3
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
Deeds = Callable[[int], list[Callable[[], int]]]


def main() -> None:
    """Prints two tables: costs of one request, and ratios under load."""
    author = User.objects.get(username=AUTHOR)
    plan = measured_plan()
    pages = {
        "bare": reverse("bench"),
        "plan list": reverse("plans:list"),
        "plan page": reverse("plans:detail", args=[plan.year, plan.pk]),
    }
    print_costs(pages, author)
    cookies = signed_in(author)
    deeds: dict[str, Deeds] = {name: reads(path, cookies) for name, path in pages.items()}
    deeds["save of a task"] = saves(cookies)
    print_ratios(deeds)


def measured_plan() -> Plan:
    """A draft with exactly MEASURED tasks."""
    drafts = Plan.objects.filter(state=PlanState.DRAFT)
    return next(plan for plan in drafts.order_by("pk") if plan.tasks.count() == MEASURED)


def signed_in(user: User) -> dict[str, str]:
    """The cookies of a session that the server knows."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": "0" * 32}


def reads(path: str, cookies: dict[str, str]) -> Deeds:
    """Every user asks for the same page."""
    return lambda users: [reading(Visitor(PORT, cookies), path) for _ in range(users)]


def reading(visitor: Visitor, path: str) -> Callable[[], int]:
    """One request; its status."""
    return lambda: visitor.get(path)[0]


def saves(cookies: dict[str, str]) -> Deeds:
    """Every user changes the title of a task of their own, to and fro."""
    rows = Task.objects.filter(plan__state=PlanState.DRAFT).select_related("plan").order_by("plan_id", "order")
    tasks = [next(group) for _, group in itertools.groupby(rows, key=lambda task: task.plan_id)][: max(USERS)]
    prepared = [(task_path(task), forms_to_and_fro(Visitor(PORT, cookies), task_path(task))) for task in tasks]
    return lambda users: [saving(Visitor(PORT, cookies), path, forms) for path, forms in prepared[:users]]


def task_path(task: Task) -> str:
    """Where one task is saved."""
    return reverse("plans:task_edit", args=[task.plan.year, task.plan_id, task.pk])


def forms_to_and_fro(visitor: Visitor, path: str) -> Iterator[dict[str, str]]:
    """Two forms, each made on the row as the other one leaves it, so that no save meets a conflict."""
    first = opened(visitor, path)
    other = {**first, "title": f"{first['title']} (sửa)"}
    if visitor.post(path, other)[0] != 200:
        raise RuntimeError("the task cannot be saved")
    back = {**opened(visitor, path), "title": first["title"]}
    return itertools.cycle([back, other])


def opened(visitor: Visitor, path: str) -> dict[str, str]:
    """The form of a row as it stands now."""
    status, body = visitor.get(path, **{"HX-Request": "true", "Accept-Encoding": "identity"})
    if status != 200:
        raise RuntimeError(f"{path} answered with {status}")
    return form_fields(body.decode(), path)


def saving(visitor: Visitor, path: str, forms: Iterator[dict[str, str]]) -> Callable[[], int]:
    """One save; its status."""
    return lambda: visitor.post(path, next(forms))[0]


def print_costs(pages: dict[str, str], author: User) -> None:
    """SQL of an ordinary user and of a superuser, bytes of the page."""
    print("\n| one request | SQL, ordinary user | SQL, superuser | bytes |\n|---|---|---|---|")
    for name, path in pages.items():
        queries, size = cost(path, author)
        User.objects.filter(pk=author.pk).update(is_superuser=True)  # alone a superuser has no say in content
        queries_of_superuser, _ = cost(path, author)
        User.objects.filter(pk=author.pk).update(is_superuser=False)
        print(f"| {name} | {queries} | {queries_of_superuser} | {size} |")


def cost(path: str, user: User) -> tuple[int, int]:
    """Queries and bytes of a second visit: the first of a day notes positions and sessions."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered with {response.status_code}")
    return len(captured), len(response.content)


def print_ratios(deeds: dict[str, Deeds]) -> None:
    """p50 and p95 of each as a multiple of the bare view's in the same rounds."""
    print(
        "\n| users | request | p50 × bare | p95 × bare | p50 ms | p95 ms | per second |\n|---|---|---|---|---|---|---|"
    )
    for users in USERS:
        made = {name: deed(users) for name, deed in deeds.items()}
        taken: dict[str, list[float]] = {name: [] for name in made}
        for _, name in itertools.product(range(ROUNDS), made):
            taken[name] += measure(made[name], SECONDS / ROUNDS)
        bare = percentiles(taken["bare"])
        for name, seconds in taken.items():
            p50, p95 = percentiles(seconds)
            rate = len(seconds) / SECONDS
            print(
                f"| {users} | {name} | {p50 / bare[0]:.1f} | {p95 / bare[1]:.1f}"
                f" | {p50 * 1000:.1f} | {p95 * 1000:.1f} | {rate:.0f} |"
            )


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    cuts = statistics.quantiles(seconds, n=20)
    return cuts[9], cuts[18]


if __name__ == "__main__":
    main()
