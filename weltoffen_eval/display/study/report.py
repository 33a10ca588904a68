"""What the notebooks on a whole study show: sentences, pictures and tables, wave by wave, as blocks."""

from __future__ import annotations

import math
from collections.abc import Iterable

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Heading
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import Shown, facts, note, paragraph
from weltoffen_eval.display.study import figures as study_figures
from weltoffen_eval.display.study import instrument_tables, wave_tables, wave_wording, wording
from weltoffen_eval.display.study import tables as study_tables
from weltoffen_eval.display.study.by_wave import by_setting, by_wave
from weltoffen_eval.display.study.telling import (
    ALL_MUNICIPALITIES,
    INSTRUMENT_QUALITY,
    STUDY_REPORTS,
    StudyTelling,
)
from weltoffen_eval.errors import CallError, did_you_mean
from weltoffen_eval.results.overview import Overview
from weltoffen_eval.results.overview_findings import (
    answer_findings,
    every,
    settings_agreement,
    settings_of,
    spread_findings,
    weight_findings,
)
from weltoffen_eval.results.overview_waves import changes_across, repeated_gaps


def title(overview: Overview, report: str) -> Shown:
    """The title, and whether the data are synthetic.

    Parameters
    ----------
    report : all_municipalities or instrument_quality

    Raises
    ------
    CallError
        If there is no such report on a whole study.
    """
    if report not in STUDY_REPORTS:
        raise CallError(
            f"There is no report {report!r} on a whole study; there are {', '.join(STUDY_REPORTS)}."
            f"{did_you_mean(report, STUDY_REPORTS)}"
        )
    telling = StudyTelling(overview, report)
    left_out = overview.left_out
    return telling.show_title(
        Heading(1, telling.text("title", study=overview.study.title), "title"),
        facts(((telling.word("terms", "study"), overview.study.title), _date(telling))),
        note(telling.word("labels", "incomplete"), telling.shared.say("left_out", count=left_out))
        if left_out
        else None,
        note(telling.word("labels", "synthetic"), telling.shared.say("synthetic"))
        if overview.study.synthetic
        else None,
    )


def _date(telling: StudyTelling) -> tuple[str, str]:
    dates = [telling.language.date(wave.date) for wave in telling.overview.waves]
    return telling.word("terms", "date"), telling.language.listing(dates)


def spread(overview: Overview) -> Shown:
    """Where the administrations see themselves."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    return by_wave(
        telling,
        "spread",
        lambda wave: (
            (wording.took_part(telling, wave), *wording.not_asked(telling, wave)),
            (wording.spread(telling, wave),),
        ),
        lambda wave: (study_tables.spread(telling, wave),),
        lambda wave: every(spread_findings(overview, wave)),
    )


def repeated(overview: Overview) -> Shown:
    """Which fields and questions have few points in many municipalities."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    return by_wave(
        telling,
        "repeated",
        lambda wave: wave_wording.repeated(telling, wave),
        lambda wave: wave_tables.repeated(telling, wave),
        lambda wave: [found for of in repeated_gaps(overview, wave).values() for found in of],
    )


def changes(overview: Overview) -> Shown:
    """What is stated otherwise than in an earlier wave, over all municipalities."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    return by_wave(
        telling,
        "changes",
        lambda wave: wave_wording.changes(telling, wave),
        lambda wave: wave_tables.changes(telling, wave),
        lambda wave: [found for of in changes_across(overview, wave).values() for found in every(of)],
    )


def gaps(overview: Overview) -> Shown:
    """Whether the persons of the workshops say otherwise than the administrations."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    return by_wave(
        telling,
        "gaps",
        lambda _: (),
        lambda wave: by_setting(
            telling,
            "gaps",
            wave,
            overview.across,
            lambda setting: (
                paragraph(*wording.gaps(telling, wave, setting)),
                *_gaps(telling, wave, setting),
            ),
        ),
        lambda _: overview.across,
    )


def _gaps(telling: StudyTelling, wave: str, setting: str) -> Iterable[Block]:
    rows = study_tables.mean_gaps(telling, wave, setting)
    if not rows:
        return ()
    drawn = any(not math.isnan(gap.low) for _, gap in rows)
    return figure_blocks(
        rows,
        lambda part: study_figures.mean_gaps(telling, part, rows),
        study_tables.gaps_name(telling, wave, setting),
        telling.text("gaps_caption" if drawn else "gaps_caption_dots", wave=wave),
        lambda part: wording.mean_gaps(telling, part, wave),
        study_tables.gaps(telling, wave, setting),
        telling.common,
    )


