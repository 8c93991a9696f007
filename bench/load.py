"""A load of users: each a thread with one kept connection, asking again as soon as it was answered."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode


@dataclass
class Visitor:
    """One signed-in user on one kept connection."""

    port: int
    cookies: dict[str, str]
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body as sent over the wire (gzip where the server offers it)."""
        return self.ask("GET", path, None, headers)

    def post(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        """As htmx sends a form."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies["csrftoken"],
            "HX-Request": "true",
        }
        return self.ask("POST", path, urlencode(form), headers)

    def ask(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        """Any request; on a connection that was closed meanwhile once more."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, body, {"Cookie": cookie, "Accept-Encoding": "gzip", **headers})
                response = self.connection.getresponse()
                return response.status, response.read()
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()  # the server may close a connection that was idle for two seconds
                if attempt == 2:
                    raise
        raise AssertionError


def measure(deeds: list[Callable[[], int]], seconds: float) -> list[float]:
    """Runs each deed in a thread of its own, over and over; returns the seconds that every one took.

    A deed returns the status it was answered with; anything but 200 ends the measurement.
    """
    taken: list[float] = []
    wrong: list[int] = []
    end = time.perf_counter() + seconds

    def work(deed: Callable[[], int]) -> None:
        while (began := time.perf_counter()) < end and not wrong:
            status = deed()
            taken.append(time.perf_counter() - began)
            if status != 200:
                wrong.append(status)

    threads = [threading.Thread(target=work, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"answered with {wrong[0]}")
    return taken


class FormReader(HTMLParser):
    """The fields of the form that is sent to `action`, as a browser would send them untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.fields, self.open = action, False, {}, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Inputs at once, text areas until they are closed."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.action in (values.get("action"), values.get("hx-post"))
        elif self.inside and values.get("name"):
            self._field(tag, values)

    def _field(self, tag: str, values: dict[str, str]) -> None:
        unchecked = values.get("type") in {"checkbox", "radio"} and "checked" not in values
        if tag == "input" and not unchecked and values.get("type") != "submit":
            self.fields[values["name"]] = values.get("value", "")
        elif tag == "textarea":
            self.open = values["name"]
            self.fields[self.open] = ""

    def handle_data(self, data: str) -> None:
        """The text of an open text area; its first line break belongs to the markup."""
        if self.open:
            self.fields[self.open] += data if self.fields[self.open] else data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """Ends what it began."""
        if tag == "textarea":
            self.open = ""
        elif tag == "form":
            self.inside = False


def form_fields(page: str, action: str) -> dict[str, str]:
    """See FormReader; a RuntimeError where the page has no such form."""
    reader = FormReader(action)
    reader.feed(page)
    if not reader.fields:
        raise RuntimeError(f"no form for {action}")
    return reader.fields
