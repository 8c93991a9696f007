"""Rendering beside other threads, in forked processes, and after much else was rendered."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from qms.documents.pdf import _MEMORY, render_pdf
from qms.documents.tests import samples

FORKED = """
import os
from qms.documents.pdf import render_pdf
from qms.documents.tests import samples
if {before}:
    render_pdf(samples.letter())
if os.fork():
    print(os.wait()[1])
else:
    try:
        render_pdf(samples.letter())
    except RuntimeError:
        os._exit(7)
    os._exit(0)
"""


def _fork(*, before: bool) -> int:
    """The exit code of a child that renders, whose parent had rendered `before` or not."""
    command = [sys.executable, "-c", FORKED.format(before=before)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=True)
    return int(done.stdout) >> 8


def test_threads_render_at_the_same_time(pdf: Callable[[str], bytes]) -> None:
    names = list(samples.ALL) * 3
    with ThreadPoolExecutor(4) as threads:
        rendered = list(threads.map(lambda name: render_pdf(samples.ALL[name]()), names))
    assert rendered == [pdf(name) for name in names]


def test_what_was_rendered_may_be_forgotten(pdf: Callable[[str], bytes]) -> None:
    _MEMORY.add(10_000_000)
    assert render_pdf(samples.plan()) == pdf("plan")


def test_a_forked_process_renders_unless_its_parent_had() -> None:
    assert (_fork(before=False), _fork(before=True)) == (0, 7)
