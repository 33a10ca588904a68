"""How sentences on a dialogue are held against the tables printed beside them."""

from __future__ import annotations

import re

from bs4 import Tag
from module_checks_of_workshops import as_many_rows, quoted
from sentence_reading import NUMBER, Page, Said, number


def topics(page: Page, question: str) -> dict[str, tuple[int, int]]:
    """Groups that raised each topic of a question, and all groups, as the table prints them."""
    rows = page.table(f"Wie oft ein Thema genannt wurde: „{question}“")
    return {row[0]: tuple(map(int, re.findall(r"\d+", row[1]))) for row in rows}  # type: ignore[misc]


def _question(page: Page, said: Said) -> str:
    named = re.match(r"„([^“]+\?)“", said.element.get_text(" ", strip=True))
    return named[1] if named else said.field


_N = NUMBER[1:-1]
_GROUPS_TOLD = rf"(?:(?P<groups>{_N}) von (?P<total>{_N})|(?P<every>beiden?|allen? (?:{_N}))) Gruppen"


def _in_groups(found: re.Match[str]) -> tuple[int, int]:
    """In how many groups of how many; where they are all of several, and only there, it is said so."""
    if found["every"]:
        every = 2 if found["every"].startswith("beide") else number(found["every"].split()[1])
        return every, every
    groups, total = number(found["groups"]), number(found["total"])
    return (groups, total) if groups < total or total == 1 else (-1, -1)


def _told_somewhere(page: Page, said: Said, found: re.Match[str]) -> bool:
    """In as many groups as the essentials tell of the same question."""
    if f"„{said.field}“ In" not in page.text:
        return True
    told = rf"„{re.escape(said.field)}“ In (?:{found[1]} von|{found[1]} Gruppen)"
    return bool(re.search(told, page.text, re.IGNORECASE))


