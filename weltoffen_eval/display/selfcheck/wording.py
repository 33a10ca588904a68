"""Every computed sentence of a report, in German: neutral, and each number from the data."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from weltoffen_eval.analysis.comparison import LEAST_OTHERS, named_from
from weltoffen_eval.analysis.robustness import DRAWS
from weltoffen_eval.display import numbers
from weltoffen_eval.display.cover_wording import left_out_others
from weltoffen_eval.display.words import ASPECTS, GROUPINGS, MISSING
from weltoffen_eval.results.profile import Answer, Profile
from weltoffen_eval.results.talking_points import AspectScore, aspect_scores, category_points
from weltoffen_eval.study.questionnaire.instrument import Criterion, Dimension


def withheld(reason: str, profile: Profile) -> str:
    """Why there is no score."""
    scheme = profile.scheme
    return {
        "not_chosen": "Feld nicht gewählt",
        "not_asked": "nicht gestellt",
        "not_applicable": "nicht zuständig",
        "group_size": f"weniger als {scheme.min_group_size} Personen",
        "coverage": "zu wenige Antworten" if scheme.min_coverage < 1 else "nicht vollständig beantwortet",
    }[reason]


def score(row: pd.Series, profile: Profile) -> str:
    """A score, or why there is none."""
    if row["withheld"]:
        return withheld(str(row["withheld"]), profile)
    return numbers.points(row["score"])


def title(profile: Profile, what: str = "Selbstcheck") -> str:
    """The title of a report."""
    return f"{what}: {profile.municipality.name}"


def synthetic(profile: Profile) -> str:
    """That the data are invented; empty where they are not."""
    if not profile.study.synthetic:
        return ""
    return (
        "Diese Daten sind synthetisch erzeugt. Die Kommune ist erfunden, niemand hat diese Antworten gegeben."
    )


def who_answered(profile: Profile) -> str:
    """Who filled the questionnaire in, when, and how much of it."""
    sheets = profile.sheets
    answered, asked = _answered_of_applicable(profile)
    by = (
        "Ausgewertet ist ein Bogen der Verwaltung"
        if sheets == 1
        else f"Ausgewertet sind {sheets} Bögen der Verwaltung; ihre Werte sind gemittelt"
    )
    each = "" if sheets == 1 else " im Mittel"
    chosen = ""
    left_out = _fields(profile, "not_chosen")
    if left_out:
        chosen = (
            f" Nicht gewählt hat die Kommune {numbers.listing([f'„{name}“' for name in left_out])}; "
            "das ist vorgesehen und kein Mangel."
        )
    return (
        f"{by} (Stand: {numbers.date(profile.wave.date)}). Beantwortet sind{each} "
        f"{numbers.part_of(answered, asked)} Fragen, die auf die Kommune zutreffen.{chosen}"
    )


def _answered_of_applicable(profile: Profile) -> tuple[float, float]:
    rows = profile.own_scores
    items = rows[rows["level"] == "item"]
    return float(items["n_answered"].sum()), float(items["n_items"].sum())


def _fields(profile: Profile, reason: str) -> list[str]:
    return [
        dimension.title["de"]
        for dimension in profile.instrument.dimensions
        if profile.score("dimension", dimension.id)["withheld"] == reason
    ]


def dimension_score(profile: Profile, dimension: str) -> str:
    """One neutral sentence about a field, and what its open questions could change."""
    row = profile.score("dimension", dimension)
    answered = numbers.part_of(row["n_answered"], row["n_items"])
    if row["withheld"] == "coverage":
        return (
            f"Hier ist kein Wert ausgewiesen, weil nur {answered} Fragen beantwortet sind; "
            f"nötig sind mindestens {numbers.percent(profile.scheme.min_coverage)}."
        )
    if row["withheld"]:
        return f"Hier ist kein Wert ausgewiesen ({withheld(row['withheld'], profile)})."
    # the word belongs to the number as it is printed: "50" is never called what is said of less than 50
    band = profile.scheme.band(numbers.whole(row["score"]))
    state = f" – {band.label['de']}" if band else ""
    sentence = f"{numbers.points(row['score'])} von 100 Punkten{state}."
    if row["n_answered"] < row["n_items"]:
        over = " im Mittel der Bögen" if profile.sheets > 1 else ""
        sentence += f" Beantwortet sind{over} {answered} Fragen"
        if numbers.points(row["low"]) != numbers.points(row["high"]):
            sentence += (
                f"; je nach Antwort auf die offenen läge der Wert zwischen "
                f"{numbers.points(row['low'])} und {numbers.points(row['high'])} Punkten"
            )
        sentence += "."
    return sentence


def answer_groups(profile: Profile, dimension: str) -> list[tuple[str, dict[str, int]]]:
    """(answer in words, {item: how many sheets say so}), best option first, non-answers last."""
    items = profile.instrument.items_of(dimension)
    scales = [scale for scale in profile.instrument.scales if any(item.scale == scale.id for item in items)]
    options = [option for scale in scales for option in sorted(scale.options, key=lambda o: -o.points)]
    labels = [*(option.label["de"] for option in options), "Zahl angegeben", *MISSING.values()]
    groups: dict[str, dict[str, int]] = {label: {} for label in labels}
    for item in items:
        for given in profile.answers_to(item.id):
            label = "Zahl angegeben" if given.value is not None else _in_words(given, item.id, profile)
            groups[label][item.id] = groups[label].get(item.id, 0) + 1
    return [(label, group) for label, group in groups.items() if group]


def _in_words(given: Answer, item: str, profile: Profile) -> str:
    if given.missing is not None:
        return MISSING[given.missing]
    if given.value is not None:
        return numbers.decimal(given.value, 2)
    assert given.code is not None
    return profile.instrument.scale_of(item).option(given.code).label["de"]


def answer_count(group: dict[str, int], sheets: int) -> str:
    """ "3 Fragen", or with several sheets "5 Antworten zu 3 Fragen"."""
    questions = numbers.count(len(group), "Frage", "Fragen")
    if sheets == 1:
        return questions
    return f"{numbers.count(sum(group.values()), 'Antwort', 'Antworten')} zu {questions}"


def answer(profile: Profile, item: str) -> str:
    """What was answered to an item, in words; with several sheets each answer with its count."""
    answers = profile.answers_to(item)
    said: dict[str, int] = {}
    for given in answers:
        word = _in_words(given, item, profile)
        said[word] = said.get(word, 0) + 1
    if len(answers) == 1:
        return next(iter(said))
    return ", ".join(f"{word} ({times})" for word, times in said.items())


def dimension_profile(profile: Profile, part: Sequence[Dimension] = ()) -> str:
    """The alternative text of the profile figure: every field with its value."""
    parts = [
        _named_score(d.title["de"], profile.score("dimension", d.id), profile)
        for d in part or profile.instrument.dimensions
    ]
    return alternative(
        f"Punktediagramm der Handlungsfelder von {clipped(profile.municipality.name)} auf einer Linie von 0 "
        f"bis 100 Punkten: ",
        parts,
    )


def criterion_profile(profile: Profile, dimension: str, part: Sequence[Criterion] = ()) -> str:
    """The alternative text of the criteria of one field."""
    parts = [
        _named_score(criterion.title["de"], profile.score("criterion", criterion.id), profile)
        for criterion in part or profile.instrument.criteria_of(dimension)
    ]
    name = clipped(profile.instrument.dimension(dimension).title["de"])
    return alternative(
        f"Punktediagramm der Kriterien im Feld {name} von {clipped(profile.municipality.name)}: ", parts
    )


def _named_score(name: str, row: pd.Series, profile: Profile) -> str:
    """A name with its score; where there is none for want of answers, with how many there are."""
    answered = f" ({numbers.part_of(row['n_answered'], row['n_items'])})"
    return f"{clipped(name)} {score(row, profile)}{answered if row['withheld'] == 'coverage' else ''}"


def clipped(name: str, longest: int = 90) -> str:
    """A name that is not longer than that."""
    return name if len(name) <= longest else name[: longest - 1] + "…"


def alternative(start: str, parts: list[str], longest: int = 380) -> str:
    """Start and as many parts as fit; what does not fit stands in the table below the figure."""
    text = start + "; ".join(parts) + "."
    while len(text) > longest and len(parts) > 1:
        parts = parts[:-1]
        text = start + "; ".join(parts) + "; weitere in der Tabelle."
    return text


def aspects(profile: Profile, dimension: str) -> str:
    """What is intended against what is done; nothing where a field asks for one of them only."""
    items = profile.instrument.items_of(dimension)
    found = aspect_scores(profile, items)
    if not found:
        return ""
    parts = [
        f"{ASPECTS[entry.aspect]} {numbers.points(entry.score)} Punkte "
        f"({numbers.part_of(entry.n_answered, entry.n_items)} Fragen beantwortet)"
        for entry in found.values()
        if entry.score is not None
    ]
    concept, practice = found["concept"].score, found["practice"].score
    if concept is None or practice is None:
        return f"Konzept und Umsetzung: {'; '.join(parts)}." if parts else ""
    # one answer, one category further, moves the smaller group by so much
    fewest = min(entry.n_answered for entry in found.values())
    named_from = max(5.0, category_points(profile, items) / fewest)
    if concept - practice >= named_from:
        verdict = "Beabsichtigt ist mehr, als bisher getan wird"
    elif practice - concept >= named_from:
        verdict = "Getan wird mehr, als in Konzepten festgehalten ist"
    else:
        verdict = "Konzept und Umsetzung liegen nah beieinander"
    return f"{verdict}: {'; '.join(parts)}."


def reference(profile: Profile, dimension: str) -> str:
    """Where a field stands among the others'; empty without a score or without a reference."""
    found, row = profile.reference("dimension", dimension), profile.score("dimension", dimension)
    if found is None or row["withheld"]:
        return ""
    band = f"{numbers.interval(found.q25, found.q75)} Punkte"
    rests_on = f"Median {numbers.points(found.median)}, n = {found.n} andere Kommunen"
    if found.position == 0:
        return f"Der Wert liegt in der mittleren Hälfte der Vergleichsgruppe ({band}; {rests_on})."
    apart = abs(numbers.whole(row["score"]) - found.median)
    widest = category_points(profile, profile.instrument.items_of(dimension))
    if apart < named_from(widest, float(row["n_answered"])):
        return f"Der Wert liegt nah am Median der Vergleichsgruppe (mittlere Hälfte {band}; {rests_on})."
    side = "unter" if found.position < 0 else "über"
    return f"Der Wert liegt {side} der mittleren Hälfte der Vergleichsgruppe ({band}; {rests_on})."


