"""What a notebook shows: pictures, numbers and sentences put together as blocks."""

from __future__ import annotations

from collections.abc import Iterable

from weltoffen_eval.blocks import (
    Block,
    DataFile,
    Entry,
    Facts,
    Heading,
    Link,
    Listing,
    Note,
    Paragraph,
)
from weltoffen_eval.display import cover_wording, numbers, words
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.selfcheck import appendix_wording, figures, tables, wording
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results import talking_points
from weltoffen_eval.results.csv_text import scores_csv
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.questionnaire.instrument import Dimension

#: What the bracket in the figure of the fields is.
_BRACKET = "Klammer darunter: mittlere Hälfte der Vergleichsgruppe, Strich darin ihr Median"


def _sentence(text: str, *links: Link) -> Paragraph | None:
    return Paragraph(text, links=links) if text else None


def _facts(facts: Iterable[tuple[str, str]]) -> Facts:
    return Facts(tuple((term, Entry(text)) for term, text in facts))


def _answers(profile: Profile, dimension: str) -> tuple[Link, ...]:
    """Leads from a sentence about a field to the answers on which it rests; a field not chosen has none."""
    if profile.score("dimension", dimension)["withheld"] == "not_chosen":
        return ()
    title = profile.instrument.dimension(dimension).title["de"]
    return (Link("zu den Antworten", f"items-{dimension}", f"im Feld {title}"),)


def _questions(items: Iterable[str], where: str) -> tuple[Link, ...]:
    """Leads to single questions, each by its number; ``where`` tells lists of the same questions apart."""
    return tuple(Link(item, f"item-{item}", where) for item in items)


def _to_item(text: str, item: str) -> Entry:
    """An entry of a listing with a link to the answer on which it rests."""
    return Entry(text, (Link(f"zu Frage {item}", f"item-{item}"),))


def title(profile: Profile, what: str = "Selbstcheck") -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    synthetic = wording.synthetic(profile)
    municipality = profile.municipality
    return Shown(
        Heading(1, wording.title(profile, what), "title"),
        _facts(
            (
                ("Kommune", cover_wording.designation(municipality)),
                ("Stand der Daten", numbers.date(profile.wave.date)),
                ("Fragebogen", f"{profile.instrument.title['de']}, Ausgabe {profile.instrument.edition}"),
                ("Studie", profile.study.title),
            )
        ),
        Note(synthetic, "Beispieldaten") if synthetic else None,
    )


def overview(profile: Profile) -> Shown:
    """The fields on one page: who answered, a dot per field, one sentence per field."""
    dimensions = profile.instrument.dimensions
    compared = any(profile.reference("dimension", d.id) for d in dimensions)
    sentences = Facts(
        tuple(
            (d.title["de"], Entry(_score_and_reference(profile, d.id), _answers(profile, d.id)))
            for d in dimensions
        )
    )
    pictures = figure_blocks(
        dimensions,
        lambda part: figures.dimension_profile(profile, part),
        "profile",
        "Stand je Handlungsfeld. Punkt und Zahl: Wert der Verwaltung; Balken: Spanne, die mit den offenen "
        "Fragen möglich wäre" + (f"; {_BRACKET}." if compared else "."),
        lambda part: wording.dimension_profile(profile, part),
        tables.dimension_profile(profile),
    )
    first = next((found for d in dimensions if (found := _answers(profile, d.id))), ())
    return Shown(
        Paragraph(wording.who_answered(profile), lead=True, links=first),
        *pictures,
        sentences,
        _sentence(wording.reference_group(profile)),
        _sentence(wording.band_words(profile)),
    )


def _score_and_reference(profile: Profile, dimension: str) -> str:
    parts = (wording.dimension_score(profile, dimension), wording.reference(profile, dimension))
    return " ".join(part for part in parts if part)


def dimensions(profile: Profile) -> Shown:
    """Each field: its criteria as dots, its questions as a table. A field not chosen says only that."""
    blocks: list[Block | None] = []
    for dimension in profile.instrument.dimensions:
        blocks.append(Heading(3, dimension.title["de"], f"dimension-{dimension.id}"))
        blocks += _dimension(profile, dimension)
    return Shown(*blocks)


