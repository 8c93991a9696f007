"""One reminder run in a process of its own: how many duties there are, how many it looked at, seconds, peak memory.

Started by bench/duties_scale.sh for the 10,000, 100,000 and 1,000,000 duties of 1, 10 and 100 agencies. Mails go
nowhere, so that the run is measured
and not a mail server. The second line is the same run again, which must find nothing left to do.
"""

import os
import resource
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.urls import reverse  # noqa: E402 - after django.setup()
from django.utils import timezone  # noqa: E402

from qms.duties.models import Duty  # noqa: E402
from qms.duties.reminders import run  # noqa: E402
from qms.notifications.models import Message  # noqa: E402
from qms.organisation.models import Agency  # noqa: E402


def main() -> None:
    """Two runs of the next Monday."""
    today = timezone.localdate()
    day = today + timedelta(days=7 - today.weekday())
    at = timezone.now() + (day - today)
    agencies = list(Agency.objects.filter(pk__in=Duty.objects.values("agency").distinct()).order_by("pk"))
    reverse("home")  # loads the views, which takes longer than the rest where there are few duties
    for name in ("first", "again"):
        messages, began = Message.objects.count(), time.perf_counter()
        counts = run(day, at=at, agencies=agencies).counts()
        seconds = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        written = Message.objects.count() - messages
        print(
            f"| {Duty.objects.count()} | {name} | {counts['considered']} | {written} | {counts['sent']} | {seconds:.1f}"
            f" | {counts['considered'] / seconds:.0f} | {memory} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
