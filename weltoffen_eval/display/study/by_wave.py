"""The same for every wave of a study, each under its heading; within it for every setting with persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.blocks import Block, Heading, Sentence, Table
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.study.telling import StudyTelling
from weltoffen_eval.results.overview_findings import settings_of


def by_setting(
    telling: StudyTelling,
    part: str,
    wave: str,
    findings: list[Finding],
    shown: Callable[[str], Iterable[Block | None]],
) -> list[Block]:
    """The same for every setting at which persons answered, under headings where there are several."""
    settings = settings_of(findings, wave)
    if not settings:
        said = paragraph(telling.shared.say("nothing_to_compare"))
        return [said] if said else []
    blocks: list[Block] = []
    for setting in settings:
        if len(settings) > 1:
            blocks.append(Heading(4, telling.word("settings", setting), f"{part}-in-{wave}-{setting}"))
        blocks += [block for block in shown(setting) if block is not None]
    return blocks


def by_wave(
    telling: StudyTelling,
    part: str,
    sentences: Callable[[str], Iterable[tuple[Sentence, ...]]],
    shown: Callable[[str], Iterable[Block]],
    findings: Callable[[str], Iterable[Finding]],
) -> Shown:
    """The same for every wave, each under its own heading; ``sentences``: those of each paragraph."""
    blocks: list[Block | None] = []
    known: list[Finding] = []
    for wave in telling.overview.waves:
        blocks.append(Heading(3, telling.shared.text("wave", wave=wave.id), f"{part}-in-{wave.id}"))
        blocks += [paragraph(*said) for said in sentences(wave.id)]
        blocks += [block for block in shown(wave.id) if not isinstance(block, Table) or block.rows]
        known += findings(wave.id)
    return telling.show(blocks, known)
