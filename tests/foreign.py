"""Three studies that are no Selbstcheck: residents by district, schools with forty fields, a single question."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<rect width="120" height="40" fill="#ffcc00"/><circle cx="20" cy="20" r="14" fill="#334455"/></svg>'
)
#: Too light for text on white; as such it is darkened.
COLOUR = "#ffcc00"


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def write_foreign(
    folder: Path,
    *,
    study: str,
    instrument: str,
    items: list[list[object]],
    register: list[list[object]],
    answers: list[list[object]],
    language: str = "de",
) -> Path:
    """A study with a questionnaire of its own; ``items``: item, dimension, text."""
    (folder / "instrument").mkdir(parents=True)
    (folder / "study.toml").write_text(study, encoding="utf-8")
    (folder / "instrument" / "instrument.toml").write_text(instrument, encoding="utf-8")
    head = ["item", "dimension", "position", "scale", "direction", f"text_{language}"]
    rows = [[item, field, n, "steps", 1, text] for n, (item, field, text) in enumerate(items, start=1)]
    write_csv(folder / "instrument" / "items.csv", [head, *rows])
    write_csv(folder / "municipalities.csv", [["municipality", "name", "kind"], *register])
    ids = [row[0] for row in items]
    write_csv(folder / "answers.csv", [["municipality", "respondent", *ids], *answers])
    return folder


def scale(language: str, *labels: str) -> str:
    """A scale of as many steps as there are labels."""
    last = len(labels) - 1
    options = ", ".join(
        f'{{ code = {n}, points = {100 * n / last:g}, label = {{ {language} = "{label}" }} }}'
        for n, label in enumerate(labels)
    )
    skipped = {"de": "ohne Antwort", "en": "no answer"}[language]
    return (
        f'[[scale]]\nid = "steps"\nkind = "ordinal"\noptions = [{options}]\n'
        f'non_answers = [{{ kind = "skipped", label = {{ {language} = "{skipped}" }} }}]\n'
    )


def districts(folder: Path) -> Path:
    """Twelve districts with fourteen residents each; labels in English only; a brand with logo and colour."""
    study = f"""id = "districts"
title = "Leben im Bezirk (erfunden)"
instrument = "./instrument"
synthetic = true
brand = {{ name = {{ de = "Stadtforschung Nord" }}, logo = "logo.svg", logo_text = {{ de = "Kreis auf gelbem Grund" }}, colour = "{COLOUR}" }}

[report]
perspective = "residents"
[words]
unit = {{ de = ["Bezirk", "Bezirke"] }}
answers_from = {{ de = "Befragung der Einwohnerinnen und Einwohner" }}

[[wave]]
id = "2025"
date = 2025-05-31

[[file]]
path = "answers.csv"
wave = "2025"
setting = "questionnaire"
perspective = "residents"
unit = "persons"
"""
    instrument = """id = "districts"
edition = "1"
title = { en = "Living in the district" }
source = "made for a test"
licence = "CC0-1.0"
[[dimension]]
id = "safety"
title = { en = "Safety" }
[[dimension]]
id = "green"
title = { en = "Parks and trees" }
""" + scale("en", "not at all", "somewhat", "fully")
    items: list[list[object]] = [
        [f"{field[0].upper()}{n}", field, text]
        for field, texts in (
            ("safety", ["Streets are lit at night.", "Children can walk to school.", "Help comes quickly."]),
            ("green", ["There is a park nearby.", "Trees give shade.", "Benches are in good repair."]),
        )
        for n, text in enumerate(texts, start=1)
    ]
    register: list[list[object]] = [[f"d{n}", f"Viertel {chr(65 + n)}", ""] for n in range(12)]
    answers: list[list[object]] = [
        [f"d{n}", f"r{person}", *((n + person * (item + 2)) % 3 for item in range(6))]
        for n in range(12)
        for person in range(14)
    ]
    target = write_foreign(
        folder, study=study, instrument=instrument, items=items, register=register, answers=answers,
        language="en",
    )  # fmt: skip
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    return target


def schools(folder: Path) -> Path:
    """Ten schools, forty fields of two questions, answered by the staff: a perspective of the study's own."""
    study = """id = "schools"
title = "Schulen im Vergleich (erfunden)"
instrument = "./instrument"
synthetic = true

[[perspective]]
id = "staff"
title = { de = "Kollegium" }
[report]
perspective = "staff"
[words]
unit = { de = ["Schule", "Schulen"] }

[[wave]]
id = "2025"
date = 2025-05-31

[[file]]
path = "answers.csv"
wave = "2025"
setting = "questionnaire"
perspective = "staff"
unit = "institution"
"""
    fields = "".join(
        f'[[dimension]]\nid = "f{n:02d}"\ntitle = {{ de = "Bereich {n}" }}\n' for n in range(1, 41)
    )
    instrument = f"""id = "schools"
edition = "1"
title = {{ de = "Schulprofil" }}
source = "made for a test"
licence = "CC0-1.0"
{fields}{scale("de", "gar nicht", "wenig", "ziemlich", "ganz")}"""
    items: list[list[object]] = [
        [f"F{n:02d}{part}", f"f{n:02d}", f"Aussage {part} zum Bereich {n} trifft zu."]
        for n in range(1, 41)
        for part in "ab"
    ]
    register: list[list[object]] = [[f"s{n}", f"Lindenschule {n}", ""] for n in range(10)]
    answers: list[list[object]] = [
        [f"s{n}", "", *((n + item * 3) % 4 if (n + item) % 11 else "" for item in range(80))]
        for n in range(10)
    ]
    return write_foreign(
        folder, study=study, instrument=instrument, items=items, register=register, answers=answers
    )


def question(folder: Path) -> Path:
    """Nine towns and a single question in a single field."""
    study = """id = "question"
title = "Eine Frage (erfunden)"
instrument = "./instrument"
synthetic = true

[words]
answers_from = { de = "Angaben der Webseite" }

[[wave]]
id = "2025"
date = 2025-05-31

[[file]]
path = "answers.csv"
wave = "2025"
setting = "questionnaire"
perspective = "administration"
"""
    instrument = """id = "question"
edition = "1"
title = { de = "Eine Frage" }
source = "made for a test"
licence = "CC0-1.0"
[[dimension]]
id = "only"
title = { de = "Fahrplan" }
""" + scale("de", "fehlt", "vorhanden")
    register: list[list[object]] = [[f"t{n}", f"Ort {chr(65 + n)}", "Gemeinde"] for n in range(9)]
    answers: list[list[object]] = [[f"t{n}", "", n % 2] for n in range(9)]
    return write_foreign(
        folder, study=study, instrument=instrument,
        items=[["Q1", "only", "Der Fahrplan steht im Netz."]], register=register, answers=answers,
    )  # fmt: skip
