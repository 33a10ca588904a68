"""Studies that are a dialogue and nothing else, written as people write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from studies import HOSTILE_TEXTS

#: Three groups; Sprache in all of them, Zeit in two, Sport and Ämter in one; racism is told by two.
STATEMENTS: tuple[tuple[str, str, str, str, str], ...] = (
    ("S1", "1", "Im Sportverein fragt niemand, woher jemand kommt.", "A", "ja"),
    ("S2", "1", "Beim Nachbarschaftsfest kochen alle füreinander.", "A", "ja"),
    ("S3", "1", "Auf dem Markt hört man viele Sprachen.", "B", "nein"),
    ("S4", "1", "In der Bücherei gibt es Vorlesen in fünf Sprachen.", "C", "ja"),
    ("S5", "2", "Daran, dass man gegrüßt wird.", "A", "ja"),
    ("S6", "2", "Ob jemand zuhört.", "B", "nein"),
    ("S7", "3", "Im Bus wurde meine Tochter beschimpft.", "A", "nein"),
    ("S8", "3", "Bei der Wohnungssuche zählt der Name.", "B", "ja"),
    ("S9", "4", "Briefe vom Amt versteht man kaum.", "A", "ja"),
    ("S10", "4", "Kurse liegen in der Arbeitszeit.", "B", "ja"),
    ("S11", "4", "Das Land bewilligt zu wenige Stunden.", "C", "ja"),
    ("S12", "4", "Amtssprache ist schwer, auch für mich.", "C", "nein"),
    ("S13", "4", "Man weiß nicht, wohin.", "C", "nein"),
)
CODES = {
    "S1": "begegnung", "S2": "begegnung", "S3": "sprache", "S4": "sprache", "S5": "gruss", "S6": "zuhoeren",
    "S7": "rassismus", "S8": "rassismus wohnen", "S9": "sprache", "S10": "zeit", "S11": "geld", "S12": "sprache",
}  # fmt: skip
CODEBOOK: tuple[tuple[str, ...], ...] = (
    ("begegnung", "Orte der Begegnung", "Orte und Anlässe, an denen Menschen zusammenkommen", "Nachbarschaftsfest", "ohne Angebote der Verwaltung", "Kommune", ""),
    ("sprache", "Verständliche Sprache", "Mehrsprachigkeit und einfache Worte", "Brief in Leichter Sprache", "", "Kommune", ""),
    ("gruss", "Freundlicher Alltag", "", "", "", "", ""),
    ("zuhoeren", "Zuhören", "", "", "", "", ""),
    ("rassismus", "erlebte Ausgrenzung", "Selbst Erlebtes", "", "", "Kommune", "ja"),
    ("wohnen", "Wohnungssuche", "", "", "", "andere", ""),
    ("zeit", "Zeiten von Angeboten", "", "", "", "Kommune", ""),
    ("geld", "Vorgaben und Mittel des Landes", "", "", "", "andere", ""),
)  # fmt: skip
EVENT: Mapping[str, str] = {
    "Rahmen": "Dialog", "Datum": "21.09.2024", "Format": "Präsenzveranstaltung", "Ort": "Bürgerhaus",
    "Dauer": "drei Stunden", "Teilnehmende": "18", "angemeldet": "22", "Gruppen": "3", "Startzahl": "20240921",
    "eingeladen": "Amtsblatt, Vereine und Handzettel in vier Sprachen",
    "nicht erreicht": "Menschen im Schichtdienst", "Moderation": "Freiwilligenagentur",
    "Verdolmetschung": "Arabisch und Ukrainisch", "Hilfe": "Beratungsstelle im Bürgerhaus, montags",
    "wie es weitergeht": "Der Bericht geht im März an den Sozialausschuss und steht danach auf der Webseite.",
}  # fmt: skip
MEASURES: tuple[Mapping[str, str], ...] = (
    {"Vorhaben": "Briefe in einfacher Sprache", "Wer": "Bürgerbüro", "Bis wann": "Juni 2025", "Anlass": "Aussage:S9", "Stand": "geplant"},
    {"Vorhaben": "Kurse am Abend", "Wer": "Volkshochschule", "Anlass": "Leitfrage:4"},
    {"Vorhaben": "Ein Fest im Jahr", "Anlass": "Ergebnis:1"},
)  # fmt: skip
OUTCOMES = ("Begegnung braucht Orte.", "Sprache öffnet Türen.")
NOTES: tuple[tuple[str, str, str, str], ...] = (
    ("Ob das Fest auf dem Markt bleiben soll, war umstritten.", "Widerspruch", "A", "ja"),
    ("Einige fanden, es werde schon genug getan.", "Widerspruch", "B", "nein"),
    ("Die Verwaltung prüft die Öffnungszeiten.", "Anmerkung", "", "ja"),
)


def write_dialogue(
    folder: Path,
    *,
    name: str = "Dialogstadt",
    statements: Sequence[tuple[str, str, str, str, str]] = STATEMENTS,
    codes: Mapping[str, Mapping[str, str]] | None = None,
    codebook: Sequence[tuple[str, ...]] = CODEBOOK,
    event: Mapping[str, str] = EVENT,
    measures: Sequence[Mapping[str, str]] = MEASURES,
    outcomes: Sequence[str] = OUTCOMES,
    notes: Sequence[tuple[str, str, str, str]] = NOTES,
    participants: Sequence[Sequence[str]] = (),
    questions: Sequence[str] = (),
    events_beside: Sequence[Mapping[str, str]] = (),
    register: Mapping[str, str] | None = None,
    instrument: str = "",
) -> Path:
    """A study of one municipality, ``dialogstadt``; ``codes``: by coder, of each statement its codes.

    What is empty has no file; codes and origins of what is not there are left out.
    """
    coded = {"anna": CODES, "bert": {**CODES, "S8": "wohnen", "S10": "zeit"}} if codes is None else codes
    rows = [
        (statement, coder, code)
        for coder, given in coded.items()
        for statement, several in given.items()
        for code in several.split()
        if statement in {row[0] for row in statements} and code in {row[0] for row in codebook}
    ]
    there = {f"Aussage:{row[0]}" for row in statements} | {f"Leitfrage:{n}" for n in range(1, 5)}
    there |= {f"Ergebnis:{n}" for n in range(1, len(outcomes) + 1)}
    here = "dialogstadt"
    events = [*([event] if event else []), *events_beside]
    heads = list(dict.fromkeys(head for row in events for head in row))
    tables: dict[str, tuple[Sequence[str], list[Sequence[str]]]] = {
        "events": (
            ("Kommune", *heads),
            [(here, *(row.get(head, "") for head in heads)) for row in events],
        ),
        "statements": (
            ("Kommune", "Aussage", "Leitfrage", "Text", "Gruppe", "freigegeben"),
            [(here, *row) for row in statements],
        ),
        "codes": (("Kommune", "Aussage", "Codiert von", "Code"), [(here, *row) for row in rows]),
        "codebook": (
            ("Code", "Titel", "Definition", "Ankerbeispiel", "Abgrenzung", "Einfluss", "sensibel"),
            list(codebook),
        ),
        "outcomes": (
            ("Kommune", "Position", "Ergebnis"),
            [(here, str(number), text) for number, text in enumerate(outcomes, start=1)],
        ),
        "measures": (
            ("Kommune", "Vorhaben", "Wer", "Bis wann", "Anlass", "Stand"),
            [
                (
                    here,
                    *(row.get(head, "") for head in ("Vorhaben", "Wer", "Bis wann")),
                    row.get("Anlass", "") if row.get("Anlass", "") in there or instrument else "",
                    row.get("Stand", ""),
                )
                for row in measures
            ],
        ),
        "notes": (("Kommune", "Text", "Art", "Gruppe", "freigegeben"), [(here, *row) for row in notes]),
        "participants": (
            ("Kommune", "Person", "Perspektive", "Organisation"),
            [(here, *row) for row in participants],
        ),
        "questions": (
            ("Frage", "Wortlaut"),
            [(str(number), text) for number, text in enumerate(questions, start=1)],
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    study = f'id = "{folder.name}"\ntitle = "Dialogstudie"\nsynthetic = true\nlicence = "CC0-1.0"\nsource = "erfunden"\n'
    study += f'instrument = "{instrument}"\n' if instrument else ""
    study += '[[wave]]\nid = "2024"\ndate = 2024-09-21\n\n'
    for kind, (columns, filled) in tables.items():
        if not filled:
            continue
        _write(folder / f"{kind}.csv", [columns, *filled])
        setting = 'setting = "dialogue"\n' if kind != "events" else ""
        study += f'[[file]]\nkind = "{kind}"\npath = "{kind}.csv"\nwave = "2024"\n{setting}'
    (folder / "study.toml").write_text(study, encoding="utf-8")
    of_register = {"municipality": here, "name": name, "kind": "Stadt", **(register or {})}
    _write(folder / "municipalities.csv", [of_register.keys(), of_register.values()])
    return folder


def hostile_dialogue(folder: Path) -> Path:
    """A dialogue in which everything that people write is hostile: questions, topics, statements, who, when."""
    texts = HOSTILE_TEXTS
    event = {head: texts[n % len(texts)] for n, head in enumerate(EVENT)}
    event |= {
        head: EVENT[head]
        for head in ("Rahmen", "Datum", "Teilnehmende", "angemeldet", "Gruppen", "Startzahl")
    }
    topics = {row[0]: row for row in CODEBOOK}
    codebook = [
        (code, texts[n], texts[n], texts[n], texts[n], *topics[code][5:]) for n, code in enumerate(topics)
    ]
    statements = [
        (
            row[0],
            row[1],
            texts[n % len(texts)] + ("" if n < len(texts) else " "),
            f"{row[3]} {texts[0]}",
            "ja",
        )
        for n, row in enumerate(STATEMENTS)
    ]
    return write_dialogue(
        folder,
        name=texts[6],
        event=event,
        codebook=codebook,
        statements=statements,
        outcomes=texts,
        notes=[
            (text, kind, text, "ja")
            for text, kind in zip(texts, ("Widerspruch", "Anmerkung") * 5, strict=True)
        ],
        measures=[
            {"Vorhaben": text, "Wer": text, "Bis wann": text, "Anlass": "Aussage:S1"} for text in texts
        ],
        questions=texts[:4],
    )


def _write(path: Path, rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
