"""A small study with a workshop whose numbers can be worked out by hand; parts of it can be left out.

Two fields of the questionnaire: talk (T1 to T4) and room (R1, R2), five steps of 25 points. The administration:
T1 50, T2 0, T3 100, T4 "weiß nicht", R1 100, R2 50; so talk 50 points, room 75. At the workshop six persons of
civil society, three of politics, two of business; politics and business are told together.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from foreign import write_csv

from weltoffen_eval.results.workshop import WorkshopProfile, load_workshop

ITEMS = ("T1", "T2", "T3", "T4", "R1", "R2")
#: A row per person: the group, and the answers in the order of ITEMS.
SHEETS = (
    ("Zivilgesellschaft", 0, 0, 4, 1, 4, 2), ("Zivilgesellschaft", 0, 0, 4, 2, 4, 2),
    ("Zivilgesellschaft", 0, 0, 4, 1, 3, 1), ("Zivilgesellschaft", 1, 0, 3, 2, 4, 2),
    ("Zivilgesellschaft", 0, 0, 4, 1, 4, 2), ("Zivilgesellschaft", 0, 1, 4, 2, 4, 3),
    ("Politik", 2, 0, 4, 3, 4, 2), ("Politik", 2, 0, 4, 3, 4, 2), ("Politik", 1, 1, 4, 2, 4, 2),
    ("Wirtschaft", 2, 0, 4, 3, 3, 1), ("Wirtschaft", 2, 0, 3, 3, 4, 3),
)  # fmt: skip
_STUDY = """id = "runde"
title = "Eine Runde (erfunden)"
instrument = "./instrument"
synthetic = true

[[wave]]
id = "2024"
date = 2024-06-30

[[file]]
path = "verwaltung.csv"
wave = "2024"
setting = "questionnaire"
perspective = "administration"
"""
_INSTRUMENT = """id = "runde"
edition = "1"
title = { de = "Kleiner Bogen" }
source = "made for a test"
licence = "CC0-1.0"
[[dimension]]
id = "talk"
title = { de = "Gespräch" }
[[dimension]]
id = "room"
title = { de = "Räume" }
[[scale]]
id = "steps"
kind = "ordinal"
options = [
  { code = 0, points = 0, label = { de = "nicht vorhanden" } },
  { code = 1, points = 25, label = { de = "in Planung" } },
  { code = 2, points = 50, label = { de = "vereinzelt" } },
  { code = 3, points = 75, label = { de = "überwiegend" } },
  { code = 4, points = 100, label = { de = "gesichert" } },
]
non_answers = [
  { kind = "dont_know", code = 98, label = { de = "weiß nicht" } },
  { kind = "skipped", label = { de = "keine Angabe" } },
]
"""
_NAMES = {
    "T1": "Beirat",
    "T2": "Leitbild",
    "T3": "Sprechstunde",
    "T4": "Netzwerk",
    "R1": "Treffpunkt",
    "R2": "Saal",
}
#: Notes of every kind; the third may be published.
NOTES = (
    ("talk", "Der Beirat wird gehört", "strength", "no"),
    ("talk", "Es fehlt an Zeit.", "need", "no"),
    ("room", "Der Saal könnte abends offen sein.", "idea", "yes"),
    ("talk", "Ob das Leitbild hilft, blieb strittig.", "dissent", "no"),
    ("talk", "Die Verwaltung hat das geprüft.", "remark", "yes"),
)
#: (perspective, dimension, rating): five persons of politics and six of civil society.
RATINGS = tuple(
    (perspective, field, rating)
    for perspective, ratings in (
        ("Politik", (40, 50, 60, 50, 45)),
        ("Zivilgesellschaft", (20, 30, 25, 35, 30, 40)),
    )
    for rating in ratings
    for field in ("talk",)
)
ALL_PARTS = ("sheets", "notes", "events", "measures", "participants")


def write_study(folder: Path, parts: Collection[str] = ALL_PARTS, *, small: bool = True) -> Path:
    """The study, with these of its parts: ALL_PARTS and ``ratings``.

    ``small``: whether there are small groups; else those of business are of politics.
    """
    (folder / "instrument").mkdir(parents=True)
    listed = _STUDY
    (folder / "instrument" / "instrument.toml").write_text(_INSTRUMENT, encoding="utf-8")
    head = ["item", "dimension", "position", "scale", "direction", "label_de", "text_de"]
    rows = [
        [item, "talk" if item[0] == "T" else "room", n, "steps", 1, name, f"Es gibt: {name}"]
        for n, (item, name) in enumerate(_NAMES.items(), start=1)
    ]
    write_csv(folder / "instrument" / "items.csv", [head, *rows])
    write_csv(folder / "municipalities.csv", [["municipality", "name"], ["ort", "Ort"], ["dorf", "Dorf"]])
    own = [["municipality", *ITEMS], ["ort", 2, 0, 4, 98, 4, 2], ["dorf", 1, 1, 1, 1, 1, 1]]
    write_csv(folder / "verwaltung.csv", own)
    if "sheets" in parts:
        listed += (
            '\n[[file]]\npath = "workshop.csv"\nwave = "2024"\nsetting = "workshop"\n'
            'perspective_column = "Gruppe"\nunit = "persons"\n'
        )
        groups = {} if small else {"Wirtschaft": "Politik"}
        people = [["ort", f"p{n}", groups.get(who, who), *said] for n, (who, *said) in enumerate(SHEETS)]
        write_csv(folder / "workshop.csv", [["municipality", "respondent", "Gruppe", *ITEMS], *people])
    others = {
        "ratings": ("field_ratings", ["respondent", "perspective", "dimension", "rating"],
                    [[f"p{n}", *rating] for n, rating in enumerate(RATINGS)]),
        "notes": ("notes", ["dimension", "text", "kind", "released"], [list(note) for note in NOTES]),
        "events": ("events", ["setting", "date", "place", "format", "moderation", "participants", "chosen_by", "next"],
                   [["workshop", "2024-09-16", "Bürgerhaus", "drei Stunden", "Büro Beispiel", 14, "die Steuerungsgruppe",
                     "Der Ausschuss berät am 4. November"]]),
        "measures": ("measures", ["what", "who", "until", "status"],
                     [["Beirat zweimal im Jahr einladen", "Hauptamt", "Dezember 2024", "planned"],
                      ["Saal abends öffnen", "", "", ""]]),
        "participants": ("participants", ["participant", "perspective", "present"],
                         [["Ada Zeuge", "Politik", "yes"], ["Bela Zeuge", "Politik", "no"],
                          ["Cem Zeuge", "Zivilgesellschaft", "yes"]]),
    }  # fmt: skip
    for name, (kind, columns, rows) in others.items():
        if name in parts:
            listed += f'\n[[file]]\nkind = "{kind}"\npath = "{name}.csv"\nwave = "2024"\n'
            listed += "" if "setting" in columns else 'setting = "workshop"\n'
            write_csv(folder / f"{name}.csv", [["municipality", *columns], *(["ort", *row] for row in rows)])
    (folder / "study.toml").write_text(listed, encoding="utf-8")
    return folder


def workshop_of(
    folder: Path, parts: Collection[str] = ALL_PARTS, audience: str = "internal", *, small: bool = True
) -> WorkshopProfile:
    """The workshop of the study with these of its parts, written into a new folder."""
    return load_workshop(write_study(folder, parts, small=small), "ort", "2024", audience=audience)
