"""The words of a report that are always the same: what the terms of the code are in German."""

from __future__ import annotations

SETTINGS = {
    "questionnaire": "Selbstcheck",
    "workshop": "Workshop",
    "dialogue": "Dialogveranstaltung",
}
MISSING = {
    "skipped": "keine Angabe",
    "dont_know": "weiß nicht",
    "not_applicable": "nicht zuständig",
    "not_chosen": "Feld nicht gewählt",
    "not_asked": "nicht gestellt",
}
ASPECTS = {"concept": "Konzept", "practice": "Umsetzung", "": "–"}
LEVELS = {
    "item": "Frage",
    "criterion": "Kriterium",
    "dimension": "Handlungsfeld",
    "overall": "Gesamtwert",
}
RULES = {
    "trimmed": "Leerzeichen entfernt",
    "number_format": "Zahlenformat vereinheitlicht",
    "decimal_comma": "Dezimalkomma gelesen",
    "spelling": "Schreibweise zugeordnet",
    "municipality_name": "Name der Kommune zugeordnet",
    "ags_zero_restored": "führende Null des Gemeindeschlüssels ergänzt",
    "pseudonymised": "durch eine Nummer ersetzt",
    "sheet_without_answer": "Bogen ohne Antwort nicht gezählt",
    "column_ignored": "Spalte nicht ausgewertet",
    "encoding": "Zeichensatz erkannt",
}
#: The words of the report, explained.
GLOSSARY = (
    ("Handlungsfeld", "Ein Themenbereich des Fragebogens; er gliedert sich in Kriterien und Fragen."),
    ("Punkte", "0 bis 100 je Frage; 100 bedeutet die höchste Stufe der Antwortskala."),
    ("Spanne", "Kleinster und größter Wert, der mit den offenen Fragen noch möglich wäre."),
    ("Abdeckung", "Anteil der beantworteten an den zutreffenden Fragen."),
    ("Konzept und Umsetzung", "Was beabsichtigt ist, und was getan wird."),
    (
        "Vergleichsgruppe",
        "Andere Kommunen derselben Studie und Welle, ohne Namen; ab 8 Kommunen, die eigene zählt nicht mit.",
    ),
    ("Median", "Der mittlere Wert: Eine Hälfte der anderen liegt darunter, eine darüber."),
    ("Mittlere Hälfte", "Der Bereich, in dem die mittlere Hälfte der Werte der anderen liegt."),
    ("n", "Zahl der Bögen, aus denen ein Wert berechnet ist."),
)
#: How the groups of a comparison are called.
GROUPINGS = {
    "size_and_kind": "gleiche Art und Größenklasse",
    "kind": "gleiche Art",
    "all": "alle teilnehmenden Kommunen",
}
#: What moves a score under other sensible choices.
CHOICES = {
    "open_items": "offene Fragen",
    "weights": "Gewichte",
    "level": "Ebene",
    "left_out": "Kriterium weglassen",
    "": "–",
}
#: What the methods of the report rest on.
SOURCES = (
    "OECD/JRC (2008): Handbook on Constructing Composite Indicators (gewichtete Mittelwerte).",
    "Cohen, Cohen, Aiken und West (1999): The problem of units and the circumstance for POMP, Multivariate "
    "Behavioral Research 34 (Punkte von 0 bis 100).",
    "Hyndman und Fan (1996): Sample quantiles in statistical packages (Quartile, Typ 7).",
    "Manski (2003): Partial Identification of Probability Distributions (Spannen ohne Annahmen über offene "
    "Fragen).",
)
