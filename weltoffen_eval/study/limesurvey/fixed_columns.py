"""The columns that every export of LimeSurvey may have, by code and by their German and English names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from weltoffen_eval.raw.table import folded

#: By code: technical or personal, and how versions 3, 5 and 6 head it in German and English.
FIXED: dict[str, tuple[str, tuple[str, ...]]] = {
    "id": ("technical", ("Antwort ID", "Antwort-ID", "Response ID")),
    "submitdate": ("technical", ("Datum Abgeschickt", "Date submitted")),
    "lastpage": ("technical", ("Letzte Seite", "Last page")),
    "startlanguage": ("technical", ("Start-Sprache", "Start language")),
    "seed": ("technical", ("Zufallsgeneratorstartwert", "Seed")),
    "token": ("personal", ("Zugangscode", "Zugangsschlüssel", "Access code", "Token")),
    "startdate": ("technical", ("Datum gestartet", "Date started")),
    "datestamp": ("technical", ("Datum letzte Aktivität", "Date last action")),
    "ipaddr": ("personal", ("IP-Adresse", "IP address")),
    "refurl": ("personal", ("Weiterleitungs-URL", "Referrer URL")),
    "interviewtime": ("technical", ("Gesamtzeit", "Total time")),
    "firstname": ("personal", ("Vorname", "First name")),
    "lastname": ("personal", ("Nachname", "Last name")),
    "email": ("personal", ("E-Mail-Adresse", "E-Mail", "Email address", "Email")),
    "emailstatus": ("personal", ("E-Mailstatus", "E-Mail-Status", "Email status")),
    "tid": ("personal", ()),
    "participant_id": ("personal", ()),
    "blacklisted": ("personal", ()),
    "language": ("personal", ("Sprachcode", "Language code")),
    "validfrom": ("personal", ("Gültig ab", "Valid from")),
    "validuntil": ("personal", ("Gültig bis", "Valid until")),
    "invited": ("personal", ()),
    "reminded": ("personal", ()),
    "sent": ("personal", ("Versanddatum Einladung", "Invitation sent date")),
    "remindersent": ("personal", ("Letztes Erinnerungsdatum", "Last reminder date")),
    "remindercount": ("personal", ("Gesamtanzahl versendeter Erinnerungen", "Total numbers of sent reminders")),  # noqa: E501
    "usesleft": ("personal", ("Übrige Nutzungsanzahl", "Uses left")),
    "completed": ("personal", ("Abgeschlossen", "Completed")),
}  # fmt: skip
#: What tells whose a response is, in the words of an attribute or a question.
MUNICIPALITY = ("municipality", "Kommune", "Gemeinde", "Name der Kommune", "Ihre Kommune")
AGS = ("ags", "Amtlicher Gemeindeschlüssel", "Gemeindeschlüssel", "Amtlicher Gemeindeschlüssel (AGS)")

ATTRIBUTE = re.compile(r"attribute_[0-9]+")
_OF_CODE = {folded(code): code for code in FIXED}
_OF_WORD = {folded(word): code for code, (_, words) in FIXED.items() for word in words}
_TIMING_CODE = re.compile(r"(?:groupTime[0-9]+|[A-Za-z][A-Za-z0-9]*Time)")
_TIMING_WORD = re.compile(r"(?:Gruppenzeit|Fragenzeit|Group time|Question time): ?.*", re.IGNORECASE)


@dataclass(frozen=True)
class FixedColumn:
    """One of them: its ``code`` (a timing has none), and whether it is technical or personal."""

    code: str
    kind: str


def find_fixed(head: str, cut: int = 0) -> FixedColumn | None:
    """What a heading names of what every export may have; ``cut``: texts are cut after so many letters."""
    code = _OF_CODE.get(folded(head)) or _OF_WORD.get(folded(head))
    if code is None and cut:
        code = next((c for word, c in _OF_WORD.items() if folded(cut_off(word, cut)) == folded(head)), None)
    if code is not None:
        return FixedColumn(code, FIXED[code][0])
    if _TIMING_CODE.fullmatch(head) or _TIMING_WORD.fullmatch(head):
        return FixedColumn("", "technical")
    return None


def cut_off(text: str, length: int) -> str:
    """A text as LimeSurvey abbreviates it: so many letters and two dots, when it is longer by more than 3."""
    return text if len(text) <= length + 3 else text[:length] + ".. "


def known_words() -> list[str]:
    """All codes and names, by which an export's header and delimiter are recognised."""
    return [*FIXED, *(word for _, words in FIXED.values() for word in words)]
