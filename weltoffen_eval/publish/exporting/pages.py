"""Pages that are no notebook: the index of a run, and the page in place of a report that failed."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
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

#: The files of a report as (format, path).
Links: TypeAlias = tuple[tuple[str, str], ...]
#: From so many municipalities on there are letters to jump to.
_LEAST_FOR_LETTERS = 20


@dataclass(frozen=True)
class IndexReport:
    """A report in the index: its label, its files, ``remark`` where it is not there; ``name`` orders it."""

    label: str
    links: Links = ()
    remark: str = ""
    name: str = ""


@dataclass(frozen=True)
class IndexRow:
    """One municipality in the index.

    ``key`` is searched too. ``state``: one of STATES. ``cells``: its reports in each of the waves.
    """

    key: str
    name: str
    state: str
    cells: tuple[tuple[IndexReport, ...], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """Under which letter it stands: Ö under O."""
        first = sort_key(self.name)[:1].upper()
        return first if first.isalpha() else "#"


def sort_key(name: str) -> str:
    """A name as it is sorted: without accents, in small letters."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@cache
def _environment() -> Environment:
    folder = paths.TEMPLATES / "weltoffen"
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    # the same escaping for all pages: control characters are replaced too
    environment.filters["text"] = lambda value: Markup(text_html(str(value)))
    return environment


def render_page(template: str, **values: object) -> bytes:
    """A page of a template, its values escaped there, with the style for its letters."""
    page = _environment().get_template(template)
    values = {"words": Words(catalogue="pages"), "frame_words": Words(), "brand": "", **values}
    # the style depends on the letters of the page
    letters = page.render(style="", **values)
    return page.render(style=Markup(stylesheet(letters)), **values).encode("utf-8")


def error_page(title: str, reason: str, remains: str = "", state: str = "failed") -> bytes:
    """The page of a report that could not be made, in plain German.

    ``reason``: of a notebook that failed, for who repairs it; of refused data, in German, what to mend.
    ``remains``: the file beside it that holds what was executed of the notebook, if there is one.
    ``state``: failed, refused (the data have faults) or skipped (there are no data any more).
    """
    return render_page("error.html.j2", title=title, reason=reason, remains=remains, state=state)


def index_page(
    title: str,
    entries: Sequence[IndexRow],
    waves: Sequence[str],
    *,
    note: str = "",
    of_study: Sequence[IndexReport] = (),
    condition: str = "",
    unit: Sequence[str] | None = None,
    brand: str = "",
) -> bytes:
    """All municipalities of a reports folder with links to their reports, and a search that needs no network.

    ``waves``: heads of the columns, "" for what is of all waves. ``of_study``: the reports on all of them
    together. ``condition``: what to know of the last run. ``unit``: what one and several are called.
    """
    script = (paths.TEMPLATES / "weltoffen" / "search.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    words = Words(catalogue="pages")
    one, several = unit or (words("unit_one"), words("unit_several"))
    letters = list(dict.fromkeys(entry.letter for entry in entries))
    return render_page(
        "index.html.j2",
        title=title,
        note=note,
        condition=condition,
        entries=entries,
        waves=waves,
        of_study=of_study,
        lead=_lead(entries, one, several),
        unit=one,
        letters=letters if len(entries) >= _LEAST_FOR_LETTERS else [],
        script=Markup(script),
        script_hash=f"sha256-{digest}",
        brand=brand,
    )


def _lead(entries: Sequence[IndexRow], one: str, several: str) -> str:
    """How many municipalities there are, and in which states; empty where none has a report of its own."""
    if not entries:
        return ""
    words = Words(catalogue="pages")
    counts = {state: sum(entry.state == state for entry in entries) for state in STATES}
    states = (words(f"lead_{state}", count=count) for state, count in counts.items() if count)
    unit = one if len(entries) == 1 else several
    return words("municipalities", count=len(entries), unit=unit, states=", ".join(states))
