"""How gunicorn serves, for bin/run and for the systemd unit alike. Every value can be set in the environment."""

import gc
import os
from typing import Any

from django.urls import get_resolver

port = int(os.environ.get("QMS_PORT", "8000"))
bind = f"127.0.0.1:{port}"  # the outside is nginx's affair
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Far more than any request takes.
timeout = 120
graceful_timeout = 15
# What a worker gathers in memory ends with it: one is replaced now and then, not both at once.
max_requests = 5000
max_requests_jitter = 1000
control_socket_disable = True
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")


def post_worker_init(worker: Any) -> None:
    """Loads the views before the first request, and spares the garbage collector what stays loaded anyway."""
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
