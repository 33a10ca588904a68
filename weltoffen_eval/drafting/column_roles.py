"""What each column of an unknown table is: whose the answers are, an answer, or to be left aside."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from weltoffen_eval.drafting.answer_scales import are_usual_answers
from weltoffen_eval.drafting.kept_cells import KeptCells
from weltoffen_eval.drafting.person_columns import asks_who, hold_addresses, name_persons
from weltoffen_eval.raw.heads import fits, seen
from weltoffen_eval.raw.table import plain
from weltoffen_eval.study.ags import read_ags
from weltoffen_eval.study.perspectives import find_perspective

_PERSPECTIVE = re.compile(r"perspektive|gruppe|rolle|perspective|group|role|sektor", re.IGNORECASE)
_AGS_HEAD = re.compile(
    r"\b(ags|ars|rs)\b|gemeindeschl|regionalschl|gemeindekenn|kreisschl|schlüsselnummer", re.I
)
_UNIT_HEADS = (
    r"kommune|municipality|gemeinde|gebietskörperschaft|municipio|comuna|commune|comune|gemeente",
    r"stadt|landkreis|kreis|ort|city|town|unit|einheit|schule|school|attribute_1",
)
_NO_UNIT = re.compile(r"plz|postleit|größe|groesse|einwohner|\bart\b|typ\b|anzahl|population|zufrieden", re.I)
#: A head that is longer is a question.
_LONGEST_NAME = 40


@cache
def read_heads() -> dict[str, list[str]]:
    """By what survey tools and offices head their columns (heads.toml)."""
    return tomllib.loads(Path(__file__).with_name("heads.toml").read_text(encoding="utf-8"))


@dataclass
class Roles:
    """Heads by what their columns are; "" where there is none. ``rest`` may hold answers."""

    municipality: str = ""
    ags: str = ""
    respondent: str = ""
    perspective: str = ""
    technical: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    on_persons: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def named(self) -> dict[str, str]:
        """What ``columns`` of study.toml says: those whose heads are not the contract's own."""
        found = {"municipality": self.municipality, "ags": self.ags, "respondent": self.respondent}
        return {name: head for name, head in found.items() if head and head != name}


def find_roles(
    cells: KeptCells, heads: Sequence[str], wordings: Mapping[str, str], codes: Mapping[str, str]
) -> Roles:
    """What the columns of a table with these heads are, told from their heads and their records.

    ``wordings``: by head what a second row of heads says, or the text behind a code; ``codes``: by head that
    code.
    """
    roles, known = Roles(), read_heads()
    left = list(heads)
    roles.ags = next((head for head in left if _is_ags(head, cells.values(head))), "")
    roles.municipality = _unit_head([head for head in left if head != roles.ags], cells, wordings)
    left = [head for head in left if head not in (roles.ags, roles.municipality)]
    asks = {head: f"{head} {wordings.get(head, '')}" for head in left}
    roles.perspective = next((h for h in left if _is_perspective(asks[h], cells.texts(h))), "")
    units = list(zip(*(cells.cells(head) for head in (roles.municipality, roles.ags) if head), strict=True))
    of_name = {plain(codes.get(head, head)).casefold(): head for head in left}
    named = [of_name[name] for name in known["respondent"] if name in of_name]
    roles.respondent = next((head for head in named if _tells_apart(cells.cells(head), units)), "")
    for head in left:
        if head in (roles.perspective, roles.respondent):
            continue
        values = cells.values(head)
        name = codes.get(head, head)
        forms = [name, wordings.get(head, "")]
        # a contact that is there or not is an answer: "Feste Ansprechperson: ja"
        names = any(_matches(form, known["personal"], within_group=True) for form in forms)
        if names and not are_usual_answers(sorted(values)):
            roles.personal.append(head)
        elif _matches(name, known["technical"]) and not hold_addresses(values):
            roles.technical.append(head)
        elif any(asks_who(form, values) for form in forms) or hold_addresses(values) or name_persons(values):
            roles.personal.append(head)
        elif not values:
            roles.technical.append(head)
        elif any(_matches(form, known["on_persons"], within_group=True) for form in forms):
            roles.on_persons.append(head)
        else:
            roles.rest.append(head)
    return roles


