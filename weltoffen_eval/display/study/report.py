"""What the notebooks on a whole study show: sentences, pictures and tables, wave by wave, as blocks."""

from __future__ import annotations

from collections.abc import Callable

from weltoffen_eval.blocks import Block, Entry, Facts, Heading, Note, Paragraph, Table
from weltoffen_eval.display import cover_wording, numbers
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.display.study import figures as study_figures
from weltoffen_eval.display.study import tables as study_tables
from weltoffen_eval.display.study import wording
from weltoffen_eval.results.overview import Overview


def title(overview: Overview, what: str) -> Shown:
    """The title, and whether the data are synthetic."""
    facts = (
        ("Studie", Entry(overview.study.title)),
        ("Stand der Daten", Entry(numbers.listing([numbers.date(wave.date) for wave in overview.waves]))),
    )
    synthetic = "Diese Daten sind synthetisch erzeugt; die Kommunen sind erfunden."
    return Shown(
        Heading(1, f"{what}: {overview.study.title}", "title"),
        Facts(facts),
        Note(cover_wording.left_out(overview.left_out), "Unvollständig") if overview.left_out else None,
        Note(synthetic, "Beispieldaten") if overview.study.synthetic else None,
    )


def spread(overview: Overview) -> Shown:
    """Where the administrations see themselves."""
    return _by_wave(
        overview,
        "spread",
        lambda wave: (wording.took_part(overview, wave), wording.spread(overview, wave)),
        lambda wave: (study_tables.spread(overview, wave),),
    )


def gaps(overview: Overview) -> Shown:
    """Whether the persons of the workshops say otherwise than the administrations."""
    return _by_wave(
        overview, "gaps", lambda wave: (wording.gaps(overview, wave),), lambda wave: _gaps(overview, wave)
    )


def _gaps(overview: Overview, wave: str) -> tuple[Block, ...]:
    table = study_tables.gaps(overview, wave)
    rows = study_tables.mean_gaps(overview, wave)
    if not rows:
        return ()
    return (
        *figure_blocks(
            rows,
            lambda part: study_figures.mean_gaps(part, rows),
            f"gaps-{wave}",
            f"Mittlere Abweichung der Personen von der Verwaltung, Welle {wave}. Punkt: Mittel der Kommunen; "
            "Balken: 95-%-Intervall. Links von 0 sehen Personen weniger erreicht als die Verwaltung.",
            lambda part: wording.mean_gaps(part, wave),
            table,
        ),
    )


def worth_asking(overview: Overview) -> Shown:
    """The items to ask about, with an ordinal model as a check."""
    return _by_wave(
        overview,
        "ask",
        lambda wave: (wording.worth_asking(overview, wave),),
        lambda wave: (study_tables.worth_asking(overview, wave),),
    )


def consistency(overview: Overview) -> Shown:
    """Alpha of each dimension."""
    return _by_wave(
        overview,
        "alpha",
        lambda wave: (wording.alpha(overview, wave),),
        lambda wave: (study_tables.alpha(overview, wave),),
    )


def agreement(overview: Overview) -> Shown:
    """How far the persons of a workshop agree."""
    return _by_wave(
        overview,
        "agreement",
        lambda wave: (wording.agreement(overview, wave),),
        lambda wave: (study_tables.agreement(overview, wave),),
    )


def items(overview: Overview) -> Shown:
    """Every item: non-answers, mean, ends of the scale, discrimination."""
    return _by_wave(overview, "items", lambda wave: (), lambda wave: (study_tables.items(overview, wave),))


def weights(overview: Overview) -> Shown:
    """What each dimension counts, and how far it goes along with the whole."""
    return _by_wave(
        overview, "weights", lambda wave: (), lambda wave: (study_tables.weights(overview, wave),)
    )


def provenance(overview: Overview) -> Shown:
    """What the numbers were made from."""
    return Shown(Facts(tuple((term, Entry(text)) for term, text in wording.provenance(overview))))


def _by_wave(
    overview: Overview,
    part: str,
    sentences: Callable[[str], tuple[str, ...]],
    shown: Callable[[str], tuple[Block, ...]],
) -> Shown:
    """The same for every wave, each under its own heading."""
    blocks: list[Block] = []
    for wave in overview.waves:
        blocks.append(Heading(3, f"Welle {wave.id}", f"{part}-in-{wave.id}"))
        blocks += [Paragraph(sentence) for sentence in sentences(wave.id)]
        blocks += [block for block in shown(wave.id) if not isinstance(block, Table) or block.rows]
    return Shown(*blocks)
