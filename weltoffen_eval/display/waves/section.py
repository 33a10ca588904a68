"""What has changed since the last wave, as blocks for any report on one municipality."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Listing
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.shown import entry, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.display.waves import figures, tables, wording
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.waves import field_changes


def blocks(telling: Telling, documented: tuple[str, str] = ("", "")) -> Iterator[Block | None]:
    """The fields then and now, with what is compared and who answered; why not, where nothing is compared.

    Nothing where there was no earlier wave. ``documented``: who answered then and now, where people wrote it
    down.
    """
    yield paragraph(wording.not_joined(telling))
    since = change_since(telling.profile)
    if since is None:
        return
    if not since.comparable:
        yield paragraph(wording.not_comparable(telling))
        return
    yield paragraph(
        wording.joined(telling), *wording.compared(telling), *wording.who_answered(telling, documented)
    )
    shown = [found for found in field_changes(telling.profile) if found.moved != "not_compared"]
    yield paragraph(*wording.fields(telling))
    if shown:
        words = wording.catalogue(telling)
        yield from figure_blocks(
            shown,
            lambda part: figures.then_and_now(telling, part),
            "waves",
            words.text("caption", earlier=since.wave, wave=telling.profile.wave.id),
            lambda part: wording.alternative(telling, part),
            tables.then_and_now(telling, shown),
            telling.common,
        )
    yield paragraph(
        wording.not_compared(telling),
        wording.questionnaire_changed(telling),
        wording.below_table(telling, shown) if shown else None,
    )


def questions(telling: Telling) -> Iterator[Block | None]:
    """Which questions are stated higher and lower, field by field."""
    said = wording.questions(telling)
    yield Listing(tuple(entry(sentence) for sentence in said)) if said else None


def participants(telling: Telling) -> Iterator[Block | None]:
    """What persons said earlier and say now, as far as the door lets it out; nothing without any."""
    table = tables.participants(telling)
    if table is not None:
        yield paragraph(wording.catalogue(telling).say("participants"))
        yield table
