"""How the columns of the kinds of file other than responses are headed: by id, or by a German word."""

from __future__ import annotations

from collections.abc import Mapping

_WHOSE = {"municipality": ("Kommune",), "ags": ("AGS",)}
_WHEN = {"wave": ("Welle",), "setting": ("Rahmen", "Modul")}
_FIELD = {"dimension": ("Handlungsfeld",)}
_TEXT = {"text": ("Text", "Wortlaut")}
_RELEASED = {"released": ("freigegeben", "Freigabe")}

#: By kind of file its columns in order, each with the German words that may stand for its id.
HEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "field_ratings": {
        **_WHOSE, **_WHEN, "respondent": ("Person", "Nummer"), "perspective": ("Perspektive", "Gruppe"),
        **_FIELD, "rating": ("Bewertung", "Wert"),
    },
    "notes": {
        **_WHOSE, **_WHEN, **_FIELD, "text": ("Text", "Notiz"), "kind": ("Art",), "group": ("Gruppe",),
        **_RELEASED,
    },
    "participants": {
        **_WHOSE, **_WHEN, "participant": ("Person", "Nummer"), "perspective": ("Perspektive",),
        "organisation": ("Organisation", "Einrichtung"), "stratum": ("Schicht", "Merkmal"),
        "present": ("anwesend", "gekommen"),
    },
    "statements": {
        **_WHOSE, **_WHEN, "statement": ("Aussage", "Nummer"), "question": ("Frage", "Leitfrage"), **_TEXT,
        "group": ("Gruppe",), **_RELEASED,
    },
    "codes": {
        **_WHOSE, **_WHEN, "statement": ("Aussage", "Nummer"),
        "coder": ("Codiert von", "Kodiert von", "Person"), "code": ("Code", "Kode"),
    },
    "codebook": {
        **_WHEN, "code": ("Code", "Kode"), "title": ("Titel", "Bezeichnung"), "definition": ("Definition",),
        "anchor": ("Ankerbeispiel", "Beispiel"), "boundary": ("Abgrenzung",), **_FIELD,
        "influence": ("Einfluss",), "sensitive": ("sensibel",),
    },
    "questions": {**_WHEN, "question": ("Frage", "Leitfrage", "Nummer"), **_TEXT},
    "outcomes": {
        **_WHOSE, **_WHEN, "position": ("Position", "Nummer"), "text": ("Text", "Ergebnis"),
        "source": ("Quelle",),
    },
    "events": {
        **_WHOSE, **_WHEN, "date": ("Datum",), "format": ("Format",), "place": ("Ort",),
        "duration": ("Dauer",), "title": ("Titel",), "participants": ("Teilnehmende", "Personen"),
        "registered": ("angemeldet", "Anmeldungen"), "groups": ("Gruppen",), "seed": ("Startzahl",),
        "invited": ("eingeladen", "Einladung"), "not_reached": ("nicht erreicht",),
        "chosen_by": ("ausgewählt von",), "moderation": ("Moderation",),
        "interpreting": ("Verdolmetschung", "Dolmetschen"), "answered_by": ("beantwortet von",),
        "help": ("Hilfe", "Hilfsangebote"), "next": ("Ausblick", "wie es weitergeht"),
        "source": ("Quelle",),
    },
    "measures": {
        **_WHOSE, **_WHEN, "what": ("Maßnahme", "Was", "Vorhaben"), "measure": ("Kennung", "Nummer"),
        **_FIELD, "who": ("Wer", "Zuständigkeit", "zuständig"), "until": ("Bis wann", "Frist"),
        "evidence": ("Woran erkennbar", "Beleg"), "status": ("Stand", "Status"), "source": ("Quelle",),
        "priority": ("Priorität",), "resources": ("Mittel",),
        "needs_decision": ("Beschluss nötig", "Beschluss erforderlich"), "origin": ("Anlass", "Herkunft"),
        "take": ("übernehmen", "Übernahme"),
    },
}  # fmt: skip
#: What each kind cannot do without; besides whose it is, and of which wave and setting.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "field_ratings": ("perspective", "dimension", "rating"),
    "notes": ("text",),
    "participants": ("participant",),
    "statements": ("statement", "question", "text"),
    "codes": ("statement", "coder", "code"),
    "codebook": ("code", "title"),
    "questions": ("question", "text"),
    "outcomes": ("position", "text"),
    "events": (),
    "measures": ("what",),
}
#: What stands in the table of suggestions for whoever fills it in, and is not read when it comes back.
ASIDE: Mapping[str, tuple[str, ...]] = {"measures": ("question", "answer")}
#: Kinds of which there is a sheet to fill in.
SHEET_KINDS = ("field_ratings", "notes", "statements", "participants", "measures", "outcomes", "events")
#: Kinds that hold for every municipality.
OF_ALL = ("codebook", "questions")
#: Kinds that may leave open where it was.
WITHOUT_SETTING = ("codebook", "questions", "measures")
