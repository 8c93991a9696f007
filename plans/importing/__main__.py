"""`python -m plans.importing FILE`: read one file under limits and print the plan in its stored form as JSON."""

import argparse
import json
import resource
import sys
from pathlib import Path

from .isolated import MEMORY_LIMIT, NOT_A_PLAN, TIME_LIMIT, TOO_HARD
from .reader import read_plan
from .result import NotAPlan


def main() -> int:
    parser = argparse.ArgumentParser(prog="plans.importing", description="Đọc một tệp kế hoạch và in ra JSON.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--name", default="")
    options = parser.parse_args()
    _limit()
    try:
        plan = read_plan(options.file, name=options.name)
    except (NotAPlan, MemoryError) as error:
        sys.stderr.write(str(error) or TOO_HARD)
        return NOT_A_PLAN
    json.dump(plan.to_storage(), sys.stdout, ensure_ascii=False)
    return 0


def _limit() -> None:
    """This process may neither fill the memory, nor run on, nor write a file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
