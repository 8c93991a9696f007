"""Whether this installation can work: asked by bin/run, load balancers and monitoring, without signing in."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

BROKER_TIMEOUT = 2  # seconds


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and, where one is configured, the broker answer; 503 otherwise. Says no more than that."""
    parts = {"database": database_state(), "broker": broker_state()}
    healthy = "error" not in parts.values()
    return JsonResponse({"status": "ok" if healthy else "error", **parts}, status=200 if healthy else 503)


def database_state() -> str:
    """ "ok" or "error"."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "error"
    return "ok"


def broker_state() -> str:
    """ "ok", "error", or "not configured" where the installation has no Redis."""
    if not settings.REDIS_URL:
        return "not configured"
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=BROKER_TIMEOUT, socket_connect_timeout=BROKER_TIMEOUT
        ) as client:
            client.ping()
    except redis.RedisError:
        return "error"
    return "ok"