def reference_group(profile: Profile) -> str:
    """With whom the fields are compared, or why they are not."""
    scored = [d.id for d in profile.instrument.dimensions if not profile.score("dimension", d.id)["withheld"]]
    found = [there for name in scored if (there := profile.reference("dimension", name))]
    if not found:
        return (
            "Ein Vergleich mit anderen Kommunen ist nicht möglich: Dafür braucht es die Werte von mindestens "
            f"{LEAST_OTHERS} anderen.{left_out_others(profile.left_out)}"
        )
    groups = dict.fromkeys(GROUPINGS[there.grouping] for there in found)
    counts = sorted({there.n for there in found})
    n = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} bis {counts[-1]}"
    return (
        f"Verglichen wird mit n = {n} anderen Kommunen ({'; '.join(groups)}), ohne Namen und ohne "
        "Reihenfolge. Kleine Unterschiede werden nicht benannt; ein Unterschied ist kein Urteil."
        f"{left_out_others(profile.left_out)}"
    )


def robustness(profile: Profile) -> str:
    """How far other sensible choices could move the scores, and whether they change the comparison."""
    if not profile.bands:
        return ""
    titles = {d.id: d.title["de"] for d in profile.instrument.dimensions}
    widest = max(profile.bands, key=lambda name: profile.bands[name].high - profile.bands[name].low)
    band = profile.bands[widest]
    sentence = (
        f"Unter {DRAWS} zufällig gezogenen anderen Festlegungen läge der Wert im Feld „{titles[widest]}“ am "
        f"weitesten auseinander: in 9 von 10 Fällen zwischen {numbers.points(band.low)} und "
        f"{numbers.points(band.high)} Punkten."
    )
    sides = [b.same_side for b in profile.bands.values() if not math.isnan(b.same_side)]
    if sides:
        firm = sum(side >= 0.9 for side in sides)
        sentence += (
            f" In {firm} von {len(sides)} Feldern bleibt der Wert in mindestens 9 von 10 Fällen auf "
            "derselben "
            "Seite des Medians der Vergleichsgruppe."
        )
    return sentence


