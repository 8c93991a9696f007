"""Work done by several people at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def run_at_once(work: Callable[[], object], *, times: int) -> list[Exception]:
    """So many threads begin together; their errors."""
    start, errors = threading.Barrier(times), []

    def one() -> None:
        try:
            start.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