def _matches(head: str, patterns: Sequence[str], within_group: bool = False) -> bool:
    """Whether a head is one of these; a whole question is none, whatever words are in it."""
    whole = seen(head).casefold()
    if len(whole) > _LONGEST_NAME:
        return False
    # in a group of KoBo a question on somebody's name is one, one on the language is no note of the tool
    names = {whole, whole.rpartition("/")[2]} if within_group else {whole}
    # the second of two such columns
    names |= {re.sub(r"\s*(\([0-9]+\)|\b[0-9]+)$", "", name) for name in names}
    digits = {re.sub(r"[0-9]+$", "[0-9]", name) for name in names}
    return any(fits(name, pattern) for name in names | digits for pattern in patterns)


def _is_ags(head: str, values: Sequence[str]) -> bool:
    read = [value for value in values if (found := read_ags(value)) and "01" <= found[0][:2] <= "16"]
    if len(read) * 2 <= len(values):
        return False
    # five digits may be a post code, eight and twelve are no number that anybody else has
    digits = {len(re.sub(r"\D", "", value)) for value in read}
    return bool(_AGS_HEAD.search(head)) or (digits <= {8, 12} and not _NO_UNIT.search(head))


def _unit_head(heads: Sequence[str], cells: KeptCells, wordings: Mapping[str, str]) -> str:
    """The column that is headed as one that names units: the first by the strongest word.

    A question in which such a word occurs is none if others are answered alike; if there is no other, it is.
    """
    in_doubt: list[str] = []
    for words in _UNIT_HEADS:
        for whole in (True, False):
            for head in heads:
                name = _name_of(head, wordings)
                found = re.fullmatch(words, name) if whole else re.search(rf"\b({words})", name)
                if not found or _NO_UNIT.search(name) or not _are_names(cells.values(head)):
                    continue
                if whole or not _is_answered_as_others(head, heads, cells):
                    return head
                in_doubt.append(head)
    # of a list in a form the codes of its choices may be numbers
    called = [head for head in heads if re.fullmatch(_UNIT_HEADS[0], _name_of(head, wordings))]
    numbered = (head for head in called if _are_numbers_of_choices(cells.values(head)))
    return next(numbered, in_doubt[0] if in_doubt else "")


def _is_answered_as_others(head: str, heads: Sequence[str], cells: KeptCells) -> bool:
    """Whether more than half of the texts of a column also stand in another, and that in two others."""
    own = {*cells.values(head)}
    alike = (other for other in heads if other != head and 2 * len(own & {*cells.values(other)}) > len(own))
    return len(list(islice(alike, 2))) > 1


def _name_of(head: str, wordings: Mapping[str, str]) -> str:
    return seen(wordings.get(head, head)).casefold().rpartition("/")[2]


def _are_numbers_of_choices(values: Sequence[str]) -> bool:
    return bool(values) and all(re.fullmatch(r"[0-9]{1,3}", value) for value in values)


def _is_code_or_place(value: str) -> bool:
    """Whether a text is one number, which is a code, or several, which are a place on a map."""
    several = " " in value and re.fullmatch(r"[-0-9., ]+", value)
    return bool(several or re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]+)?", value))


def _are_names(values: Sequence[str]) -> bool:
    """Whether values may name units: words, not too long, and no answers."""
    codes = all(map(_is_code_or_place, values))
    return bool(values) and not codes and max(map(len, values)) <= 80 and not are_usual_answers(values)


def _is_perspective(head: str, texts: Sequence[str]) -> bool:
    """Whether every record says a perspective; an empty text is none."""
    return bool(texts and _PERSPECTIVE.search(head)) and all(find_perspective(text) for text in texts)


def _tells_apart(cells: Sequence[str], units: Sequence[object]) -> bool:
    """Whether a column is filled and names each record of a unit otherwise."""
    pairs = list(zip(units, (cell.casefold() for cell in cells), strict=False))
    return all(cells) and len(set(pairs)) == len(pairs)
