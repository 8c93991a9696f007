"""What every test of the project shares: private files, quick passwords, a real browser, strict templates."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.axe import LOOKS, WCAG, faults, violations

# A test may be slow on a busy machine; slowness is measured in bench/.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

# The synchronous playwright runs an event loop in the test's own thread, where Django would refuse the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSER_PATIENCE = 10_000  # milliseconds until something that does not appear is a failure
CHROMIUM_ARGS = [
    "--no-sandbox",  # Chromium's sandbox refuses to run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """bin/test runs everything on PostgreSQL; see `pytest_collection_modifyitems`."""
    parser.addoption("--every-query", action="store_true", help="the tests that use a database, with their first case")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`--every-query`: every query is asked of a second database too, but not with every combination of its words."""
    if config.getoption("every_query"):
        first = {item.nodeid.partition("[")[0]: item for item in reversed(items) if uses_database(item)}
        kept = set(first.values())
        left_out = [item for item in items if item not in kept]
        items[:] = [item for item in items if item in kept]
        config.hook.pytest_deselected(items=left_out)


def uses_database(item: pytest.Item) -> bool:
    """By its mark or by a fixture."""
    return bool(item.get_closest_marker("django_db")) or "db" in getattr(item, "fixturenames", ())


def pytest_configure() -> None:
    """Settings that only tests want; each xdist worker gets a Redis database of its own."""
    project.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    project.MIDDLEWARE = [*project.MIDDLEWARE, "tests.readonly.ReadOnlyGetMiddleware"]
    project.WHITENOISE_AUTOREFRESH = True  # nothing is collected for a test
    if project.REDIS_URL:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        project.CACHES["default"]["LOCATION"] = f"{project.REDIS_URL}?db={worker}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What needs PostgreSQL is skipped on SQLite."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


class OwnTemplatesOnly:
    """Django's `string_if_invalid`: an undefined variable fails the test, unless a library's template asked for it."""

    def __init__(self, strict: Any) -> None:
        self.strict = strict

    def __contains__(self, key: str) -> bool:
        return key == "%s"

    def __mod__(self, variable: str) -> str:
        if "site-packages" in str(self.strict._get_origin()):
            return ""
        return str(self.strict % variable)


@pytest.fixture(scope="session", autouse=True)
def _strict_templates(_fail_for_invalid_template_variable: None) -> None:
    """--fail-on-template-vars, for the templates that we can correct."""
    options = project.TEMPLATES[0]["OPTIONS"]
    if options.get("string_if_invalid"):
        options["string_if_invalid"] = OwnTemplatesOnly(options["string_if_invalid"])


@pytest.fixture(autouse=True)
def _private_surroundings(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files and mails of a test stay in its own folder; nothing that it cached reaches the next one."""
    settings.MEDIA_ROOT = tmp_path / "files"
    yield
    cache.clear()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database for fixtures of a whole file: what they write is there in each of its tests, and gone afterwards.

    Each test still ends by rolling back to it; one that changes objects of such a fixture in memory takes a copy. Not
    in a file with tests of real transactions (`transaction=True`), which could not commit.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real inputs; the test is skipped where this machine has none."""
    folder = Path(os.environ.get("QMS_CORPUS", project.BASE_DIR.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"no real inputs in {folder}")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium without windows, or the one named in CHROMIUM, or playwright's own."""
    system = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
    path = {"executable_path": system} if Path(system).exists() else {}
    return {**browser_type_launch_args, **path, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Việt Nam at a desk; a test sets another viewport itself."""
    desk = {"width": 1280, "height": 900}
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": desk}


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    """A page on which no script failed and the security policy had nothing to refuse."""
    complaints: list[str] = []
    page.set_default_timeout(BROWSER_PATIENCE)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    # Answers such as 404 and 409, and a line that was cut, are reported there too; they are the test's own matter.
    answers = ("Failed to load resource", "Response Status Error Code", "htmx:sendError", "htmx:afterRequest")
    assert [text for text in complaints if not text.startswith(answers)] == []


@pytest.fixture
def enter(page: Any, live_server: Any) -> Callable[[Any], Any]:
    """`enter(user)`: the page, with this person signed in, and nothing opened yet."""

    def as_user(user: Any) -> Any:
        client = Client()
        client.force_login(user, backend=project.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[project.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return as_user


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Any], None]:
    """`assert_accessible(page)`: the page as it stands now breaks no WCAG 2.2 A or AA rule that axe knows."""

    def check(page: Any) -> None:
        broken = violations(page, WCAG)
        assert not broken, f"{page.url}\n" + "\n".join(broken)

    return check


@pytest.fixture(scope="session")
def assert_screen() -> Callable[..., None]:
    """`assert_screen(page)`: the page that is open is accessible and fits, at a desk and on a phone, light and dark."""

    def check(page: Any, looks: Iterable[tuple[str, str]] = LOOKS) -> None:
        assert (page.url, faults(page, looks)) == (page.url, {})

    return check
