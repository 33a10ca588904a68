"""Fields and criteria of a draft: which of the groups that heads name is the field, and what is within it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from weltoffen_eval.drafting.names import slug, unused

#: A group of a form before a slash, or a question before its part in brackets.
_GROUP = re.compile(r"(.+)(?:/[^/]+|\[[^\[\]]+\])", re.DOTALL)
_OF_GROUP = re.compile(r"([A-Za-z]+[0-9]+)Q[0-9]+", re.IGNORECASE)
_LETTERS = re.compile(r"([A-Za-z]{1,8})[0-9]+")
_PART = re.compile(r"[A-Za-z][A-Za-z0-9]*\[([A-Za-z0-9]+)\]")
_MOST_FIELDS = 15
ALL = ("alle", "Alle Fragen")
OTHERS = "Weitere Fragen"


@dataclass(frozen=True)
class Levels:
    """By item id and title of its field, and of its criterion where it has one; ``whence`` in words."""

    fields: Mapping[str, tuple[str, str]]
    criteria: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    whence: str = ""


def group_of(head: str) -> str:
    """What stands before the last slash of a head, or before its last brackets; empty where there is none."""
    match = _GROUP.fullmatch(head)
    return match.group(1) if match else ""


def find_levels(
    items: Mapping[str, str], above: Mapping[str, str], codes: Mapping[str, str], groups: Mapping[str, str]
) -> Levels:
    """The fields and criteria of items.

    The first level of groups, from the widest on, that makes 2 to 15 fields of all items, or of most of them;
    within it the finest one that still holds several items each makes the criteria.

    Parameters
    ----------
    items : by item the head of its column
    above : by head what stands over it, or the question of which it is a part
    codes : by head the code that stands before its text
    groups : by head the group of questions in the survey, as its structure says
    """
    named = {item: codes.get(head, head) for item, head in items.items()}
    outermost = {item: head.partition("/")[0] if head.count("/") > 1 else "" for item, head in items.items()}
    closest = {item: above.get(head) or group_of(head).strip() for item, head in items.items()}
    candidates = [
        (
            {item: groups.get(head, "") for item, head in items.items()},
            "the groups of the survey's structure",
        ),
        (outermost, "the outermost group in the heads of the columns"),
        (
            {item: _matched(_OF_GROUP, name.partition("[")[0]) for item, name in named.items()},
            "the group in the codes of the questions",
        ),
        (closest, "the group in or above the heads of the columns"),
        (
            {item: _matched(_LETTERS, _matched(_PART, name)) for item, name in named.items()},
            "the letters in the codes of the questions",
        ),
    ]
    wide = [(level, whence) for level, whence in candidates if _holds_most(level)]
    chosen = next(((level, why) for level, why in wide if 1 < len(_titles(level)) <= _MOST_FIELDS), None)
    if chosen is None and len(_titles(closest)) == 1 and all(closest.values()):
        fields, whence = _with_ids(closest), candidates[3][1]
    elif chosen is None:
        fields, whence = dict.fromkeys(items, ALL), ""
    else:
        level, whence = chosen
        if _same_groups(level, closest):
            # a text says more than a code does
            level, whence = closest, candidates[3][1]
        fields = _with_ids(level)
    return Levels(fields, _criteria(fields, [level for level, _ in wide]), whence)


def _matched(pattern: re.Pattern[str], name: str) -> str:
    match = pattern.fullmatch(name)
    return match.group(1) if match else ""


def _titles(level: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(title for title in level.values() if title))


def _holds_most(level: Mapping[str, str]) -> bool:
    """Whether all items stand in groups; or most of them, in groups of several."""
    grouped = [title for title in level.values() if title]
    if len(grouped) == len(level):
        return True
    return 3 * len(grouped) >= 2 * len(level) and len(grouped) >= 2 * len(_titles(level))


def _same_groups(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    pairs = {(one[item], other[item]) for item in one}
    return len(pairs) == len({*one.values()}) == len({*other.values()})


def _with_ids(level: Mapping[str, str], used: set[str] | None = None) -> dict[str, tuple[str, str]]:
    taken: set[str] = set() if used is None else used
    ids: dict[str, tuple[str, str]] = {}
    for title in [*_titles(level), ""]:
        said = title or OTHERS
        if title or "" in level.values():
            ids[title] = (unused(slug(said) or "feld", taken), readable(said))
    return {item: ids[title] for item, title in level.items()}


def _criteria(
    fields: Mapping[str, tuple[str, str]], levels: Sequence[Mapping[str, str]]
) -> dict[str, tuple[str, str]]:
    """The finest groups of several items that lie each within one field and are more than these."""
    for level in sorted(levels, key=lambda one: -len(_titles(one))):
        grouped = {item: title for item, title in level.items() if title}
        many = len({*grouped.values()})
        within = {(title, fields[item]) for item, title in grouped.items()}
        if len({*fields.values()}) < many == len(within) and 2 * many <= len(grouped):
            found = _with_ids(grouped, {key for key, _ in fields.values()})
            # of a path of groups the last names it
            return {item: (key, said.rpartition("/")[2]) for item, (key, said) in found.items()}
    return {}


def readable(text: str) -> str:
    """A text without the marks of HTML, on one line."""
    return " ".join(re.sub(r"</?[A-Za-z][^<>]*>", " ", html.unescape(text)).split())
