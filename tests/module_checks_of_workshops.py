"""How sentences on a workshop are held against the tables printed beside them."""

from __future__ import annotations

import re

from bs4 import Tag
from sentence_reading import NUMBER, TIMES, Page, Said, number

#: The options of the two scales, in points, as the questionnaire prints them (09-content).
_STEPS = (
    ("nicht vorhanden", "in Planung", "vereinzelt", "überwiegend", "dauerhaft gesichert"),
    (
        "nicht vorhanden", "in Vorbereitung", "liegt als Entwurf oder für einzelne Bereiche vor",
        "verbindlich beschlossen oder angeordnet", "verbindlich, bekannt und regelmäßig überprüft",
    ),
)  # fmt: skip
POINTS = {option: 25.0 * step for scale in _STEPS for step, option in enumerate(scale)}
_OWN = "Verwaltung (Selbstcheck)"
_EVERYBODY = "alle Teilnehmenden"


def fields(page: Page) -> dict[str, dict[str, int]]:
    """The printed points of every view of every field that is compared, by field and view."""
    found = {}
    for beginning in ("Punkte je Handlungsfeld und Gruppe", "Bewertungen je Handlungsfeld und Gruppe"):
        head, *rows = next((t for name, t in page.tables.items() if name.startswith(beginning)), [[]])
        for name, *cells in rows:
            told = {view: re.match(r"\d+", cell) for view, cell in zip(head[1:], cells, strict=True)}
            points = {view: int(hit[0]) for view, hit in told.items() if hit}
            if len(points) > 1:
                found[name] = points
    return found


def standing(page: Page) -> list[list[str]]:
    """The rows of the table of all fields, where there is one."""
    named = re.compile(r"Handlungsfelder (?:von|des|der) .*: Punkte von 0 bis 100")
    return next((rows[1:] for name, rows in page.tables.items() if named.match(name)), [])


def spreads(page: Page) -> dict[str, int]:
    """How far the views of each field lie apart, in printed points."""
    return {name: max(views.values()) - min(views.values()) for name, views in fields(page).items()}


def counted(page: Page, head: str) -> list[int]:
    """A column of the table of those who took part."""
    cells = page.column("Wer eingeladen war", head)
    return [int(cell) for cell in cells.values() if cell.isdigit()]


def quoted(text: str) -> list[str]:
    return re.findall(r"„([^“]+)“", text)


def _sheets(page: Page, said: Said, found: re.Match[str]) -> bool:
    parts = [number(n) for n in re.findall(rf"\b{NUMBER} aus\b", found[2])]
    return number(found[1]) == sum(parts) and parts == counted(page, "mit Bogen")


def _sheets_of_one(page: Page, said: Said, found: re.Match[str]) -> bool:
    return [number(found[1])] == counted(page, "mit Bogen")


def _came(page: Page, said: Said, found: re.Match[str]) -> bool:
    there = counted(page, "anwesend")
    return number(found[1]) >= sum(counted(page, "mit Bogen")) and (
        not there or number(found[1]) == sum(there)
    )


def _compared(page: Page, said: Said, found: re.Match[str]) -> bool:
    of_all = len(standing(page))
    return number(found[1]) == len(fields(page)) <= number(found[2]) and of_all in (0, number(found[2]))


def _alike(page: Page, said: Said, found: re.Match[str]) -> bool:
    apart = spreads(page)
    near = [name for name, spread in apart.items() if spread <= number(found[3])]
    return (number(found[1]), number(found[2])) == (len(near), len(apart))


def _all_alike(page: Page, said: Said, found: re.Match[str]) -> bool:
    apart = spreads(page)
    counted_of = 2 if found[1] == "beiden" else number(found[1].split()[-1])
    return counted_of == len(apart) and max(apart.values()) <= number(found[2])


def _none_alike(page: Page, said: Said, found: re.Match[str]) -> bool:
    apart = spreads(page)
    return number(found[1]) == len(apart) and min(apart.values()) > number(found[2])


def _named_alike(page: Page, said: Said, found: re.Match[str]) -> bool:
    apart = spreads(page)
    named, most = quoted(found[1]), number(found[3])
    near = found[2] == "höchstens"
    return bool(named) and all((apart[name] <= most) == near for name in named)


def _furthest(page: Page, said: Said, found: re.Match[str]) -> bool:
    apart = spreads(page)
    views = fields(page)[found[1]].values()
    ends = {int(found[2]), int(found[3])}
    return apart[found[1]] == max(apart.values()) and ends == {min(views), max(views)}


