"""Whether what a respondent is called is the name of an office, and not that of a person."""

from __future__ import annotations

import re
from itertools import pairwise

# words by which a name is that of an office; whatever has none of them may be a person
_OFFICE = re.compile(
    r"amt\b|ämter\b|amts|fachbereich|fachdienst|fachstelle|dezernat|abteilung|referat|büro\b|stelle\b"
    r"|stabsstelle|beauftragte|verwaltung|zentrum\b|zentrale\b|behörde|dienst\b|sachgebiet|eigenbetrieb"
    r"|jobcenter|volkshochschule|bibliothek|feuerwehr|polizei|kämmerei|kasse\b|team\b|rathaus|gericht\b",
    re.IGNORECASE,
)
# words of what offices are for, chosen so that no usual surname has them
_FIELD = re.compile(
    r"sozial|jugend|famil|kinder\b|bildung|schulen?\b|schulwesen|sport|kultur|kunst|umwelt|klima|natur"
    r"|bauen\b|bau\b|verkehr|mobilität|personal|organisation|finanz|haushalt|steuern?\b|\brecht|ordnung"
    r"|sicherheit|bürger|integration|migration|zuwander|vielfalt|diversit|asyl|flucht|flücht|auslän"
    r"|inklusi|teilhabe|gleichstell|frauen|senior|gesund|pflege\b|wirtschaft|touris|digital|presse\b"
    r"|öffentlich|öffnung|zentral|innere|allgemein|interkult|service|dienste?\b|hilfen?\b|planung|technik"
    r"|steuerung|betreuung|wohnen|wohnung|beratung|demokratie|engagement|ehrenamt|grün|forst|friedhof"
    r"|\b(?:haus|stadt|gemeinde|kreis|markt|bad|nord|süd|ost|west|mitte|bezirk|standort|leitung)\b"
    r"|\w{5,}ung\b|\w{3,}[ts]ion\b|\w(?:heit|keit|tät|wesen)\b",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[^\W_][\w .,;:/&()+–-]{0,79}")
# the title or form of address of a person, before the name
_ADDRESSED = re.compile(
    r"\b(?:frau|fr\.|herrn?|hr\.)\s*(?!(?:und|oder|in|im|u\.)\b)[^\W\d_]"
    r"|\b(?:dr|prof|dipl|mag)\.|\b(?:z\.\s?hd|i\.\s?[av])\.|\b(?:tel|telefon|mobil|durchwahl|fax)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?<!\w)(?:\+|0049|0[1-9])[\d /().–-]*\d")
# a number of a person or a place (AGS) has up to 8 digits, and nothing between them
_FEWEST_DIGITS, _FEWEST_IN_A_ROW = 7, 10
_PARTS = re.compile(r"[,;:/()+]|\s[–-]\s")
_AFTER_WHICH_NO_PERSON = frozenset(("für", "der", "des", "die", "das", "und", "im", "zur", "zum"))


def has_telephone(text: str) -> bool:
    """Whether there is a telephone number in a text."""
    numbers = _TELEPHONE.findall(text)
    return any(
        sum(sign.isdigit() for sign in number) >= (_FEWEST_IN_A_ROW if number.isdigit() else _FEWEST_DIGITS)
        for number in numbers
    )


def may_be_kept(text: str) -> bool:
    """Whether a text can stay as a name at all; an address or a formula cannot."""
    return _PLAIN_NAME.fullmatch(text) is not None


def is_office(text: str) -> bool:
    """Whether a respondent's name is that of an office, by a word that says so, and of nobody in it."""
    if not may_be_kept(text) or _OFFICE.search(text) is None:
        return False
    return not (_ADDRESSED.search(text) or has_telephone(text) or _names_a_person(text))


def _names_a_person(text: str) -> bool:
    """Whether a part of a name, beside that of the office, is called by no word of an office's field."""
    return any(_may_be_person(part) for part in _PARTS.split(text))


def _may_be_person(part: str) -> bool:
    words = part.split()
    unknown, before = [], ""
    for word in words:
        unknown.append(_is_unknown(word, before))
        before = word
    if _OFFICE.search(part) is None:
        return bool(words) and all(unknown)
    # a place is called by one word, a person by two
    return any(one and other for one, other in pairwise(unknown))


def _is_unknown(word: str, before: str) -> bool:
    """Whether a word may be a person's name: a capital, no abbreviation, and none of an office."""
    name = word.strip(".&–-")
    if not name[:1].isupper() or name.isupper() or not name.replace("-", "").isalpha():
        return False
    if before.casefold() in _AFTER_WHICH_NO_PERSON:
        return False
    return _OFFICE.search(name) is None and _FIELD.search(name) is None