def worth_asking(overview: Overview) -> Shown:
    """The items to ask about, with an ordinal model as a check."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    return by_wave(
        telling,
        "ask",
        lambda wave: (wording.worth_asking(telling, wave),),
        lambda wave: (study_tables.worth_asking(telling, wave),),
        lambda _: [*overview.across, *overview.models],
    )


def method(overview: Overview) -> Shown:
    """How was tested, and what could have been found."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    compared = [
        (wave.id, setting) for wave in overview.waves for setting in settings_of(overview.across, wave.id)
    ]
    if not compared:
        # where no person answered there is no test of which to tell
        return telling.show([paragraph(telling.say("method_nothing_tested"))], overview.across)
    found = [wording.detectable(telling, wave, setting) for wave, setting in compared]
    blocks = [
        paragraph(telling.say("method_tests"), telling.say("method_model")),
        *(paragraph(*sentences) for sentences in found),
        paragraph(telling.say("method_simulated") if any(found) else None),
    ]
    return telling.show(blocks, overview.across)


def consistency(overview: Overview) -> Shown:
    """Alpha of each dimension."""
    telling = StudyTelling(overview, INSTRUMENT_QUALITY)
    return by_wave(
        telling,
        "alpha",
        lambda wave: (wording.not_asked(telling, wave), wording.alpha(telling, wave)),
        lambda wave: (instrument_tables.alpha(telling, wave),),
        lambda _: overview.reliability,
    )


def agreement(overview: Overview) -> Shown:
    """How far the persons of a workshop agree."""
    telling = StudyTelling(overview, INSTRUMENT_QUALITY)

    def findings(wave: str) -> list[Finding]:
        settings = settings_of(overview.agreement, wave)
        medians = (settings_agreement(overview, wave, setting) for setting in settings)
        across = [found for found in overview.agreement if not found.municipality]
        return [*across, *(median for median in medians if median)]

    return by_wave(
        telling,
        "agreement",
        lambda _: (),
        lambda wave: by_setting(
            telling,
            "agreement",
            wave,
            overview.agreement,
            lambda setting: (
                paragraph(*wording.agreement(telling, wave, setting)),
                instrument_tables.agreement(telling, wave, setting),
            ),
        ),
        findings,
    )


def items(overview: Overview) -> Shown:
    """Every item: non-answers, mean, ends of the scale, discrimination."""
    telling = StudyTelling(overview, INSTRUMENT_QUALITY)
    return by_wave(
        telling,
        "items",
        lambda _: (),
        lambda wave: (instrument_tables.items(telling, wave),),
        lambda wave: [*overview.reliability, *every(answer_findings(overview, wave))],
    )


def weights(overview: Overview) -> Shown:
    """What each dimension counts, and how far it goes along with the whole."""
    telling = StudyTelling(overview, INSTRUMENT_QUALITY)
    return by_wave(
        telling,
        "weights",
        lambda _: (),
        lambda wave: (instrument_tables.weights(telling, wave),),
        lambda wave: every(weight_findings(overview, wave)),
    )


def provenance(overview: Overview) -> Shown:
    """What the numbers were made from; never the clock of the run."""
    telling = StudyTelling(overview, ALL_MUNICIPALITIES)
    study, scheme = overview.study, overview.scheme
    editions = {
        telling.common.text("edition", title=telling.title(i.title), edition=str(i.edition)): i.sha256
        for i in study.instruments.values()
    }
    term = {name: telling.word("terms", name) for name in telling.language.words["terms"]}
    return telling.show(
        [
            facts(
                (
                    (term["study"], study.title),
                    (term["source"], study.source or NOTHING),
                    (term["licence"], study.licence or NOTHING),
                    _date(telling),
                    *(
                        (telling.shared.text("questionnaire_sha256", edition=edition), digest)
                        for edition, digest in editions.items()
                    ),
                    (term["scheme"], telling.title(scheme.title)),
                    (term["scheme_sha256"], scheme.sha256),
                    *((term[name], text) for name, text in telling.made_with(telling.whose)),
                )
            )
        ]
    )