def _everywhere(page: Page, said: Said, found: re.Match[str]) -> bool:
    many = 2 if found[2] == "beiden" else number(found[2].split()[-1])
    # of several groups each begins anew: "Teilnehmende aus der Politik und Teilnehmende aus der Wirtschaft"
    for group in re.split(r"(?:, | und )(?=Teilnehmende )", found[1]):
        rows = [of for of in fields(page).values() if _view(of, group) and _OWN in of]
        sides = [of[_view(of, group)] - of[_OWN] for of in rows]
        if len(sides) != many or not all(side < 0 if found[3] == "weniger" else side > 0 for side in sides):
            return False
    return True


def _view(of: dict[str, int], group: str) -> str:
    """The column of a group that is told in a sentence."""
    names = set(re.findall(r"Verwaltung|Politik|Zivilgesellschaft|Wirtschaft|Einwohnerschaft", group))
    if not names and "insgesamt" in group:
        return _EVERYBODY
    for view in of:
        if view != _OWN and set(re.findall(r"[A-Z]\w+", view)) - {"Workshop"} == names:
            return view
    return ""


def mean_of(cell: str) -> tuple[float, int]:
    """Mean points of what a cell of answers prints, and how many answered; 0 where it prints the mean alone."""
    if mean := re.match(r"im Mittel (\d+) Punkte?", cell):
        return float(mean[1]), 0
    counts = re.findall(r"„([^“]+)“ (\w+)", cell) or [
        (option, times) for times, option in re.findall(r"(\w+mal) (.+?)(?=, \w+mal |$)", cell)
    ]
    points = [
        POINTS[o]
        for o, times in counts
        if o in POINTS
        for _ in range(TIMES[times] if times in TIMES else int(times.removesuffix("-mal")))
    ]
    if not counts and cell in POINTS:
        points = [POINTS[cell]]
    return (sum(points) / len(points), len(points)) if points else (-1.0, 0)


def _difference(page: Page, who: str, question: str, way: str, points: str, persons: str) -> bool:
    """The difference, and who answered, follow from the answers in the table; 1 point for what is rounded twice."""
    parts = [t for name, t in page.tables.items() if name.startswith("Antworten je Frage")]
    views = next(
        dict(zip(head[1:], row[1:], strict=True))
        for head, *rows in parts
        for row in rows
        if row[0] == question
    )
    view = _view(dict.fromkeys(views, 0), who)
    (group, answered), (own, _) = mean_of(views[view]), mean_of(views[_OWN])
    apart = own - group if way == "weniger" else group - own
    return abs(apart - int(points)) <= 1 and answered in (0, number(persons))


def _essential_difference(page: Page, said: Said, found: re.Match[str]) -> bool:
    there = any(name.startswith("Antworten je Frage") for name in page.tables)
    return _difference(page, *found.groups()[:5]) if there else 0 < int(found[4]) <= 100


def _essential_differences(page: Page, said: Said, found: re.Match[str]) -> bool:
    """As many as are said, each as of a single one, the widest first."""
    parts = re.findall(rf"„([^“]+)“ \(Unterschied: (\d+) Punkte; {NUMBER} Antwortende\)", found[4])
    sizes = [int(points) for _, points, _ in parts]
    if number(found[2]) != len(parts) or sizes != sorted(sizes, reverse=True) or not sizes[-1] > 0:
        return False
    there = any(name.startswith("Antworten je Frage") for name in page.tables)
    return not there or all(_difference(page, found[1], name, found[3], *of) for name, *of in parts)


def _clear(page: Page, said: Said, found: re.Match[str]) -> bool:
    listing = said.element.find_next("dl")
    assert isinstance(listing, Tag)
    least = most = 0
    for dd in listing.find_all("dd"):
        text = dd.get_text(" ", strip=True)
        more = re.search(rf"insgesamt {NUMBER} Fragen", text)
        # "und" may be a part of a name
        least += number(more[1]) if more else text.count(",") + 1
        most += number(more[1]) if more else text.count(",") + 1 + text.count(" und ")
    return least <= number(found[1]) <= most


def _in_all(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) > 5


def _differing(page: Page, said: Said, found: re.Match[str]) -> bool:
    """As many as there are questions in the table of which a group differs."""
    among = re.search(rf"Gezeigt sind die {NUMBER} von {NUMBER} Fragen", page.text)
    if among:
        return number(found[1]) == number(among[2]) > number(among[1])
    told = set(re.findall(r"sehen bei der Frage „([^“]+)“ (?:weniger|mehr) vorhanden", page.text))
    told |= set(re.findall(r"„([^“]+)“ \(Unterschied: \d+ Punkte;", page.text))
    return number(found[1]) == len(told)


def _certain(page: Page, said: Said, found: re.Match[str]) -> bool:
    least = [
        int(n)
        for name, rows in page.tables.items()
        if name.startswith(("Punkte je Handlungsfeld", "Bewertungen je Handlungsfeld"))
        for row in rows[1:]
        for cell in row
        for n in re.findall(r"n\s=\s(\d+)", cell)
    ]
    few = number(found[1])
    return few <= min(least, default=few) and abs(number(found[2]) - 100 / few) < 1


