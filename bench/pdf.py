"""PDF: WeasyPrint, warm, as a multiple of Chromium kept running on the same HTML and of Typst on the same content.

Prints a Markdown table. Each renderer runs in a process of its own, so that its peak memory is its own; the rounds are
interleaved within a renderer and the smallest of them is taken. Documents: the five plans of the corpus, where present,
the fictional plan, and one of about 80 pages made of the fictional plan's tasks.
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
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402 - after django.setup()
from pypdf import PdfReader  # noqa: E402

from bench.typst_source import typst_source  # noqa: E402
from plans.content import PlanContent  # noqa: E402
from plans.documents import plan_document  # noqa: E402
from plans.importing import read_plan  # noqa: E402
from qms.documents.html import document_html  # noqa: E402
from qms.documents.metrics import font_file  # noqa: E402
from qms.documents.pdf import render_pdf, style_sheet  # noqa: E402
from qms.overview.fictional.plan import plan_of  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("QMS_CORPUS", ROOT.parent / "shared" / "corpus"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
Renderer = Callable[[PlanContent], bytes]


def plans() -> dict[str, PlanContent]:
    """Name → content, the long one last."""
    found = {path.stem: read_plan(path).content for path in sorted(CORPUS.glob("plans/*.docx"))}
    story = plan_of(2026)
    long = replace(story, phases=tuple(replace(phase, tasks=phase.tasks * 46) for phase in story.phases))
    return found | {"hư cấu": story, "dài": long}


def weasyprint_renderer() -> Renderer:
    """The product's own way, everything included: description, HTML, layout, file."""
    return lambda content: render_pdf(plan_document(content))


def typst_renderer() -> Renderer:
    """Typst on the same content; its compiler object is kept, its fonts are ours."""
    import typst  # noqa: PLC0415 - only where it is measured

    folder = str(font_file(bold=False, italic=False).parent)

    def render(content: PlanContent) -> bytes:
        source = typst_source(plan_document(content)).encode()
        return typst.compile(source, font_paths=[folder])

    return render


def chromium_renderer() -> Renderer:
    """A Chromium that stays open, on the HTML that WeasyPrint gets."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync",
                                        "--disable-background-networking", "--disable-component-update"],
    )  # fmt: skip
    page = browser.new_page()
    style = f"<style>{style_sheet()}</style></head>"
    file = Path(tempfile.mkdtemp()) / "plan.html"  # a file may read the font files, about:blank may not

    def render(content: PlanContent) -> bytes:
        file.write_text(document_html(plan_document(content)).replace("</head>", style), "utf-8")
        page.goto(file.as_uri())
        return page.pdf(prefer_css_page_size=True)

    return render


RENDERERS = {"weasyprint": weasyprint_renderer, "chromium": chromium_renderer, "typst": typst_renderer}


def measure(name: str, rounds: int, queue: Any) -> None:
    """In a child process: {plan: (seconds, pages)} and the peak memory in MB of the process and its children."""
    render = RENDERERS[name]()
    contents = plans()
    render(next(iter(contents.values())))
    times: dict[str, tuple[float, int]] = {}
    for label, content in contents.items():
        best, data = min(_timed(render, content) for _ in range(1 if label == "dài" else rounds))
        times[label] = (best, len(PdfReader(io.BytesIO(data)).pages))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((times, peak if name != "chromium" else peak + _children_peak()))
    queue.close()
    queue.join_thread()
    os._exit(0)  # a browser of this process needs no farewell


def _timed(render: Renderer, content: PlanContent) -> tuple[float, bytes]:
    began = time.perf_counter()
    data = render(content)
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
    ours, chromium, typst = (results[name][0] for name in RENDERERS)
    print("| plan | pages | seconds | × Chromium | × Typst |\n|---|---:|---:|---:|---:|")
    for label, (seconds, pages) in ours.items():
        against = " | ".join(f"{seconds / other[label][0]:.2f}" for other in (chromium, typst))
        print(f"| {label} | {pages} | {seconds:.2f} | {against} |")
    peaks = ", ".join(f"{name} {peak:.0f} MB" for name, (_, peak) in results.items())
    print(f"\nPeak memory over the whole run: {peaks}.")


if __name__ == "__main__":
    main()
