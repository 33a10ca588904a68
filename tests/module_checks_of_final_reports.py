"""How sentences of the final report are held against the tables beside them."""

from __future__ import annotations

import re

from module_checks_of_workshops import fields, quoted, spreads, standing
from sentence_reading import NUMBER, Page, Said, number

_CHANGES = "nur vergleichbare Fragen"


def rows_of(page: Page, of: str) -> list[dict[str, str]]:
    """The rows of the first table whose caption holds this, by the heads of its columns."""
    head, *rows = next((t for name, t in page.tables.items() if of in name), [[]])
    return [dict(zip(head, row, strict=True)) for row in rows]


def cell_of(row: dict[str, str], head: str) -> str:
    return next(cell for name, cell in row.items() if name.startswith(head))


def _involved(page: Page, said: Said, found: re.Match[str]) -> bool:
    who = {row["Modul"]: row["wer"] for row in rows_of(page, "Die Module")}
    counts = {"des Workshops": "Workshop", "im Workshop": "Workshop", "im Dialog": "Dialogveranstaltung"}
    return all(
        who[counts[of]].split()[0].lower() == n.lower()
        for n, of in re.findall(rf"{NUMBER} \w+ (des Workshops|im Workshop|im Dialog)", found[1])
    )


def _asked(page: Page, said: Said, found: re.Match[str]) -> bool:
    criteria = re.findall(rf"von {NUMBER} Kriterien\)", page.text)
    compared = re.search(rf"Vergleichbar sind (?:{NUMBER} von|alle) {NUMBER} Fragen", page.text)
    return (
        number(found[3]) == sum("Handlungsfeld nicht gewählt" not in row for row in standing(page))
        and all(number(n) <= number(found[2]) for n in criteria)
        and (compared is None or number(compared[2]) == number(found[1]))
    )


def _changes(page: Page) -> list[dict[str, str]]:
    return [row for row in rows_of(page, _CHANGES) if "Angabe" in row]


def _moved(page: Page, way: str) -> dict[str, int]:
    """Fields that are called higher or lower, with the difference of the printed points."""
    found = {}
    for row in _changes(page):
        if row["Angabe"].startswith(way):
            points = [int(cell) for head, cell in row.items() if head.endswith("(Punkte)")]
            found[row["Handlungsfeld"]] = abs(points[1] - points[0])
    return found


def _field_moved(page: Page, said: Said, found: re.Match[str]) -> bool:
    """As many fields as the table calls so, and the greatest difference of the points printed in it."""
    moved = _moved(page, found[2])
    counted = re.match(rf"(?:(allen|beiden) )?(?:{NUMBER} )?Handlungsfeldern$", found[1])
    named = quoted(found[1])
    told = (2 if counted[1] == "beiden" else number(counted[2])) if counted else len(named)
    if told != len(moved) or not set(named) <= set(moved):
        return False
    # all that the questionnaire has are called all, and only they
    asked = re.search(rf"stellt {NUMBER} Fragen? zu {NUMBER} Kriteri\w+ in {NUMBER} Handlungsfeld", page.text)
    if counted and asked and bool(counted[1]) != (told == number(asked[3])):
        return False
    most = quoted(found[3] or found[1])
    return max(moved.values()) == number(found[4]) and all(moved[name] == number(found[4]) for name in most)


def _all_told(page: Page, told: int, total: int) -> bool:
    """The table adds up to a number, or to less where it is said that fields are not compared."""
    return told == total or (told < total and "Nicht verglichen, weil" in page.text)


def _comparable(page: Page, said: Said, found: re.Match[str]) -> bool:
    heads = ("höher (", "niedriger (", "gleich (")
    told = sum(int(cell_of(row, head)) for row in _changes(page) for head in heads)
    rest = re.search(rf"Die übrigen {NUMBER} sind (?:nicht verglichen: )?(.+?)\.", page.text)
    compared, total = number(found[1] or found[2]), number(found[2])
    if rest:
        parts = re.findall(rf"\b{NUMBER}(?: neu|,)", rest[2])
        left = total - compared
        # for one reason its number is told once
        if number(rest[1]) != left or (sum(map(number, parts)) if parts else left) != left:
            return False
    return (compared < total) == bool(found[1]) and _all_told(page, told, compared)


