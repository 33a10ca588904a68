"""Reads the reports on workshop, dialogue and their outcome as a person would: each sentence against the tables.

Nothing here knows how a sentence was made: words and numbers come from the page alone. A sentence with a number is
held against a table of its page, or its kind stands in ``NAMED`` with the reason why it cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from module_checks_of_dialogues import OF_DIALOGUE
from module_checks_of_final_reports import OF_FINAL_REPORT
from module_checks_of_studies import OF_ALL
from module_checks_of_workshops import OF_WORKSHOP
from sentence_reading import WORDS, Page, Said

#: A word or digit that is a number, but for articles.
_NUMBER = r"(?:\d+(?:,\d+)?|" + "|".join(WORDS[2:]) + r")"
_ONE_OF = r"\beine[mrs]? (?:von|der|weitere|Frage|Gruppe|Maßnahme|Kommune|Stelle|Person|Punkt|Vorhaben|Mensch)\b|\beins\b"
_CARRIES = re.compile(rf"\b{_NUMBER}\b|{_ONE_OF}", re.IGNORECASE)
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
#: The end of a sentence, which is not the point behind the day of a date.
_END = re.compile(rf"(?<=[.!?]) (?=[A-ZÄÖÜ„])(?!(?:{_MONTHS})\b)|(?<=[a-zß“)]\.) (?=\d)")
#: What is no number of the report: dates, waves, the scale, names in quotation marks, a rule of every dialogue.
_NO_NUMBER = re.compile(
    rf"„[^“]*“|Teil einer Gruppe|steht jeder Punkt für eine Gruppe|eine von ihnen|in einer der beiden Erhebungen|\d{{1,2}}\. (?:{_MONTHS})(?: \d{{4}})?|\b(?:{_MONTHS}|Mitte|Ende|Herbst|Frühjahr|Sommer|seit|als|von|aus|Welle|"
    r"Erhebung) \d{4}\b|\b\d{4} (?:hat|haben|und|geantwortet)\b|von 100 Punkten|\b\d{4}:"
)
#: Kinds of sentence that carry a number which no table of the page holds, and why.
NAMED = {
    r"Punkte reichen von 0 bis 100|von 0 bis 100: ": "the scale itself",
    r"^Der gefüllte Punkt steht": "how to read the picture: the scale of a rating",
    r"Gezählt werden Gruppen, nicht Personen": "the rule by which it is counted",
    r"nicht getestet, weil aus weniger als acht|Dafür braucht es mindestens acht|mindestens acht Kommunen": "the least of the method",
    r"prüft der Wilcoxon-Test ab acht": "the least of the method",
    r"^Abweichung: mittlerer Abstand|^Einigkeit \(A nach van der Eijk\)|^„Eher einig“ heißt": "what the coefficients mean",
    r"„Noch nicht vorhanden“ heißt hier": "what the self-check calls a question stands in its report",
    r"^Alpha nach Krippendorff|^Üblich ist, Themen mit Werten": "what the coefficients mean, with thresholds of the literature",
    r"kamen die Auswertenden nicht überein": "statements are coded several times, the table counts codes",
    r"Krippendorffs Alpha \(ordinal": "the values of single municipalities are in no table",
    r"^Fragen an beide Ebenen": "to whom a question is put stands in the questionnaire",
    r"In (\w+) Gruppen? gab es verschiedene Meinungen": "which group said it is not told",
    r"^Genannt sind jeweils höchstens fünf|^Jede Zeile nennt höchstens fünf": "the length of a list, held below by the lists",
    r"^Eine Kommune ist nicht gezeigt|^\w+ Kommunen sind nicht gezeigt": "who is not shown stands nowhere",
    r"^Es nennt, logarithmiert": "what a coefficient means",
    r"^ICC\(1,1\) sagt|^Die Trennschärfe ist": "what a coefficient means",
    r"^Eine Kommune zählt ab fünf Punkten|Gezählt wird ab fünf Punkten": "the threshold of the method",
}
Check = Callable[[Page, Said, re.Match[str]], bool]
CHECKS: list[tuple[re.Pattern[str], Check]] = [
    (re.compile(pattern, re.IGNORECASE), check)
    for pattern, check in (*OF_WORKSHOP, *OF_DIALOGUE, *OF_FINAL_REPORT, *OF_ALL)
]


def false_module_sentences(html: str, given: Iterable[str] = ()) -> list[str]:
    """Every sentence that is not true of the tables of its page, or carries a number that nobody reads.

    ``given``: what people wrote, which is theirs to answer for.
    """
    page = Page(html)
    theirs = [re.sub(r"\W+", " ", text).strip() for text in given if text]
    # what helps is given by people too
    theirs += [re.sub(r"\W+", " ", note.get_text(" ")).strip() for note in page.soup.select(".note, aside")]
    wrong = []
    for said in _told(page):
        checked = False
        for pattern, check in CHECKS:
            for found in pattern.finditer(said.text):
                checked = True
                if not check(page, said, found):
                    wrong.append(f"{said.field}: {said.text}")
        if re.search(r"\beins (?:von|der)?\b", said.text):
            wrong.append(f"a number as nobody says it: {said.text}")
        carries = _CARRIES.search(_NO_NUMBER.sub("", said.text))
        if carries and not checked and not _named(said.text) and not _is_given(said.text, theirs):
            wrong.append(f"not read: {said.text}")
    return wrong


def _told(page: Page) -> Iterable[Said]:
    """What is said below headings; the lines of covers and sources are data, not sentences."""
    field, lines = "", {id(dl) for dl in page.soup.select("dl") if dl.find_previous("h2") is None}
    for element in page.soup.find_all(["h2", "h3", "p", "li", "dd"]):
        if element.name in ("h2", "h3"):
            field = element.get_text(" ", strip=True)
            continue
        if _of_sources(field) or id(element.find_parent("dl")) in lines:
            continue
        text = " ".join(element.get_text(" ").split())
        if element.name == "dd" and not text.endswith("."):
            # an entry of a list of facts
            continue
        yield from (Said(part, field, element) for part in _END.split(text))


def _of_sources(heading: str) -> bool:
    return heading.startswith(("Woher kommen", "Wie dieser Bericht entstanden"))


def _named(text: str) -> bool:
    return any(re.search(pattern, text) for pattern in NAMED)


def _is_given(text: str, theirs: list[str]) -> bool:
    plain = re.sub(r"\W+", " ", text).strip()
    return any(plain in one or one in plain for one in theirs)
