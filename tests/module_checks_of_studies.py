"""How sentences on a whole study are held against the tables beside them."""

from __future__ import annotations

import re

from module_checks_of_final_reports import cell_of, rows_of
from module_checks_of_workshops import quoted
from sentence_reading import NUMBER, Page, Said, number, span


def decimal_of(text: str) -> float:
    return float(text.replace("−", "-").replace("+", "").replace(",", "."))


def _wave(said: Said) -> str:
    return said.field.removeprefix("Welle ")


def _below(rows: list[dict[str, str]]) -> dict[str, int]:
    return {row["Handlungsfeld"]: int(cell_of(row, "unter der Grenze").split()[0]) for row in rows}


def _answered(page: Page, said: Said, found: re.Match[str]) -> bool:
    told = [int(cell_of(row, "n (")) for row in rows_of(page, f"je Handlungsfeld, Welle {found[1]}")]
    return number(found[2]) >= max(told)


def _widest(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = rows_of(page, f"je Handlungsfeld, Welle {_wave(said)}")
    ends = {row["Handlungsfeld"]: span(cell_of(row, "mittlere Hälfte")) for row in rows}
    own = next(row for row in rows if row["Handlungsfeld"] == found[1])
    wide = max(high - low for low, high in (of for of in ends.values() if of))
    low, high = ends[found[1]] or (0, 0)
    # whole points that are printed may make another field as wide
    return (low, high, int(cell_of(own, "n ("))) == tuple(
        map(int, found.group(2, 3, 4))
    ) and high - low >= wide - 1


def _repeated(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = rows_of(page, f"weniger als {found[2]} Punkten je Handlungsfeld, Welle {_wave(said)}")
    own = next(row for row in rows if row["Handlungsfeld"] == found[1])
    shares = {
        row["Handlungsfeld"]: _below([row])[row["Handlungsfeld"]] / int(cell_of(row, "n (")) for row in rows
    }
    every = number(found[5]) if found[5] else 0
    told = (number(found[3]), number(found[4])) if found[3] else (every, every)
    return (
        (not found[3] or found[3] != found[4])
        and told
        == (
            _below(rows)[found[1]],
            int(cell_of(own, "n (")),
        )
        and shares[found[1]] == max(shares.values())
    )


def _questions_repeated(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == len(
        rows_of(page, f"weniger als {found[2]} Punkten je Frage, Welle {_wave(said)}")
    )


def _across(page: Page, wave: str) -> list[dict[str, str]]:
    return next(
        (
            rows_of(page, name)
            for name in page.tables
            if name.startswith("Veränderung") and f"zu {wave}" in name
        ),
        [],
    )


def _compared_over_waves(page: Page, said: Said, found: re.Match[str]) -> bool:
    told = [int(cell_of(row, "n (")) for row in _across(page, _wave(said))]
    return number(found[1]) >= max(told)


def _mostly(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = _across(page, _wave(said))
    mostly = {
        row["Handlungsfeld"]
        for row in rows
        if int(cell_of(row, f"{found[1]} (")) * 2 > int(cell_of(row, "n ("))
    }
    return set(quoted(found[2])) == mostly


def _tested(page: Page, wave: str) -> list[dict[str, str]]:
    return rows_of(page, f"Abweichung der Teilnehmenden von der Verwaltung, Welle {wave}")


def _see_otherwise(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = [row for row in _tested(page, _wave(said)) if re.fullmatch(r"(unter )?0,\d+", row["p nach Holm"])]
    clear = [row for row in rows if decimal_of(row["p nach Holm"].removeprefix("unter ")) <= 0.05]
    means = [decimal_of(cell_of(row, "Mittel")) for row in clear]
    low, high = number(found[4]), number(found[5] or found[4])
    return (
        number(found[1]) == len(clear)
        and all(mean < 0 if found[3] == "niedriger" else mean > 0 for mean in means)
        and abs(min(map(abs, means)) - low) <= 0.5
        and abs(max(map(abs, means)) - high) <= 0.5
    )


def _untested(page: Page, said: Said, found: re.Match[str]) -> bool:
    total = re.search(rf"In {NUMBER} von {NUMBER} Handlungsfeldern schätzen", page.text)
    return total is None or number(total[2]) - number(found[1]) == len(
        [row for row in _tested(page, _wave(said)) if re.search(r"\d", row["p nach Holm"])]
    )


def _in_most(page: Page, said: Said, found: re.Match[str]) -> bool:
    told = [
        int(cell_of(row, "n (")) for row in _tested(page, _wave(said)) if re.search(r"\d", row["p nach Holm"])
    ]
    ends = [number(n) for n in re.findall(NUMBER, found[1])]
    return {min(told), max(told)} == set(ends)


def _asking(page: Page, said: Said, found: re.Match[str]) -> bool:
    return number(found[1]) == len(rows_of(page, f"Fragen zum Nachfragen, Welle {_wave(said)}"))


def _detectable(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = [row for row in _tested(page, found[2]) if re.search(r"\d", row["p nach Holm"])]
    many = number(found[3]) if found[3] else 1
    return (number(found[1]), many) == (min(int(cell_of(row, "n (")) for row in rows), len(rows))


def _alpha(page: Page, said: Said, found: re.Match[str]) -> bool:
    rows = rows_of(page, f"Interne Konsistenz je Handlungsfeld, Welle {_wave(said)}")
    given = [row["Alpha"] for row in rows if re.match(r"[−\d]", row["Alpha"])]
    ends = min(given, key=decimal_of), max(given, key=decimal_of)
    return (number(found[1]), number(found[2]), found[3], found[4]) == (len(given), len(rows), *ends)


def _shown(page: Page, said: Said, found: re.Match[str]) -> bool:
    """The tables of the fields have a row for the Kreis and one for each that is shown."""
    rows = {len(rows) - 2 for rows in page.tables.values()}
    return not page.tables or rows == {number(found[1] or found[2] or "ein")}


OF_ALL = [
    (rf"^In der Welle (\w+) haben {NUMBER} Verwaltungen mindestens", _answered),
    (r"^Am weitesten auseinander liegen die Werte .*„([^“]+)“: Die mittlere Hälfte reicht von (\d+) bis (\d+) Punkten \(n\s=\s(\d+)\)", _widest),
    (rf"^Am häufigsten liegt „([^“]+)“ unter (\d+) Punkten: in (?:{NUMBER} von {NUMBER}|allen {NUMBER}) Kommunen", _repeated),
    (rf"^Was diese {NUMBER} Fragen beschreiben.* \(weniger als (\d+) Punkte", _questions_repeated),
    (rf"^Aus {NUMBER} Kommunen liegen Angaben aus", _compared_over_waves),
    (r"^In mehr als der Hälfte der Kommunen (höher|niedriger) angegeben als \w+: (.+)\.$", _mostly),
    (rf"^In {NUMBER} von {NUMBER} Handlungsfeldern schätzen .* (niedriger|höher) ein .* im Mittel um {NUMBER}(?: bis {NUMBER})? Punkte", _see_otherwise),
    (rf"^{NUMBER} Handlungsfelder sind nicht getestet", _untested),
    (r"^Das zeigt sich in den meisten der (.+?) Kommunen", _in_most),
    (rf"^Bei {NUMBER} Fragen? weichen die Antworten", _asking),
    (rf"lassen sich mit {NUMBER} Kommunen nicht sicher erkennen: In der Welle (\w+) .*?(?:für {NUMBER} Handlungsfelder|eine)", _detectable),
    (rf"^In {NUMBER} von {NUMBER} Handlungsfeldern lässt sich Alpha angeben; es reicht von (\S+) bis (\S+)\.$", _alpha),
    (rf"^Gezeigt sind .+? und (?:alle {NUMBER}|{NUMBER} von {NUMBER}) kreisangehörigen Kommunen", _shown),
]  # fmt: skip