def _fields_changed(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = _changes(page)
    moved = len(_moved(page, "höher")) + len(_moved(page, "niedriger"))
    return number(found[1]) == moved and number(found[2]) == len(rows)


def _all_fields_changed(page: Page, said: Said, found: re.Match[str]) -> bool:
    moved = len(_moved(page, "höher")) + len(_moved(page, "niedriger"))
    many = 2 if found[1] == "beiden" else number(found[1].split()[-1])
    return many == len(_changes(page)) and moved == (many if found[2] == "mindestens" else 0)


def _questions_lower(page: Page, said: Said, found: re.Match[str]) -> bool:
    row = next(row for row in _changes(page) if row["Handlungsfeld"] == found[1])
    listed = len(found[5].split("; "))
    whole = found[4] == " ("
    n = number(found[2])
    return int(cell_of(row, f"{found[3]} (")) == n and (listed == n if whole else listed < n)


def _questionnaire(page: Page, said: Said, found: re.Match[str]) -> bool:
    told = sum(int(cell_of(row, "neu, geändert")) for row in _changes(page))
    total = number(found[2]) + number(found[3])
    return number(found[1]) == total and _all_told(page, told, total)


def _measures(page: Page) -> list[dict[str, str]]:
    return rows_of(page, "Maßnahmen im Einzelnen")


def _is_open(row: dict[str, str]) -> bool:
    return row.get("Stand") == "braucht einen Beschluss"


def _planned(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == sum(not _is_open(row) for row in _measures(page))


def _to_decide(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == sum(_is_open(row) for row in _measures(page))


def _ready(row: dict[str, str]) -> bool:
    return all(row.get(head, "nicht dokumentiert") != "nicht dokumentiert" for head in ("wer", "bis wann"))


def _measures_ready(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = _measures(page)
    return (number(found[1]), number(found[2])) == (sum(map(_ready, rows)), len(rows))


def _all_ready(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = _measures(page)
    return number(found[1]) == len(rows) and all(map(_ready, rows))


def _none_ready(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = _measures(page)
    return number(found[1]) == len(rows) and not any(map(_ready, rows))


def _means(wanted: str):  # type: ignore[no-untyped-def]
    def check(page: Page, said: Said, found: re.Match[str]) -> bool:
        told = [row.get("Mittel", "nicht dokumentiert") for row in _measures(page)]
        return number(found[1]) == told.count(wanted)

    return check


def _became(page: Page, said: Said, found: re.Match[str]) -> bool:
    now = [row["Stand jetzt"] for row in rows_of(page, "Was aus den Maßnahmen")]
    parts = re.findall(rf"{NUMBER} (geplant|in Arbeit|umgesetzt|nicht weiterverfolgt)", found[2])
    return number(found[1]) == len(now) and all(now.count(status) == number(n) for n, status in parts)


def _all_became(page: Page, said: Said, found: re.Match[str]) -> bool:
    now = [row["Stand jetzt"] for row in rows_of(page, "Was aus den Maßnahmen")]
    return len(now) == (number(found[1]) if found[1] else 2) and set(now) == {found[2]}


def _among_planned(page: Page, said: Said, found: re.Match[str]) -> bool:
    now = [row.get("Stand", "") for row in _measures(page)]
    parts = re.findall(rf"{NUMBER} (in Arbeit|umgesetzt|nicht weiterverfolgt)", found[1])
    return bool(parts) and all(now.count(status) == number(n) for n, status in parts)


def _not_applying(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The questions of which the field lines and the comparison tell are the others."""
    return number(found[1]) > 0 and "Der Selbstcheck stellt" in page.text


def _unknown(page: Page, said: Said, found: re.Match[str]) -> bool:
    now = [row["Stand jetzt"] for row in rows_of(page, "Was aus den Maßnahmen")]
    return now.count("nicht dokumentiert") == number(found[1])


def _named_five(page: Page, said: Said, found: re.Match[str]) -> bool:
    return len(quoted(said.text)) == 5 and number(found[1]) >= 1


def _field_alike(page: Page, said: Said, found: re.Match[str]) -> bool:
    return spreads(page)[said.field] <= number(found[1])


def _field_apart(page: Page, said: Said, found: re.Match[str]) -> bool:
    views = fields(page)[said.field].values()
    return {min(views), max(views)} == {int(found[1]), int(found[2])}


OF_FINAL_REPORT = [
    (r"^Beteiligt wa(?:r|ren) (.+)\.$", _involved),
    (rf"^Der (?:Selbstcheck|Fragebogen) stellt {NUMBER} Fragen? zu {NUMBER} Kriteri\w+ in {NUMBER} Handlungsfeld", _asked),
    (rf"^In (.+?) ist der Stand (höher|niedriger) angegeben als \w+(?:, am meisten in (.+))? \(um {NUMBER} von 100 Punkten\)", _field_moved),
    (rf"^Vergleichbar sind (?:{NUMBER} von|alle) {NUMBER} Fragen", _comparable),
    (rf"^Die übrigen {NUMBER} sind (?:nicht verglichen|neu oder|nicht in beiden)", lambda page, said, found: "Vergleichbar sind" in page.text),
    (rf"^In {NUMBER} von {NUMBER} verglichenen Handlungsfeldern hat sich der Wert um mindestens", _fields_changed),
    (r"^In (beiden|allen \w+) verglichenen Handlungsfeldern hat sich der Wert um (mindestens|weniger)", _all_fields_changed),
    (rf"„([^“]+)“: {NUMBER} Fragen? (höher|niedriger) angegeben( \(|, darunter )(.+?)\)?\.$", _questions_lower),
    # the page has no table of criteria; so few would be named
    (rf"^Ebenso viele Punkte haben {NUMBER} weitere Kriterien\.$", lambda page, said, found: number(found[1]) > 3),
    (rf"^Als neu, geändert oder entfallen zählt die Tabelle {NUMBER} Fragen, {NUMBER} neu oder anders gestellt und {NUMBER} seit \w+ entfallen", _questionnaire),
    (rf"haben dieselben {NUMBER} Stellen geantwortet: (.+)\.$", lambda page, said, found: number(found[1]) == len(re.split(", | und ", found[2]))),
    (rf"^{NUMBER} Maßnahmen? (?:sind|ist) (?:vorgesehen|genannt)", _planned),
    (rf"^{NUMBER} weitere brauch(?:t|en) noch einen Beschluss|^{NUMBER} Maßnahmen? w(?:ird|erden) vorgeschlagen", lambda page, said, found: _to_decide(page, said, re.match(r"(\w+)", found[0]))),  # type: ignore[arg-type]
    (rf"^Bei {NUMBER} von insgesamt {NUMBER} sind Zuständigkeit", _measures_ready),
    (rf"^Für alle {NUMBER} sind Zuständigkeit", _all_ready),
    (rf"^Bei keiner der {NUMBER} sind Zuständigkeit", _none_ready),
    (rf"^{NUMBER} Maßnahmen? l(?:ässt|assen) sich im Rahmen vorhandener", _means("vorhandene Mittel")),
    (rf"^Bei {NUMBER} Maßnahmen? ist nicht dokumentiert, welche Mittel", _means("nicht dokumentiert")),
    (rf"^Von den {NUMBER} Maßnahmen der Erhebung \w+ (?:ist|sind) (.+)\.", _became),
    (rf"^(?:Alle {NUMBER}|Beide) Maßnahmen der Erhebung \w+ sind (.+)\.$", _all_became),
    (r"^Darunter: (.+)\.$", _among_planned),
    (rf"^{NUMBER} weitere Fragen? tr(?:ifft|effen) (?:auf die Kommune )?nicht zu", _not_applying),
    (rf"^In der Erhebung \w+ war(?:en)? {NUMBER} Maßnahmen? verabredet", lambda page, said, found: number(found[1]) == len(rows_of(page, "Was aus den Maßnahmen"))),
    (rf"^Bei {NUMBER} Maßnahmen? ist nicht dokumentiert, was daraus", _unknown),
    (rf" und {NUMBER} weitere\.$", _named_five),
    (rf"^Im Workshop liegen die Sichtweisen(?:, die gezeigt werden,)? höchstens {NUMBER} Punkte", _field_alike),
    (r"^(?!Am weitesten)[^„]+? kommen auf (\d+) von 100 Punkten, (?:die Verwaltung kommt|.+?) auf (\d+)\.$", _field_apart),
]  # fmt: skip
