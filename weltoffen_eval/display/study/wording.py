"""The computed sentences of the reports on a whole study, in German; no municipality is named in them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from weltoffen_eval.analysis.across import FALSE_DISCOVERY_RATE, detectable_effect
from weltoffen_eval.analysis.comparison import LEAST_OTHERS
from weltoffen_eval.analysis.disclosure import LEAST_MUNICIPALITIES
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.analysis.reliability import LEAST_ITEMS, LEAST_RESPONDENTS
from weltoffen_eval.display import numbers
from weltoffen_eval.display.alternatives import alternative, clipped
from weltoffen_eval.results.overview import Overview

_REASONS = {
    "disclosure": f"weniger als {LEAST_MUNICIPALITIES} Kommunen, deren Werte gezeigt werden",
    "group_size": "zu wenige Personen",
    "no_variance": "keine Unterschiede in den Antworten",
    "no_responses": "keine Antworten",
    "not_estimable": "nicht schätzbar",
    "fewer_than_2_units": "weniger als 2 Kommunen",
    "one_rating_each": "nur eine Person je Kommune",
    "no_variance_between": "keine Unterschiede zwischen Kommunen",
    "no_variance_within": "keine Unterschiede innerhalb",
    "no_variance_or_n_below_10": "keine Unterschiede oder weniger als 10",
    "no_error_variance": "keine Fehlervarianz",
    f"k_below_{LEAST_ITEMS}": f"weniger als {LEAST_ITEMS} Fragen",
}


def reason(code: str) -> str:
    """Why a number is missing."""
    if code.startswith("n_below_"):
        return f"n unter {code.removeprefix('n_below_')}"
    return _REASONS.get(code, code)


def took_part(overview: Overview, wave: str) -> str:
    """How many municipalities a wave rests on."""
    rows = overview.own_scores
    rows = rows[(rows["wave"] == wave) & (rows["level"] == "dimension") & rows["score"].notna()]
    n = rows["municipality"].nunique()
    return (
        f"In der Welle {wave} haben n = {n} Verwaltungen mindestens ein Feld so weit beantwortet, "
        "dass ein Wert "
        "ausgewiesen ist. Aussagen gelten für die teilnehmenden Kommunen; sie sind keine Stichprobe."
    )


def spread(overview: Overview, wave: str) -> str:
    """In which dimension the administrations see themselves furthest, and where they differ most."""
    dimensions = overview.instrument(wave).dimensions
    found = {d.title["de"]: overview.spread(wave, d.id) for d in dimensions}
    found = {title: entry for title, entry in found.items() if not math.isnan(entry.median)}
    if not found:
        return f"Für Quartile braucht es die Werte von mindestens {LEAST_OTHERS + 1} Kommunen."
    # as printed, so that the sentence does not tell apart what the table shows alike
    widths = {title: numbers.whole(e.q75) - numbers.whole(e.q25) for title, e in found.items()}
    widest = [title for title, width in widths.items() if width == max(widths.values())]
    if len(widest) == len(found) > 1:
        return "In allen Feldern liegen die Werte gleich weit auseinander."
    if len(widest) > 1:
        named = numbers.listing([f"„{title}“" for title in widest])
        return f"Am weitesten auseinander liegen die Werte in den Feldern {named}."
    entry = found[widest[0]]
    return (
        f"Am weitesten auseinander liegen die Werte im Feld „{widest[0]}“: Die mittlere Hälfte reicht von "
        f"{numbers.points(entry.q25)} bis {numbers.points(entry.q75)} Punkten (n = {entry.n})."
    )


def gaps(overview: Overview, wave: str) -> str:
    """In how many fields the persons of the workshops say otherwise than the administrations."""
    found = [f for f in overview.across if f.wave == wave and f.quantity == "holm_p"]
    if not found:
        return "In dieser Welle liegen keine Antworten von Personen vor, die sich vergleichen ließen."
    tested = [f for f in found if not math.isnan(f.value)]
    if not tested:
        return "Für einen Test über Kommunen hinweg sind es zu wenige Kommunen; die Tabelle beschreibt nur."
    fewest, most = min(int(f.n) for f in tested), max(int(f.n) for f in tested)
    n = f"{fewest}" if fewest == most else f"{fewest} bis {most}"
    clear = sum(f.value <= 0.05 for f in tested)
    effect = numbers.decimal(detectable_effect(fewest), 2)
    return (
        f"In {clear} von {len(tested)} Feldern weichen die Antworten der Personen über die Kommunen "
        "hinweg in "
        f"dieselbe Richtung von denen der Verwaltung ab (Wilcoxon-Test, nach Holm für {len(tested)} Felder "
        f"berichtigt, p höchstens 0,05; n = {n} Kommunen, jede zählt einmal). Mit n = {fewest} ließe sich "
        "eine mittlere "
        f"Abweichung ab etwa {effect} Standardabweichungen in 4 von 5 Fällen erkennen; was kleiner "
        "ist, bleibt "
        "offen."
    )


def mean_gaps(rows: Sequence[tuple[str, Finding]], wave: str) -> str:
    """The alternative text of the mean gaps: every field with its value."""
    parts = [f"{clipped(title, 60)} {signed(gap.value)} (n = {int(gap.n)})" for title, gap in rows]
    return alternative(
        f"Punktediagramm der mittleren Abweichung der Personen von der Verwaltung in Punkten, Welle {wave}: ",
        parts,
    )


def worth_asking(overview: Overview, wave: str) -> str:
    """What the list of items is, and what it is not."""
    found = overview.worth_asking(wave)
    if not found:
        return (
            "Bei keiner einzelnen Frage hebt sich die Abweichung über die Kommunen hinweg vom Zufall ab "
            "(Benjamini-Hochberg, Anteil falscher Treffer höchstens "
            f"{numbers.decimal(FALSE_DISCOVERY_RATE, 2)})."
        )
    questions = numbers.count(len(found), "Frage", "Fragen")
    return (
        f"Bei {questions} gehen die Antworten in vielen Kommunen in dieselbe Richtung auseinander. "
        "Die Liste ist "
        "ein Anlass zum Nachfragen, kein Nachweis: Etwa eine von zehn solcher Fragen ist ein "
        "falscher Treffer."
    )


def alpha(overview: Overview, wave: str) -> str:
    """What alpha says here, and that a low one is no defect."""
    found = [f for f in overview.reliability if f.wave == wave and f.quantity == "alpha" and not f.variant]
    shown = [f for f in found if not math.isnan(f.value)]
    note = (
        "Ein Handlungsfeld ist eine Liste von Maßnahmen: Niedrige Werte sind kein Mangel, und keine "
        "Frage wird "
        "ihretwegen gestrichen."
    )
    if not shown:
        return (
            f"Alpha ist in keinem Feld ausgewiesen: Es braucht mindestens {LEAST_RESPONDENTS} "
            "Verwaltungen, die "
            f"alle Fragen des Feldes beantwortet haben. {note}"
        )
    lowest, highest = min(f.value for f in shown), max(f.value for f in shown)
    return (
        f"Alpha liegt in {len(shown)} von {len(found)} Feldern vor und reicht von "
        f"{numbers.decimal(lowest, 2)} bis "
        f"{numbers.decimal(highest, 2)}. {note}"
    )


def agreement(overview: Overview, wave: str) -> str:
    """How far the persons of the workshops agree over all questions."""
    found = [
        f.value
        for f in overview.agreement
        if f.wave == wave
        and f.quantity == "krippendorff_alpha"
        and f.variant == "ordinal"
        and f.value == f.value
    ]
    if not found:
        return "In dieser Welle liegen keine Antworten von Personen vor, die sich vergleichen ließen."
    if len(found) < LEAST_MUNICIPALITIES:
        return f"Mit weniger als {LEAST_MUNICIPALITIES} Workshops ist über alle hinweg nichts ausgewiesen."
    median = statistics.median(found)
    return (
        f"Krippendorffs Alpha (ordinal, über alle Fragen) hat in n = {len(found)} Workshops den Median "
        f"{numbers.decimal(median, 2)}. Menschen mit verschiedener Sicht sollen verschieden antworten; ein "
        "niedriger Wert ist kein Mangel."
    )


def provenance(overview: Overview) -> tuple[tuple[str, str], ...]:
    """Where the numbers come from; never the clock of the run."""
    editions = {
        f"{i.title['de']}, Ausgabe {i.edition}": i.sha256 for i in overview.study.instruments.values()
    }
    return (
        ("Studie", overview.study.title),
        ("Quelle", overview.study.source or "–"),
        ("Lizenz der Daten", overview.study.licence or "–"),
        ("Stand der Daten", numbers.listing([numbers.date(wave.date) for wave in overview.waves])),
        *((f"Fragebogen (SHA-256): {title}", digest) for title, digest in editions.items()),
        ("Bewertungsschema", overview.scheme.title["de"]),
        ("Bewertungsschema (SHA-256)", overview.scheme.sha256),
        ("Programm", str(overview.provenance["software"])),
    )


def interval(finding: Finding | None, digits: int = 1) -> str:
    """ "−9,2 bis −2,9", or why there is none."""
    if finding is None:
        return "–"
    if math.isnan(finding.low):
        return reason(finding.reason) if finding.reason else "–"
    return f"{signed(finding.low, digits)} bis {signed(finding.high, digits)}"


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign, as it is printed in German."""
    if math.isnan(value):
        return "–"
    text = numbers.decimal(value, digits).replace("-", "−")
    return "0" if text in ("−0", "0") else text if value < 0 else f"+{text}"


def p_value(value: float) -> str:
    """ "0,032", or "< 0,001"."""
    if math.isnan(value):
        return "–"
    return "< 0,001" if value < 0.001 else f"{value:.3f}".replace(".", ",")
