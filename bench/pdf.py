"""PDF: our printer, warm, as a multiple of Chromium kept running on the same pages as HTML and of plain Typst.

Prints a Markdown table. Each renderer runs in a process of its own, so that its peak memory is its own; the smallest of
its rounds is taken. No two rounds print the same: every paragraph and every cell has another word each time, because
Typst remembers. Documents: the five plans of the corpus, where present, the fictional plan, and one of about 80 pages
made of the fictional plan's tasks.
"""

import argparse
import io
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

import typst  # noqa: E402 - after django.setup()
from playwright.sync_api import sync_playwright  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from bench.html_source import document_html  # noqa: E402
from bench.typst_source import typst_source  # noqa: E402
from plans.documents import plan_document  # noqa: E402
from plans.importing import read_plan  # noqa: E402
from qms.documents.metrics import FONTS  # noqa: E402
from qms.documents.model import Block, Cell, Inline, OfficialDocument, Picture, Run, Table, runs_of  # noqa: E402
from qms.documents.pdf import render_pdf  # noqa: E402
from qms.overview.fictional.plan import plan_of  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QMS_CORPUS", ROOT.parent / "shared" / "corpus"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LONG = "dài"
Renderer = Callable[[OfficialDocument], bytes]


def documents() -> dict[str, OfficialDocument]:
    """By name, the long one last."""
    found = {path.stem: read_plan(path).content for path in sorted(CORPUS.glob("plans/*.docx"))}
    story = plan_of(2026)
    long = replace(story, phases=tuple(replace(phase, tasks=phase.tasks * 46) for phase in story.phases))
    return {name: plan_document(content) for name, content in (found | {"hư cấu": story, LONG: long}).items()}


def varied(document: OfficialDocument, number: int) -> OfficialDocument:
    """The document with one more word in every text."""
    bases = tuple(f"{basis} {number}" for basis in document.bases)
    return replace(document, bases=bases, blocks=tuple(_varied(block, number) for block in document.blocks))


def _varied(block: Block, number: int) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_varied_cell(cell, number) for cell in row) for row in block.rows))
    return block if isinstance(block, Picture) else replace(block, text=_varied_text(block.text, number))


def _varied_cell(cell: Cell, number: int) -> Cell:
    return replace(cell, lines=tuple(_varied_text(line, number) for line in cell.lines))


def _varied_text(text: Inline, number: int) -> Inline:
    return f"{text} {number}" if isinstance(text, str) else (*runs_of(text), Run(f" {number}"))


def typst_renderer() -> Renderer:
    """Plain Typst on the same content; its fonts, ours alone, are kept."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return lambda document: typst.compile(typst_source(document).encode(), font_paths=fonts)


def chromium_renderer() -> Renderer:
    """A Chromium that stays open."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync",
                                        "--disable-background-networking", "--disable-component-update"],
    )  # fmt: skip
    page = browser.new_page()
    file = Path(tempfile.mkdtemp()) / "plan.html"  # a file may read the font files, about:blank may not

    def render(document: OfficialDocument) -> bytes:
        file.write_text(document_html(document), "utf-8")
        page.goto(file.as_uri())
        return page.pdf(prefer_css_page_size=True)

    return render


RENDERERS = {"ours": lambda: render_pdf, "chromium": chromium_renderer, "typst": typst_renderer}


def measure(name: str, rounds: int, queue: Any) -> None:
    """In a child process: {plan: (seconds, pages)} and the peak memory in MB of the process and its children."""
    render, numbers = RENDERERS[name](), count(1)
    found = documents()
    render(next(iter(found.values())))
    times: dict[str, tuple[float, int]] = {}
    for label, document in found.items():
        rounds_here = 3 if label == LONG else rounds
        best, data = min(_timed(render, varied(document, next(numbers))) for _ in range(rounds_here))
        times[label] = (best, len(PdfReader(io.BytesIO(data)).pages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((times, peak if name != "chromium" else peak + _children_peak()))
    queue.close()
    queue.join_thread()
    os._exit(0)  # a browser of this process needs no farewell


def _timed(render: Renderer, document: OfficialDocument) -> tuple[float, bytes]:
    began = time.perf_counter()
    data = render(document)
    return time.perf_counter() - began, data


def _children_peak() -> float:
    """Peak resident memory of all processes below this one, in MB."""
    parents = {int(p.name): p for p in Path("/proc").iterdir() if p.name.isdigit()}
    below, total = {os.getpid()}, 0.0
    for _ in range(6):
        below |= {pid for pid in parents if _status(parents[pid], "PPid") in below}
    for pid in below - {os.getpid()}:
        total += _status(parents[pid], "VmHWM") / 1024
    return total


def _status(path: Path, key: str) -> int:
    try:
        lines = (path / "status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{key}:")), 0)


def run(name: str, rounds: int) -> tuple[dict[str, tuple[float, int]], float]:
    """Measure one renderer in a fresh process."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=measure, args=(name, rounds, queue))
    process.start()
    result = queue.get(timeout=600)
    process.join(30)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    results = {name: run(name, rounds) for name in RENDERERS}
    ours, chromium, plain = (results[name][0] for name in RENDERERS)
    print("| plan | pages | seconds | × Chromium | × Typst |\n|---|---:|---:|---:|---:|")
    for label, (seconds, pages) in ours.items():
        against = " | ".join(f"{seconds / other[label][0]:.2f}" for other in (chromium, plain))
        print(f"| {label} | {pages} | {seconds:.2f} | {against} |")
    peaks = ", ".join(f"{name} {peak:.0f} MB" for name, (_, peak) in results.items())
    print(f"\nPeak memory over the whole run: {peaks}.")


if __name__ == "__main__":
    main()
