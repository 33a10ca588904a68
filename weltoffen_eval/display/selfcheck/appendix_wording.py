"""The computed sentences of the appendix, in German: what came, what changed, how numbers come about."""

from __future__ import annotations

from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.display import numbers
from weltoffen_eval.display.words import LEVELS, MISSING, RULES
from weltoffen_eval.results.profile import Profile


def rule(name: str) -> str:
    """What a rule of the cleaning log did."""
    if name.startswith("correction: "):
        return "berichtigt (" + name.removeprefix("correction: ") + ")"
    return RULES.get(name, name)


def persons_rule(name: str) -> str:
    """What a rule did to values of persons; the reason of a correction may tell of one of them."""
    return "berichtigt" if name.startswith("correction: ") else rule(name)


def data_received(profile: Profile) -> str:
    """How many sheets came and how many of them count."""
    records = profile.records.drop_duplicates(["setting", "perspective", "respondent"])
    counted = int(records["counted"].sum())
    sentence = f"Aus {profile.municipality.name} liegen {numbers.count(len(records), 'Bogen', 'Bögen')} vor"
    if counted < len(records):
        sentence += f"; gezählt werden {counted}, weil die übrigen keine Antwort enthalten"
    return sentence + "."


def cleaning(profile: Profile) -> str:
    """How many values were changed on their way from the raw file to the evaluation."""
    changes = len(profile.sheets_log)
    if len(profile.cleaning_log) == 0:
        return "An den Angaben dieser Kommune wurde nichts verändert."
    if changes == 0:
        return ""
    return (
        f"{numbers.count(changes, 'Angabe wurde', 'Angaben wurden')} vereinheitlicht oder berichtigt. "
        "Jede Änderung steht in der Tabelle."
    )


def unanswered(profile: Profile) -> str:
    """How many questions the administration left open, and how."""
    missing = profile.own_responses["missing"].astype(str)
    parts = [
        f"{number}-mal „{MISSING[kind]}“"
        for kind in ("skipped", "dont_know", "not_applicable", "not_chosen")
        if (number := int((missing == kind).sum()))
    ]
    if not parts:
        return "Die Verwaltung hat jede gestellte Frage beantwortet."
    return (
        f"Ohne Wert sind in den Antworten der Verwaltung: {numbers.listing(parts)}. Eine Frage ohne "
        "Antwort zählt nie als null Punkte."
    )


def method(profile: Profile) -> tuple[str, ...]:
    """How the numbers come about, in plain words."""
    scheme = profile.scheme
    share = numbers.percent(scheme.min_coverage)
    parts = [
        "Jede Antwort zählt zwischen 0 und 100 Punkten, je nach Stufe der Antwortskala. Der Wert eines "
        "Kriteriums oder Handlungsfelds ist der gewichtete Mittelwert der Punkte "
        + (
            "seiner beantworteten Fragen."
            if scheme.levels == "items"
            else "seiner Kriterien, der eines Kriteriums der seiner beantworteten Fragen."
        ),
        "„Weiß nicht“ und „keine Angabe“ gehen nicht als null Punkte ein; sie senken den Anteil der "
        f"beantworteten Fragen. Unter {share} beantworteter Fragen wird kein Wert ausgewiesen. „Nicht "
        "zuständig“, nicht gestellte Fragen und nicht gewählte Felder bleiben außer Betracht.",
        "Die Spanne gibt an, welcher Wert herauskäme, wenn alle offenen Fragen mit der niedrigsten "
        "oder mit der höchsten Stufe beantwortet wären.",
        "Die Vergleichsgruppe sind die anderen Kommunen derselben Studie und Welle: zuerst die derselben "
        "Art und Größenklasse (unter 20 000 Personen, bis 100 000, darüber), bei weniger als "
        f"{LEAST_OTHERS} die derselben Art, sonst alle. Angegeben sind Median und mittlere Hälfte in ganzen "
        "Punkten; die eigene Kommune zählt nicht mit.",
        f"Für die Belastbarkeit wird jedes Feld {DRAWS}-mal neu berechnet: offene Fragen zufällig "
        "beantwortet, Gewichte um bis zur Hälfte verändert, Fragen oder Kriterien gemittelt, ein Kriterium "
        "weggelassen. Genannt ist der Bereich, in dem 9 von 10 dieser Werte liegen, und welche der "
        "Festlegungen "
        "für sich allein am stärksten wirkt. Daneben steht das geometrische Mittel der Kriterien, in dem ein "
        "hoher Wert einen niedrigen weniger ausgleicht.",
        "Mehrere Bögen einer Verwaltung werden gemittelt. Ein Handlungsfeld ist eine Liste von "
        "Maßnahmen, kein Test; die Werte beschreiben einen Stand und sind kein Zeugnis.",
        "Aussagen gelten für die teilnehmenden Kommunen. Weltoffenheit ist kein Prädikat, sondern ein "
        "Prozess.",
    ]
    geometric = [LEVELS[level] for level, mean in scheme.aggregation.items() if mean == "geometric"]
    if geometric:
        parts.append(
            "Das Bewertungsschema verwendet für "
            + numbers.listing(geometric)
            + " den geometrischen Mittelwert; Teile unter 1 Punkt zählen dabei als 1 Punkt."
        )
    return tuple(parts)


def provenance(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Where the numbers come from; never the clock of the run."""
    facts = [
        ("Studie", profile.study.title),
        ("Quelle", profile.study.source or "–"),
        ("Lizenz der Daten", profile.study.licence or "–"),
        ("Stand der Daten", numbers.date(profile.wave.date)),
        ("Fragebogen", f"{profile.instrument.title['de']}, Ausgabe {profile.instrument.edition}"),
        ("Fragebogen (SHA-256)", profile.instrument.sha256),
        ("Bewertungsschema", profile.scheme.title["de"]),
        ("Bewertungsschema (SHA-256)", profile.scheme.sha256),
        ("Dateien", numbers.listing(sorted({str(path) for path in profile.records["file"]}))),
        *([("Antworten der Verwaltung (SHA-256)", profile.data_sha256)] if profile.data_sha256 else []),
        ("Programm", str(profile.provenance["software"])),
    ]
    return tuple(facts)