def bounds(profile: Profile) -> str:
    """How far the open questions could move the scores, and which most."""
    rows = [(d.title["de"], profile.score("dimension", d.id)) for d in profile.instrument.dimensions]
    shown = [(title, row) for title, row in rows if not row["withheld"]]
    if not shown:
        return "Für kein Feld ist ein Wert ausgewiesen."
    title, widest = max(shown, key=lambda entry: entry[1]["high"] - entry[1]["low"])
    low, high = numbers.points(widest["low"]), numbers.points(widest["high"])
    if low == high:
        return "Kein ausgewiesener Wert könnte sich durch offene Fragen noch um einen Punkt verschieben."
    fixed = sum(numbers.points(row["low"]) == numbers.points(row["high"]) for _, row in shown)
    rest = f" In {fixed} von {len(shown)} Feldern bliebe der Wert gleich." if fixed else ""
    return (
        f"Am weitesten könnten offene Fragen den Wert im Feld „{title}“ verschieben: Er läge zwischen {low} "
        f"und {high} Punkten.{rest}"
    )


def concept_without_practice(criterion: Criterion, concept: AspectScore, practice: AspectScore) -> str:
    """A criterion in which more is intended than done."""
    assert concept.score is not None
    assert practice.score is not None
    return (
        f"{criterion.title['de']}: Konzept {numbers.points(concept.score)} Punkte, "
        f"Umsetzung {numbers.points(practice.score)} Punkte."
    )


def band_words(profile: Profile) -> str:
    """What the words for a state mean."""
    if not profile.scheme.bands:
        return ""
    parts, lower = [], 0.0
    for band in profile.scheme.bands:
        upper = f"unter {numbers.decimal(band.below)}" if band.below <= 100 else "100"
        parts.append(f"„{band.label['de']}“ für {numbers.decimal(lower)} bis {upper}")
        lower = band.below
    return f"Die Worte stehen für Punkte: {numbers.listing(parts)}."
