"""Reads a finished page as a person would: each sentence against the numbers printed in it and beside it.

Nothing here knows how a sentence was made: words and numbers come from the page alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

WORDS = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
]
NUMBER = r"(\d+|" + "|".join(WORDS[2:]) + r"|eine[mrsn]?|ein)"
TIMES = {f"{word}mal": n for n, word in enumerate(WORDS)}
NOT_ANSWERED = {"weiß nicht", "keine Angabe"}
NOT_APPLICABLE = {"nicht zuständig oder trifft hier nicht zu", "nicht zuständig", "trifft nicht zu"}
#: Sentences that name numbers of the method, which stand in no table.
CONSTANT = re.compile(
    r"Zur Probe wurde 1.000-mal|Die engere Gruppe gilt|Eine Frage ohne Antwort zählt nie|Hier ist deutlich mehr festgelegt|Verglichen werden nur Fragen|Ob die Punkte über oder unter|Im Durchschnitt (?:ist|sind) rund|Im Durchschnitt ist weniger als eine Frage|Diese Frage kommt aus"
)
#: The end of a sentence, which is not the point behind the day of a date.
_END = re.compile(r"(?<! \d\.)(?<! \d\d\.)(?<=[.!?]) (?=[A-ZÄÖÜ„])")
_COUNTED = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)


def number(word: str) -> int:
    """A number as it is printed, in digits or as a word."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    return 1 if word.startswith("ein") else WORDS.index(word)


@dataclass(frozen=True)
class Said:
    """A sentence, the field below whose heading it stands (its title), and its element."""

    text: str
    field: str
    element: Tag


