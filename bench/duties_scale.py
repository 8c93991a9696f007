"""Pages with 10,000 and with 1,000,000 duties: queries of a page, p95 of the large as a multiple of the small.

Started by bench/duties_scale.sh: two databases of one PostgreSQL, one web worker each, asked in turn, so that a busy
machine is unjust to both alike. A person's page shows the same in both; what grows is everybody else's rows.
"""

import json
import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after django.setup()
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.duties_fill import ORDINARY, SESSIONS  # noqa: E402
from bench.load import Visitor  # noqa: E402
from qms.organisation.models import Unit, User  # noqa: E402

SMALL_PORT, LARGE_PORT = int(os.environ["SMALL_PORT"]), int(os.environ["LARGE_PORT"])
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "40"))


def pages(username: str, unit: Unit) -> dict[str, str]:
    """What that person looks at, by a short name."""
    mine, own, progress = reverse("duties:mine"), reverse("duties:unit", args=[unit.pk]), reverse("progress")
    found = {
        "first page": reverse("home"),
        "my work": mine,
        "my work: late": f"{mine}?tre=1",
        "my work: search": f"{mine}?q=chinh+sach",
        "my work: all done": f"{mine}?trang_thai=done",
        "unit": own,
        "unit: everything": f"{own}?trang_thai=tat-ca",
        "unit: last year": f"{own}?ky=nam-truoc",
        "unit: by title": f"{own}?sap_xep=viec",
        "progress": progress,
        "progress of a unit": reverse("progress_unit", args=[unit.pk]),
    }
    if username in ("thuky", "giamdoc"):
        found |= {
            "progress: last year": f"{progress}?nam=2025",
            "progress: search": f"{progress}?q=muc+tieu",
            "progress: one unit": f"{progress}?don_vi={unit.pk}",
        }
    return found


def main() -> None:
    """One table per person."""
    for name in ORDINARY:
        user = User.objects.get(username=f"{name}.0")
        unit = Unit.objects.filter(agency=user.agency, order=3).get()
        client, cookies = signed_in(user)
        print(f"\n### {name}\n\n| page | SQL | p50 ms, 10k | p50 ms, 1M | p95 ms, 10k | p95 ms, 1M | p95 1M : 10k |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for label, path in pages(name, unit).items():
            measure(label, path, client, cookies)


def signed_in(user: User) -> tuple[Client, dict[str, str]]:
    """Sessions were made before the database was doubled, so that both know them."""
    session = json.loads(SESSIONS.read_text())[user.username]
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client, {settings.SESSION_COOKIE_NAME: session}


def measure(label: str, path: str, client: Client, cookies: dict[str, str]) -> None:
    """One line of the table."""
    small, large = Visitor(SMALL_PORT, cookies), Visitor(LARGE_PORT, cookies)
    for visitor in (small, large, small, large):
        timed(visitor, path)
    taken: dict[int, list[float]] = {SMALL_PORT: [], LARGE_PORT: []}
    order = random.Random(1)
    for _ in range(ROUNDS):
        for visitor in order.sample([small, large], 2):
            taken[visitor.port].append(timed(visitor, path))
    (a50, a95), (b50, b95) = percentiles(taken[SMALL_PORT]), percentiles(taken[LARGE_PORT])
    print(
        f"| {label} | {queries(client, path)} | {a50:.0f} | {b50:.0f} | {a95:.0f} | {b95:.0f} | {b95 / a95:.2f} |",
        flush=True,
    )


def timed(visitor: Visitor, path: str) -> float:
    """Milliseconds of one page."""
    began = time.perf_counter()
    status, _ = visitor.get(path)
    if status != 200:
        raise SystemExit(f"{path} answered with {status}")
    return (time.perf_counter() - began) * 1000


def queries(client: Client, path: str) -> int:
    """Of a second visit, on the large database."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    if os.environ.get("BENCH_SLOW"):
        for query in sorted(captured.captured_queries, key=lambda one: -float(one["time"]))[:2]:
            if float(query["time"]) > 0.02:
                print(query["time"], query["sql"][:2000])
    return len(captured)


def percentiles(milliseconds: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    cuts = statistics.quantiles(milliseconds, n=20)
    return cuts[9], cuts[18]


if __name__ == "__main__":
    main()
