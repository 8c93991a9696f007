"""Every address of the URLconf, for the tests that walk it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

# What stands for an argument of each converter; for a regular expression, what its groups accept.
SAMPLES = {"int": "1", "str": "x", "slug": "x", "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "path": "x"}
CONVERTER = re.compile(r"<(?:(\w+):)?\w+>")
GROUP = re.compile(r"\(\?P<\w+>(?:\[[^]]*\]|[^()\[])*\)")


class Address(NamedTuple):
    """A pattern of the URLconf. `path` is an example that it matches."""

    name: str
    path: str
    view: Callable[..., Any]

    @property
    def is_own(self) -> bool:
        """Not a library's."""
        return self.view.__module__.startswith(("qms.", "plans.", "objectives."))


def addresses() -> list[Address]:
    """All of them, in the order of the URLconf."""
    return list(walk(get_resolver().url_patterns, "/", ""))


def walk(patterns: list[URLPattern | URLResolver], prefix: str, namespace: str) -> Iterator[Address]:
    """Depth first."""
    for entry in patterns:
        path = prefix + example(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(
                entry.url_patterns, path, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        else:
            yield Address(f"{namespace}{entry.name or path}", path, entry.callback)


def example(pattern: RoutePattern | RegexPattern) -> str:
    """Something that the pattern matches."""
    if isinstance(pattern, RoutePattern):
        return CONVERTER.sub(lambda found: SAMPLES[found.group(1) or "str"], str(pattern))
    return re.sub(r"[\^$]|\\Z", "", GROUP.sub("1", str(pattern)))
