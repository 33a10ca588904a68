"""Words that a report has besides those of its notebook, in German and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: Languages whose words we have; a report in any other has the English ones round it.
_GERMAN = {
    "contents": "Inhalt",
    "skip": "Zum Inhalt springen",
    "made": "Erstellt mit weltoffen-eval.",
    "page": "Seite",
    "part": "Teil",
    "of": "von",
    "attached": "Anhang dieser Datei",
    "untitled": "Auswertung",
    "row": "Zeile",
    "column": "Spalte {number}",
    "table": "Tabelle: {title}",
    "table of cell": "Tabelle aus Zelle {cell}",
    "footnotes": "Fußnoten",
    "back": "zurück",
    "quoted": "„{text}“",
    "hint": "Hinweis",
    "error": "Fehler",
    "picture": "Abbildung",
    "access": "Barrierefreiheit",
    "undescribed": "Diese Abbildung hat keine Beschreibung. "
    "Wer sie nicht sieht, erfährt nicht, was sie zeigt.",
    "without description": "Abbildung aus Zelle {cell} ohne Beschreibung",
    "no description": "ohne Beschreibung",
    "picture missing": "Ein Bild ist nicht enthalten: {text}.",
    "picture elsewhere": "Ein Bild ist nicht enthalten: {text}. Es liegt an einem anderen Ort: {address}",
    "failed": "Zelle {cell} des Notebooks endete mit einem Fehler ({said}).",
    "unreadable": "Ein Teil aus Zelle {cell} des Notebooks ist nicht lesbar.",
    "not shown": "Ein Teil aus Zelle {cell} des Notebooks lässt sich hier nicht zeigen: {what}.",
    "plotly": "eine interaktive Abbildung (Plotly)",
    "vega": "eine interaktive Abbildung (Vega)",
    "bokeh": "eine interaktive Abbildung (Bokeh)",
    "widget": "ein Bedienelement",
    "script": "ein Teil, der erst durch ein Programm im Browser entsteht",
    "window": "eine eingebettete Seite",
    "window at": "eine eingebettete Seite ({address})",
    "video": "ein Film",
    "audio": "eine Tonaufnahme",
    "field": "ein Formular",
    "document": "ein PDF-Dokument",
    "map": "eine interaktive Karte",
    "object": "ein Objekt, das keine lesbare Form hat",
    "data": "Daten der Art {kind}",
}
_ENGLISH = {
    "contents": "Contents",
    "skip": "Skip to content",
    "made": "Made with weltoffen-eval.",
    "page": "Page",
    "part": "part",
    "of": "of",
    "attached": "attached to this file",
    "untitled": "Report",
    "row": "Row",
    "column": "Column {number}",
    "table": "Table: {title}",
    "table of cell": "Table of cell {cell}",
    "footnotes": "Footnotes",
    "back": "back",
    "quoted": "“{text}”",
    "hint": "Note",
    "error": "Error",
    "picture": "Figure",
    "access": "Accessibility",
    "undescribed": "This figure has no description. Who does not see it does not learn what it shows.",
    "without description": "Figure of cell {cell} without description",
    "no description": "without description",
    "picture missing": "A picture is not included: {text}.",
    "picture elsewhere": "A picture is not included: {text}. It lies in another place: {address}",
    "failed": "Cell {cell} of the notebook ended with an error ({said}).",
    "unreadable": "A part of cell {cell} of the notebook cannot be read.",
    "not shown": "A part of cell {cell} of the notebook cannot be shown here: {what}.",
    "plotly": "an interactive figure (Plotly)",
    "vega": "an interactive figure (Vega)",
    "bokeh": "an interactive figure (Bokeh)",
    "widget": "a control",
    "script": "a part that only a program in the browser makes",
    "window": "an embedded page",
    "window at": "an embedded page ({address})",
    "video": "a film",
    "audio": "a sound recording",
    "field": "a form",
    "document": "a PDF document",
    "map": "an interactive map",
    "object": "an object that has no readable form",
    "data": "data of the kind {kind}",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Words:
    """The words of a report in one language, a language tag such as ``de`` or ``en-GB``."""

    def __init__(self, language: str = "de"):
        self.language = language
        #: The language of the words themselves.
        self.own = "de" if language.split("-")[0].lower() == "de" else "en"
        self._words = _GERMAN if self.own == "de" else _ENGLISH

    def __call__(self, name: str, **values: object) -> str:
        return self._words[name].format(**values)


def language_of(metadata: Mapping[str, Any], otherwise: str = "de") -> str:
    """The language in which a notebook says that it is written: ``lang`` or ``language`` of its metadata."""
    for key in ("lang", "language", "language_code", "locale"):
        said = metadata.get(key)
        if isinstance(said, str) and _TAG.fullmatch(said.split(".")[0].replace("_", "-")):
            return said.split(".")[0].replace("_", "-")
    return otherwise