def _dimension(profile: Profile, dimension: Dimension) -> list[Block | None]:
    """What is to be said about one field, from the criteria to the suggestions."""
    answers = _answers(profile, dimension.id)
    title = dimension.title["de"]
    blocks: list[Block | None] = [_sentence(wording.dimension_score(profile, dimension.id), *answers)]
    if not answers:
        return blocks
    if profile.instrument.criteria_of(dimension.id):
        blocks += figure_blocks(
            profile.instrument.criteria_of(dimension.id),
            lambda part: figures.criterion_profile(profile, dimension.id, part),
            f"c-{dimension.id}",
            f"Kriterien im Feld {title}. Punkt und Zahl: Wert; Balken: mögliche Spanne.",
            lambda part: wording.criterion_profile(profile, dimension.id, part),
            tables.criterion_profile(profile, dimension.id),
        )
    blocks.append(_sentence(wording.aspects(profile, dimension.id), *answers))
    blocks.append(Heading(4, "Wie wurde geantwortet?", f"answers-{dimension.id}"))
    blocks.append(_answer_groups(profile, dimension.id))
    blocks.append(tables.items(profile, dimension.id))
    suggestions = talking_points.suggestions_of(profile, dimension.id)
    if suggestions:
        blocks.append(Heading(4, "Anregungen", f"suggestions-{dimension.id}"))
        blocks.append(Paragraph("Mögliche nächste Schritte zu Fragen, die noch am Anfang stehen:"))
        blocks.append(Listing(tuple(_to_item(s.text, s.item) for s in suggestions)))
    return blocks


def _answer_groups(profile: Profile, dimension: str) -> Facts:
    """What is established, what is planned, what is open, what was skipped: each with its questions."""
    sheets = profile.sheets
    return Facts(
        tuple(
            (label, Entry(f"{wording.answer_count(group, sheets)}:", _questions(group, f"({label})")))
            for label, group in wording.answer_groups(profile, dimension)
        )
    )


def robustness(profile: Profile) -> Shown:
    """How far open questions and other sensible choices could move the scores: sentences and numbers."""
    table = tables.robustness(profile)
    opened = talking_points.open_items(profile)
    links = (Link("zu den offenen Fragen", "topics-open"),) if opened else ()
    rests_on = next((found for name in profile.bands if (found := _answers(profile, name))), ())
    return Shown(
        _sentence(wording.bounds(profile), *links),
        _sentence(wording.robustness(profile), *rests_on),
        table if table.rows else None,
    )


def workshop_topics(profile: Profile) -> Shown:
    """Where talking pays off most: open questions, concept without practice, disagreement."""
    missing = [
        _to_item(f"{item.text['de']} ({wording.answer(profile, item.id)})", item.id)
        for item in talking_points.open_items(profile)
    ]
    ahead = [
        Entry(
            wording.concept_without_practice(*found),
            _questions((item.id for item in profile.instrument.items_of_criterion(found[0].id)), ""),
        )
        for found in talking_points.concepts_without_practice(profile)
    ]
    apart = [
        _to_item(f"{item.text['de']} ({wording.answer(profile, item.id)})", item.id)
        for item in talking_points.disagreements(profile)
    ]
    blocks: list[Block] = []
    for anchor, title, sentence, entries in (
        ("topics-open", "Was ist offen?", "Diese Fragen hat die Verwaltung nicht beantwortet.", missing),
        (
            "topics-concept",
            "Was ist beabsichtigt, aber noch wenig umgesetzt?",
            "In diesen Kriterien liegt das Konzept mindestens eine Stufe vor der Umsetzung.",
            ahead,
        ),
        (
            "topics-apart",
            "Wo antwortet die Verwaltung verschieden?",
            "Hier liegen Bögen der Verwaltung mindestens zwei Stufen auseinander.",
            apart,
        ),
    ):
        if entries:
            blocks += [Heading(3, title, anchor), Paragraph(sentence), Listing(tuple(entries))]
    if not blocks:
        blocks.append(Paragraph("Aus den Antworten der Verwaltung ergeben sich dazu keine Hinweise."))
    return Shown(*blocks)


def all_scores(profile: Profile) -> Shown:
    """Every criterion and dimension in one table; the same and every question unrounded as a file."""
    name = f"{profile.municipality.key}-{profile.wave.id}-scores.csv"
    text = scores_csv(profile.own_scores)
    return Shown(tables.all_scores(profile), DataFile(name, "Alle Werte ungerundet als Datei", text))


def method(profile: Profile) -> Shown:
    """How the numbers come about, and what that rests on."""
    return Shown(
        *(Paragraph(text) for text in appendix_wording.method(profile)),
        Paragraph("Quellen:"),
        Listing(tuple(Entry(source) for source in words.SOURCES)),
    )


def glossary() -> Shown:
    """The words of the report."""
    return Shown(_facts(words.GLOSSARY))


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from."""
    return Shown(_facts(appendix_wording.provenance(profile)))


def cleaning_log(profile: Profile) -> Shown:
    """What was changed, in a sentence and a table."""
    table = tables.cleaning_log(profile)
    return Shown(Paragraph(appendix_wording.cleaning(profile)), table if table.rows else None)


def sheets_received(profile: Profile) -> Shown:
    """How many sheets came, from whom."""
    return Shown(Paragraph(appendix_wording.data_received(profile)), tables.sheets_received(profile))


def unanswered(profile: Profile) -> Shown:
    """What is missing: by field, and question by question."""
    questions = tables.unanswered_items(profile)
    return Shown(
        Paragraph(appendix_wording.unanswered(profile)),
        tables.answers_by_dimension(profile),
        questions if questions.rows else None,
    )