def _most_named(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The topics that are named are all that most groups raised."""
    of = topics(page, _question(page, said))
    if not of:
        return not any(name.startswith("Wie oft ein Thema") for name in page.tables)
    most = max(groups for groups, _ in of.values())
    named = set(quoted(found["topics"]))
    return _in_groups(found) == (most, next(iter(of.values()))[1]) and named == {
        name for name, (n, _) in of.items() if n == most
    }


def _each_once(page: Page, said: Said, found: re.Match[str]) -> bool:
    of = topics(page, _question(page, said))
    if not of:
        return not any(name.startswith("Wie oft ein Thema") for name in page.tables)
    return number(found[1]) == len(of) and {n for n, _ in of.values()} == {1}


def _listed_topics(page: Page, said: Said, found: re.Match[str]) -> bool:
    of, told = (
        topics(page, said.field),
        [
            (name, *_in_groups(re.search(_GROUPS_TOLD, counted)))  # type: ignore[arg-type]
            for name, counted in re.findall(r"„([^“]+)“ \((?:je )?([^()]+ Gruppen)\)", found[1])
        ],
    )
    counts = [of[name][0] for name, _, _ in told]
    return (
        all((n, total) == of[name] for name, n, total in told)
        and counts == sorted(counts, reverse=True)
        and bool(counts)
        and counts[0] == max(n for n, _ in of.values())
    )


def _told_of(page: Page, said: Said, found: re.Match[str]) -> bool:
    """Of what stands in no table it is said everywhere on the page in how many groups it was told."""
    question = found["question"] or _question(page, said)
    others = re.finditer(
        rf"„{re.escape(question)}“ In {_GROUPS_TOLD} kam das Thema „{re.escape(found['topic'])}“", page.text
    )
    groups, total = _in_groups(found)
    return 0 < groups <= total and all(_in_groups(other) == (groups, total) for other in others)


def _groups(page: Page, said: Said, found: re.Match[str]) -> bool:
    totals = {
        int(re.findall(r"\d+", row[1])[1])
        for name in page.tables
        if name.startswith("Wie oft ein Thema")
        for row in page.table(name)
    }
    return totals <= {number(found[1])}


def _people(page: Page, said: Said, found: re.Match[str]) -> bool:
    counted_of = [int(cell) for cell in page.column("Woher die Teilnehmenden", "Personen").values()]
    registered = re.search(rf"{NUMBER} Personen hatten sich angemeldet, {NUMBER} kamen", page.text)
    return (not counted_of or sum(counted_of) == number(found[1])) and (
        not registered or number(registered[2]) == number(found[1]) <= number(registered[1])
    )


def _intentions(page: Page) -> list[bool]:
    """Of each intention whether both are documented: who, and until when."""
    return ["nicht dokumentiert" not in row[1:3] for row in page.table("Vorhaben aus der Dialog")]


def _ready(page: Page, said: Said, found: re.Match[str]) -> bool:
    both = _intentions(page)
    return number(found[1]) == sum(both)


def _none_ready(page: Page, said: Said, found: re.Match[str]) -> bool:
    both = _intentions(page)
    return number(found[1]) == len(both) and not any(both)


def _released(page: Page, said: Said, found: re.Match[str]) -> bool:
    coded = next(
        (
            re.search(r"\((\d+) Aussagen\)", name)
            for name in page.tables
            if name.startswith("Übereinstimmung der Aus")
        ),
        None,
    )
    written = number(found[1])
    return number(found[2]) == len(page.table("Freigegebene Aussagen")) <= written and (
        coded is None or int(coded[1]) == written
    )


def _questions(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == len(page.soup.select("h3[id^=question-]"))


def _outcomes(page: Page, said: Said, found: re.Match[str]) -> bool:
    heading = page.soup.select_one("h2#outcomes, h3#outcomes, h3#outcomes-in-short, h2#outcomes-in-short")
    listing = heading.find_next(["ul", "dl"]) if heading is not None else None
    return isinstance(listing, Tag) and number(found[1]) == len(listing.find_all(["li", "dd"]))


OF_DIALOGUE = [
    (rf"^{NUMBER} Menschen haben am .* gesprochen", _people),
    (rf"^Sie arbeiteten in {NUMBER} (?:ausgelosten )?Gruppen", _groups),
    (rf"(?:ging es am häufigsten|am häufigsten ging es) um (?P<topics>„.+?“), genannt in (?:je )?{_GROUPS_TOLD}", _most_named),
    (rf"überwog(?: keines)?; in (?:je )?{_GROUPS_TOLD} ging es um (?P<topics>„.+“)", _most_named),
    (rf"Genannt wurden (?:außerdem )?{NUMBER} Themen, jedes in nur einer Gruppe", _each_once),
    (r"^Am häufigsten genannt: (.+)$", _listed_topics),
    (rf"(?:zur Frage „(?P<question>[^“]+)“ i|I)n {_GROUPS_TOLD} (?:kam )?das Thema „(?P<topic>[^“]+)“ zur Sprache", _told_of),
    (rf"^{NUMBER} Vorhaben wurden? genannt", as_many_rows("Vorhaben aus der Dialog")),
    (rf"^Für {NUMBER} der {NUMBER} Vorhaben sind bereits", lambda page, said, found: _ready(page, said, found) and number(found[2]) == len(_intentions(page))),
    (rf"^Bei keinem der {NUMBER} Vorhaben ist beides", _none_ready),
    (rf"^Von {NUMBER} aufgeschriebenen Aussagen (?:sind|ist) {NUMBER} freigegeben", _released),
    (rf"^{NUMBER} Personen hatten sich angemeldet, {NUMBER} kamen", lambda page, said, found: number(found[2]) <= number(found[1])),
    (rf"^Als Ergebnis sind {NUMBER} Punkte festgehalten", _outcomes),
    (rf"^Besprochen wurden {NUMBER} Leitfragen", _questions),
    (rf"^Der Wortlaut der Leitfragen ist nicht dokumentiert; üblich sind diese {NUMBER}:", lambda page, said, found: number(found[1]) == 4),
    (rf"^In ((?:allen )?(?:{_N})|beiden) Gruppen? wurde davon berichtet: „([^“]+)“", _told_somewhere),
    (r"^Die Aussagen hat eine Person", lambda page, said, found: not any(n.startswith("Übereinstimmung der Aus") for n in page.tables)),
    (rf"^Die Aussagen haben {NUMBER} Personen unabhängig", lambda page, said, found: number(found[1]) == 2 and any(n.startswith("Übereinstimmung der Aus") for n in page.tables)),
]  # fmt: skip
