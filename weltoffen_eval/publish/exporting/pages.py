"""Pages that are no notebook: the index of a run, and the page in place of a report that failed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from weltoffen_eval import paths
from weltoffen_eval.block_html import text_html
from weltoffen_eval.publish.exporting.frame_words import Words
from weltoffen_eval.publish.exporting.stylesheet import stylesheet

#: What may have become of a municipality, in the order in which the index counts.
STATES = ("done", "part", "failed", "none")

#: Names of reports, each with its files as (format, path).
Reports: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class IndexRow:
    """One municipality in the index.

    ``key`` is searched too. ``state``: one of STATES. ``remarks``: what is not there, and why.
    """

    key: str
    name: str
    state: str
    reports: Reports = ()
    remarks: tuple[str, ...] = ()


@cache
def _environment() -> Environment:
    folder = paths.TEMPLATES / "weltoffen"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    # the same escaping for all pages: control characters are replaced too
    environment.filters["text"] = lambda value: Markup(text_html(str(value)))
    return environment


def _render(template: str, **values: object) -> bytes:
    page = _environment().get_template(template)
    values = {"words": Words(catalogue="pages"), "frame_words": Words(), **values}
    # the style depends on the letters of the page
    letters = page.render(style="", **values)
    return page.render(style=Markup(stylesheet(letters)), **values).encode("utf-8")


def error_page(title: str, reason: str, remains: str = "", state: str = "failed") -> bytes:
    """The page of a report that could not be made, in plain German; ``reason`` is for who repairs it.

    ``remains``: the file beside it that holds what was executed of the notebook, if there is one.
    ``state``: failed, refused (the data have faults) or skipped (there are no data any more).
    """
    return _render("error.html.j2", title=title, reason=reason, remains=remains, state=state)


def index_page(
    title: str, note: str, entries: Sequence[IndexRow], of_study: Reports = (), condition: str = ""
) -> bytes:
    """All municipalities of a reports folder with links to their reports, and a search that needs no network.

    ``of_study``: the reports on all of them together. ``condition``: what to know of the last run.
    """
    script = (paths.TEMPLATES / "weltoffen" / "search.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return _render(
        "index.html.j2",
        title=title,
        note=note,
        condition=condition,
        entries=entries,
        of_study=of_study,
        lead=_lead(entries),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
    )


def _lead(entries: Sequence[IndexRow]) -> str:
    """How many municipalities there are, and in which states."""
    words = Words(catalogue="pages")
    counts = {state: sum(entry.state == state for entry in entries) for state in STATES}
    states = (
        words("in_state", count=count, state=words(f"state_{state}"))
        for state, count in counts.items()
        if count
    )
    return words("municipalities", count=len(entries), states=", ".join(states))