def _all_sheets(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == sum(counted(page, "mit Bogen"))


def _in_words(page: Page, said: Said, found: re.Match[str]) -> bool:
    words = list(page.column("Übereinstimmung der Teilnehmenden", "in Worten").values())
    if every := re.search(
        r"geantwortet wurde (?:bei (?:allen|beiden) )?(eher einig|gemischt|verschieden)\.", said.text
    ):
        return number(found[1]) == len(words) and set(words) == {every[1]}
    parts = re.findall(rf"(?:bei )?{NUMBER} (eher einig|gemischt|verschieden)", said.text)
    return number(found[1]) == len(words) and {word: number(n) for n, word in parts} == {
        word: words.count(word) for word in set(words)
    }


def as_many_rows(beginning: str):  # type: ignore[no-untyped-def]
    def check(page: Page, said: Said, found: re.Match[str]) -> bool:
        rows = page.table(beginning)
        return number(found[1]) == len(rows)

    return check


def _known_to_others(page: Page, said: Said, found: re.Match[str]) -> bool:
    among = re.search(rf"Gezeigt sind {NUMBER} von {NUMBER}\.", page.text)
    shown = len({row[0] for row in page.table("Offen gelassene Fragen")})
    return number(found[1]) == (number(among[2]) if among else shown)


OF_WORKSHOP = [
    (rf"^{NUMBER} Personen (?:aus|\(Gruppe) [^:]+ haben (?:Bögen abgegeben|Handlungsfelder mit je einem Wert bewertet)\.$", _sheets_of_one),
    (rf"^{NUMBER} Personen haben (?:Bögen abgegeben|Handlungsfelder mit je einem Wert bewertet): (.+)\.$", _sheets),
    (rf"(?:^|haben ){NUMBER} Personen (?:aus .+ )?(?:haben )?i[nm] .+ gesprochen", _came),
    (rf"(?:Verglichen werden können|Verglichen werden kann|Im Workshop wurden?) {NUMBER} der {NUMBER} Handlungsfelder", _compared),
    (rf"^In {NUMBER} von {NUMBER} verglichenen Handlungsfeldern liegen alle .* höchstens {NUMBER} Punkte", _alike),
    (rf"^In (beiden|allen \w+) verglichenen Handlungsfeldern liegen .* höchstens {NUMBER} Punkte", _all_alike),
    (rf"^In keinem der {NUMBER} verglichenen Handlungsfelder .* höchstens {NUMBER} Punkte", _none_alike),
    (rf"^In („.+“) liegen (?:alle|die) gezeigten Sichtweisen (höchstens|mehr als) {NUMBER} Punkte", _named_alike),
    (r"^Am weitesten auseinander liegen sie in „([^“]+)“: .+? auf (\d+) von 100 Punkten, .+? auf (\d+)\.$", _furthest),
    (r"^(Teilnehmende .+?) sehen in (beiden|allen \w+) verglichenen Handlungsfeldern (weniger|mehr) vorhanden", _everywhere),
    (rf"(Teilnehmende .+?) sehen bei der Frage „([^“]+)“ (weniger|mehr) vorhanden als die Verwaltung \(Unterschied: (\d+) von 100 Punkten; {NUMBER} Antwortende", _essential_difference),
    (rf"(Teilnehmende .+?) sehen (?:am deutlichsten )?bei {NUMBER} Fragen (weniger|mehr) vorhanden als die Verwaltung: (.+)$", _essential_differences),
    (rf"^Bei {NUMBER} Fragen?, die klar beantwortet", _clear),
    (rf"; insgesamt {NUMBER} Fragen\.$", _in_all),
    (rf"^Bei {NUMBER} Fragen? liegt eine Gruppe im Mittel mindestens eine Stufe", _differing),
    (rf"^Gezeigt sind die (zehn) von {NUMBER} Fragen", lambda page, said, found: number(found[2]) > 10),
    (rf"beschreiben die Antworten von {NUMBER} Anwesenden", _all_sheets),
    (rf"^Wo am wenigsten geantwortet haben, sind es {NUMBER} Personen.*bis zu {NUMBER} Punkte", _certain),
    (rf"^(?:Es gibt )?{NUMBER} Fragen?(?: gibt es)?, bei de(?:r|nen) die Antworten aller", _in_words),
    (rf"^(?:Insgesamt sind|Die Gruppe hat) {NUMBER} Punkte? verabredet", as_many_rows("Verabredungen")),
    (rf"^{NUMBER} Fragen? hat die Verwaltung nicht beantwortet; Teil", _known_to_others),
]  # fmt: skip
