"""Pages that are no notebook: the index of a run, and the page in place of a report that failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from weltoffen_eval import paths
from weltoffen_eval.block_html import text_html
from weltoffen_eval.publish.stylesheet import stylesheet


@dataclass(frozen=True)
class Entry:
    """One municipality in the index: links to its reports by wave, and what is not there and why."""

    name: str
    links: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


@cache
def _environment() -> Environment:
    folder = paths.TEMPLATES / "weltoffen"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    # the same escaping for all pages: control characters are replaced too
    environment.filters["text"] = lambda value: Markup(text_html(str(value)))
    return environment


def _render(template: str, **values: object) -> bytes:
    page = _environment().get_template(template).render(style=Markup(stylesheet()), **values)
    return page.encode("utf-8")


def error_page(title: str, reason: str) -> bytes:
    """The page of a report that could not be made, in plain German; ``reason`` is for who repairs it."""
    return _render("error.html.j2", title=title, reason=reason)


def index_page(title: str, note: str, entries: Sequence[Entry]) -> bytes:
    """All municipalities of a run with links to their reports."""
    return _render("index.html.j2", title=title, note=note, entries=entries)