class Page:
    """The sentences of a page, and its tables by caption."""

    def __init__(self, html: str):
        self.soup = BeautifulSoup(html, "html.parser")
        self.tables: dict[str, list[list[str]]] = {}
        for table in self.soup.select("table"):
            assert table.caption is not None
            rows = [
                [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
                for row in table.select("tr")
            ]
            self.tables[table.caption.get_text(" ", strip=True)] = rows
        self.said = list(self._sentences())
        self.text = " ".join(self.soup.get_text(" ").split())

    def _sentences(self) -> Iterator[Said]:
        field = ""
        for element in self.soup.find_all(["h2", "h3", "p", "li", "dd"]):
            if element.name in ("h2", "h3"):
                heading = element.get_text(" ", strip=True)
                field = heading if str(element.get("id", "")).startswith("dimension-") else ""
                continue
            for part in element.children:
                text = " ".join(part.get_text(" ").split()) if part.name != "a" else ""  # type: ignore[union-attr]
                # what rests on findings is marked as a sentence; the rest is parted here
                for sentence in [text] if isinstance(part, Tag) else _END.split(text):
                    if sentence:
                        yield Said(sentence, field, element)

    def table(self, beginning: str) -> list[list[str]]:
        """The rows, without the head, of the table whose caption begins so; nothing where there is none."""
        return next((rows[1:] for name, rows in self.tables.items() if name.startswith(beginning)), [])

    def column(self, beginning: str, head: str) -> dict[str, str]:
        """Cells by the name of their row."""
        rows = next((rows for name, rows in self.tables.items() if name.startswith(beginning)), [])
        if not rows or not any(head in cell for cell in rows[0]):
            return {}
        place = next(n for n, cell in enumerate(rows[0]) if head in cell)
        return {row[0]: row[place] for row in rows[1:]}

    def answers(self, field: str) -> list[str]:
        """The answers in the table of the questions of a field."""
        return [row[-1] for row in self.table(f"Fragen und Antworten: {field}")]

    def word_for(self, points: int) -> str:
        """The word that the table of words gives for points."""
        for printed, word in self.table("Punkte und Worte"):
            low, high = 0, 100
            if found := re.fullmatch(r"unter (\d+)", printed):
                high = int(found[1]) - 1
            elif found := re.fullmatch(r"(\d+) bis (\d+)", printed):
                low, high = int(found[1]), int(found[2])
            elif found := re.fullmatch(r"ab (\d+)", printed):
                low = int(found[1])
            if low <= points <= high:
                return word
        return ""


def span(printed: str) -> tuple[int, int] | None:
    """The two ends of a printed range."""
    found = re.fullmatch(r"(\d+) bis (\d+)", printed)
    return (int(found[1]), int(found[2])) if found else None


def width(printed: str) -> int:
    ends = span(printed)
    return ends[1] - ends[0] if ends else 0


def unanswered(answers: list[str]) -> int:
    """Questions that nobody answered; of several offices "weiß nicht" comes before that it does not apply."""
    found = 0
    for answer in answers:
        parts = {re.sub(r"^\w*mal ", "", part) for part in answer.split(", ")}
        if parts <= NOT_ANSWERED | NOT_APPLICABLE:
            found += "weiß nicht" in parts or not parts & NOT_APPLICABLE
    return found


def false_sentences(html: str) -> list[str]:
    """Every sentence of a page that is not true of the numbers printed in it and beside it."""
    page = Page(html)
    wrong = []
    for said in page.said:
        read = False
        for pattern, check in CHECKS:
            found = pattern.search(said.text)
            if found is not None:
                read = True
                if not check(page, said, found):
                    wrong.append(f"{said.field}: {said.text}")
        counted = _COUNTED.search(re.sub(r"„[^“]*“|\([^)]*\)", "", said.text))
        told = counted and re.search(r"\d|Fragen?\b|Stellen\b|Punkte", said.text)
        if told and not read and said.element.name == "p" and not CONSTANT.match(said.text):
            wrong.append(f"not read: {said.text}")
    return wrong


def _points(page: Page, said: Said, found: re.Match[str]) -> bool:
    points, word = number(found[1]), found[2]
    return (
        page.column("Handlungsfelder", "Punkte")[said.field] == str(points) and page.word_for(points) == word
    )


def _open(page: Page, said: Said, found: re.Match[str]) -> bool:
    answers = page.answers(said.field)
    asked = [answer for answer in answers if answer not in NOT_APPLICABLE | {"nicht gestellt"}]
    return number(found[1]) == unanswered(answers) and number(found[2]) == len(asked)


def _open_for_all(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == unanswered(page.answers(said.field))


def _too_few(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[2]) < number(found[3]) <= number(found[1])


def _all_unanswered(page: Page) -> int:
    return sum(
        unanswered([row[-1] for row in rows[1:]])
        for name, rows in page.tables.items()
        if "Fragen und" in name
    )


def _unanswered_in_all(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == _all_unanswered(page)


def _nothing_unanswered(page: Page, said: Said, found: re.Match[str]) -> bool:
    return _all_unanswered(page) == 0


def _listed(page: Page, said: Said, found: re.Match[str]) -> bool:
    listing = said.element.find_next("ul")
    return isinstance(listing, Tag) and len(listing.find_all("li", recursive=False)) == number(found[1])


def _among(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == _all_unanswered(page) and _listed(page, said, re.match(r"(.*)", found[2]))  # type: ignore[arg-type]


def _moved(page: Page, said: Said, found: re.Match[str]) -> bool:
    answers = len(page.answers(said.field))
    return number(found[1]) >= 5 and number(found[4]) <= answers


def _moved_in_fields(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The fields that are named or counted are those below whose heading it is told, and by no more points."""
    told = re.compile(rf"um {NUMBER} Punkte {found[2]} angegeben als {found[3]};")
    moved = {s.field: number(hit[1]) for s in page.said if s.field and (hit := told.search(s.text))}
    named = re.findall(r"„([^“]+)“", found[1])
    counted = re.match(rf"(?:allen )?{NUMBER} Handlungsfeldern$", found[1])
    # all of them are called all, and nothing else is
    if (found[1].split()[0] in ("allen", "beiden")) != (len(moved) == len(page.table("Handlungsfelder"))):
        return False
    if not moved or (number(counted[1]) if counted else len(named)) != len(moved):
        return False
    furthest = {field for field, points in moved.items() if points == max(moved.values())}
    most = set(re.findall(r"„([^“]+)“", found[4])) if found[4] else set(named)
    return set(named) <= set(moved) and most == furthest and number(found[5]) == max(moved.values())


def _asked_so(page: Page, field: str, question: str, answer: str) -> bool:
    """Whether the question is one of the field and has this answer."""
    return any(
        row[1] == question and row[-1] == answer for row in page.table(f"Fragen und Antworten: {field}")
    )


def _fallen(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The field that is told to have fallen by most points, and a question of it."""
    told = re.compile(rf"um {NUMBER} Punkte niedriger angegeben als {found[2]};")
    fell = {s.field: number(hit[1]) for s in page.said if s.field and (hit := told.search(s.text))}
    return fell.get(found[1]) == max(fell.values(), default=0) > 0 and _asked_so(
        page, found[1], found[3], found[4]
    )


def _lowest(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The field with the fewest printed points of several that differ, and a question of it."""
    printed = page.column("Handlungsfelder", "Punkte")
    points = {name: int(cell) for name, cell in printed.items() if cell.isdigit()}
    least = points.get(found[1]) == min(points.values()) < max(points.values())
    return least and _asked_so(page, found[1], found[2], found[3])


def _laid_down(page: Page, said: Said, found: re.Match[str]) -> bool:
    return int(found[1]) - int(found[2]) >= 25 and int(found[2]) < 75


def _done(page: Page, said: Said, found: re.Match[str]) -> bool:
    return int(found[2]) - int(found[1]) >= 25 and int(found[1]) < 75 and int(found[2]) >= 50


def _sides(page: Page) -> tuple[set[str], set[str], set[str]]:
    """The fields that print at or above the lower end of the middle half, below it, and clearly below it."""
    scores, halves = (
        page.column("Handlungsfelder", "Punkte"),
        page.column("Handlungsfelder", "mittlere Hälfte"),
    )
    ranges = page.column("Handlungsfelder", "möglicher Bereich")
    at_least, below, clearly = set(), set(), set()
    for field, half in halves.items():
        ends = span(half) or ((int(half), int(half)) if half.isdigit() else None)
        if ends is None or not scores[field].isdigit():
            continue
        score, reach = int(scores[field]), span(ranges[field])
        (at_least if score >= ends[0] else below).add(field)
        if ends[0] - score >= 5 and (reach is None or reach[1] < ends[0]):
            clearly.add(field)
    return at_least, below, clearly


def _told(page: Page, text: str) -> tuple[set[str], int]:
    """The fields that a part of a sentence names, up to three, and how many it tells of.

    Where it tells of several that are all of the questionnaire, and only there, it says so.
    """
    total = len(page.table("Handlungsfelder"))
    if named := set(re.findall(r"„([^“]+)“", text)):
        return (named, len(named)) if len(named) <= 3 and (len(named) < total or total == 1) else (set(), -1)
    found = re.match(rf"(?:(allen|beiden) )?(?:{NUMBER}\b)?", text)
    assert found is not None
    count = 2 if found[1] == "beiden" else number(found[2])
    return (set(), count if bool(found[1]) == (count == total > 1) else -1)


def _fields(page: Page, text: str, lying: set[str]) -> bool:
    """Whether fields that are named or counted are those that lie so."""
    named, count = _told(page, text)
    return count == len(lying) and (not named or named == lying)


def _all_at_least(page: Page, said: Said, found: re.Match[str]) -> bool:
    at_least, below, _ = _sides(page)
    return not below and number(found[1]) == len(at_least)


def _below_median(page: Page, said: Said, found: re.Match[str]) -> bool:
    scores = page.column("Handlungsfelder", "Punkte")
    medians = page.column("Handlungsfelder", "Median")
    told = [name for name, median in medians.items() if median.isdigit() and scores[name].isdigit()]
    return _fields(page, found[1], {name for name in told if int(scores[name]) <= int(medians[name]) - 5})


def _at_least(page: Page, said: Said, found: re.Match[str]) -> bool:
    return _fields(page, found[1], _sides(page)[0]) and _clearly_below(page, found[2] or "")


def _clearly_below(page: Page, text: str) -> bool:
    """Whether the fields told to be below are so clearly, and all others are told to be near."""
    _, below, clearly = _sides(page)
    named, count = _told(page, text) if text else (set(), 0)
    found = re.search(r"In ([^.]+?) ist der Abstand zur mittleren", page.text)
    near, left = _told(page, found[1]) if found else (set(), 0)
    return named <= clearly and count <= len(clearly) and count + left == len(below) and not named & near


def _below(page: Page, said: Said, found: re.Match[str]) -> bool:
    return not _sides(page)[0] and _clearly_below(page, found[1])


def _near(page: Page, said: Said, found: re.Match[str]) -> bool:
    named, count = _told(page, found[1])
    below = _sides(page)[1]
    return named <= below and 0 < count <= len(below)


def _others(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The least and the greatest number of others of the fields that are told of; never less than eight."""
    column = page.column("Handlungsfelder", "Zahl der anderen")
    counts = {name: int(n) for name, n in column.items() if n.isdigit()}
    named, _ = _told(page, found[1]) if found[1] else (set(counts), len(counts))
    those = {n for name, n in counts.items() if not named or name in named}
    told = {number(n) for n in re.findall(rf"\b{NUMBER}\b", found[2])}
    # of fields that are only counted it is not said which
    right = {min(those), max(those)} == told if named else told <= those
    return right and min(those) >= 8


def _widths(page: Page, head: str) -> dict[str, int]:
    return {name: width(cell) for name, cell in page.column("Wie weit sich die Punkte", head).items()}


def _widest(head: str) -> Callable[[Page, Said, re.Match[str]], bool]:
    def check(page: Page, said: Said, found: re.Match[str]) -> bool:
        """All fields that are named print the widest range, and no other does."""
        widths = _widths(page, head)
        widest = {name for name, wide in widths.items() if wide == max(widths.values()) > 0}
        return set(re.findall(r"„([^“]+)“", found[1])) == widest

    return check


def _widest_between(page: Page, said: Said, found: re.Match[str]) -> bool:
    ends = span(page.column("Wie weit sich die Punkte", "anderer Gewichtung")[found[1].strip("„“")])
    return _widest("anderer Gewichtung")(page, said, found) and ends == (int(found[2]), int(found[3]))


def _only_there(page: Page, said: Said, found: re.Match[str]) -> bool:
    moved = {name for name, wide in _widths(page, "möglicher Bereich").items() if wide}
    one = said.text.startswith("Die nicht beantwortete Frage")
    return set(re.findall(r"„([^“]+)“", found[1])) == moved and (not one or _all_unanswered(page) == 1)


def _nothing_moves(page: Page, said: Said, found: re.Match[str]) -> bool:
    return _all_unanswered(page) > 0 and not any(_widths(page, "möglicher Bereich").values())


def _named_unanswered(page: Page, said: Said, found: re.Match[str]) -> bool:
    """Questions that are named are all that the fields list as not answered."""
    terms = [dt for dt in page.soup.find_all("dt") if dt.get_text(strip=True) == "Nicht beantwortet"]
    listed = [
        name for dt in terms for name in dt.find_next("dd").get_text(" ", strip=True).rstrip(".").split("; ")
    ]
    return found[2].split("; ") == listed and number(found[1]) == len(listed) == _all_unanswered(page)


def _proposed(page: Page, said: Said, found: re.Match[str]) -> bool:
    headings = page.soup.select("h3[id^=topics-]")
    return sum(len(h.find_next("ul").find_all("li")) for h in headings) == number(found[1])  # type: ignore[union-attr]


def _criteria(page: Page) -> dict[str, int]:
    """The printed points of all criteria; of the fields, where there are no criteria."""
    captions = [name for name in page.tables if name.startswith("Kriterien: ")] or ["Handlungsfelder"]
    cells = [entry for name in captions for entry in page.column(name, "Punkte").items()]
    return {name: int(points) for name, points in cells if points.isdigit()}


def _topic(page: Page, said: Said, found: re.Match[str]) -> bool:
    """A strength is named with its word, and no topic that is not named has more; a gap has least."""
    points = _criteria(page)
    heading = said.element.find_previous("h3")
    assert heading is not None
    listing = said.element.parent
    assert listing is not None
    names = [re.match(r"(.+?) – ", entry.get_text(" ", strip=True))[1] for entry in listing.find_all("li")]  # type: ignore[index]
    others = [value for name, value in points.items() if name not in names]
    own = points[found[1]]
    counted = re.search(rf"\({NUMBER} von {NUMBER} (?:Kriteri|Handlungsfeld)", heading.get_text())
    if not counted or [number(counted[1]), number(counted[2])] != [len(names), len(points)]:
        return False
    if page.word_for(own) != found[2]:
        return False
    strength = heading.get_text().startswith("Stärken")
    return all(own >= value for value in others) if strength else all(own <= value for value in others)


def _tied(page: Page, said: Said, found: re.Match[str]) -> bool:
    """All that have as many points as the last of a list, but for those in it, by name or by number."""
    points = _criteria(page)
    listing = said.element.parent
    assert listing is not None
    names = [re.match(r"(.+?) – ", entry.get_text(" ", strip=True))[1] for entry in listing.find_all("li")]  # type: ignore[index]
    alike = {name for name, value in points.items() if value == points[names[-1]] and name not in names}
    told = set(re.findall(r"„([^“]+)“", found[1]))
    many = re.match(rf"{NUMBER} weitere", found[1])
    return number(many[1]) == len(alike) > 3 if many else told == alike


def _came(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == sum(int(row[2]) for row in page.table("Eingegangene Bögen"))


def _without_points(page: Page, said: Said, found: re.Match[str]) -> bool:
    parts = [number(n) for n in re.findall(rf"\b{NUMBER} (?:ohne|mit)\b", found[2])]
    total = sum(int(cell) for row in page.table("Antworten der Verwaltung") for cell in row[3:-1])
    # of one kind its number is told once, and of several each one's
    told = sum(parts) if len(parts) > 1 else -1 if parts else number(found[1])
    return number(found[1]) == told == total


def _held_apart(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) > 0


CHECKS: list[tuple[re.Pattern[str], Callable[[Page, Said, re.Match[str]], bool]]] = [
    (re.compile(pattern, re.IGNORECASE if flags else 0), check)
    for pattern, check, flags in [
        (rf"^{NUMBER} Punkte?: ([^.]+)\.$", _points, 1),
        (r"^Ebenso viele Punkte ha(?:t|ben) (.+)\.$", _tied, 0),
        (rf"^{NUMBER} von {NUMBER} Fragen (?:ist|sind) nicht beantwortet\.$", _open, 1),
        (rf"^{NUMBER} Fragen? hat keine der Stellen beantwortet\.$", _open_for_all, 1),
        (rf"^Kein Wert: Von den {NUMBER} Fragen .* (?:ist|sind) {NUMBER} beantwortet; nötig sind mindestens {NUMBER}\.",
         _too_few, 0),
        (rf"^{NUMBER} Fragen? (?:ist|sind) nicht beantwortet\.$", _unanswered_in_all, 1),
        (r"^Jede gestellte Frage, die zutrifft, (?:ist|hat)", _nothing_unanswered, 0),
        (rf"^Diese {NUMBER} (?:Fragen sind nicht beantwortet|Fragen kommen aus|Anregungen ergeben)", _listed, 0),
        (r"^In „([^“]+)“ ist der Stand niedriger angegeben als (\w+): (.+) \(Antwort: (.+)\)$", _fallen, 0),
        (r"^„([^“]+)“ hat die wenigsten Punkte: (.+) \(Antwort: (.+)\)$", _lowest, 0),
        (rf"^Bei diesen {NUMBER} Fragen gehen die Antworten", _listed, 0),
        (rf"^Nicht beantwortet sind {NUMBER} Fragen, darunter diese {NUMBER}\.", _among, 0),
        (rf"um {NUMBER} Punkte (höher|niedriger) angegeben als (\w+); vergleichbar (?:ist|sind) {NUMBER} Frage", _moved, 0),
        (rf"^In (.+?) ist der Stand (höher|niedriger) angegeben als (\w+)(?:, am meisten in (.+))? \(um {NUMBER} von 100 Punkten\)\.$",
         _moved_in_fields, 0),
        (rf"^{NUMBER} Fragen? (?:ist|sind) nicht beantwortet: (.+?)\.?$", _named_unanswered, 1),
        (rf"^Hier steh(?:t|en) {NUMBER} Fragen?, über die", _proposed, 0),
        (r"Konzepte (\d+) Punkte, Umsetzung (\d+) Punkte\. Hier ist mehr festgelegt", _laid_down, 0),
        (r"Konzepte (\d+) Punkte, Umsetzung (\d+) Punkte\. Hier wird mehr getan", _done, 0),
        (rf"^In allen {NUMBER} Handlungsfeldern(?: mit Vergleich)? liegt .*in der mittleren Hälfte", _all_at_least, 0),
        (r"^In (?!allen |beiden )(.+?) liegt .* in der mittleren Hälfte .* oder darüber(?:, in (.+) darunter)?\.$", _at_least, 0),
        (r"^In (.+?) liegt .* unter der mittleren Hälfte", _below, 0),
        (r"^In (.+?) ist der Abstand", _near, 0),
        (r"^Zum Vergleich dienen()(?: je nach Handlungsfeld)? (.+?) andere", _others, 0),
        (r"^In (.+?) dienen (.+?) andere .+ zum Vergleich\.$", _others, 0),
        (r"^Am meisten wirken sich nicht beantwortete Fragen in (.+) aus", _widest("möglicher Bereich"), 0),
        (r"^Am weitesten ist der mögliche Bereich in (.+)\.$", _widest("möglicher Bereich"), 0),
        (r"^Einen möglichen Bereich hat nur (.+)\.$", _only_there, 0),
        (r"^Kein Handlungsfeld hat einen möglichen Bereich\.$",
         lambda page, said, found: not any(_widths(page, "möglicher Bereich").values()), 0),
        (r"^In (.+?) liegen die Punkte um mindestens fünf unter dem Median", _below_median, 0),
        (r"^Bei anderer Gewichtung schwankt (.+) am stärksten: in neun von zehn Fällen zwischen (\d+) und (\d+) Punkten\.$", _widest_between, 0),
        (r"^(?:Die n|N)icht beantwortete Fragen? wirk(?:t|en) sich nur in (.+) aus", _only_there, 0),
        (r"^Bei anderer Gewichtung ändert sich das Ergebnis am stärksten in (.+)\.$", _widest("anderer Gewichtung"), 0),
        (r"^Die .*nicht beantworteten? Fragen? k(?:ann|önnen) an den Punkten nichts ändern", _nothing_moves, 0),
        (r"^(.+) – ([\w ]+)\.$", _topic, 0),
        (rf"^Aus .+ lieg(?:t|en) {NUMBER} B[oö]gen? vor", _came, 0),
        (rf"^{NUMBER} Fragen? geh(?:t|en) nicht in die Punkte ein(?:: |, weil )(.+)\.$", _without_points, 1),
        (rf"^(?:Beantwortet sind|Alle|{NUMBER} Stellen der|Eine Stelle|Bei {NUMBER} Fragen? (?:liegen|antworten)|In {NUMBER} von|"
         rf"In allen {NUMBER} verglichenen Handlungsfeldern ändert|Punkte und möglicher Bereich eines Handlungsfelds beruhen|{NUMBER} Fragen? für ein|Eine Angabe|{NUMBER} Angaben)",
         lambda page, said, found: True, 1),
    ]
]  # fmt: skip
