"""The annex of the report on a dialogue: released statements, codebook, agreement of coders, origin."""

from __future__ import annotations

from collections.abc import Iterator

from weltoffen_eval.blocks import Block, Column, Heading, Sentence, Table
from weltoffen_eval.display.dialogue.telling import DialogueTelling
from weltoffen_eval.display.keyed_tables import Cell, keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import Shown, facts, paragraph
from weltoffen_eval.results.dialogue_findings import agreements_of
from weltoffen_eval.study.kinds.given import Given

_CODEBOOK = ("title", "definition", "anchor", "boundary")


def statements(telling: DialogueTelling) -> Shown:
    """All released statements, by question and group, in their words.

    The groups stand beside them only where they are large enough.
    """
    dialogue = telling.dialogue
    # the chapter on the questions says that there are none
    if not dialogue.statements:
        return telling.show()
    order = {question: number for number, question in enumerate(telling.questions)}
    by_group = bool(dialogue.group_names) and not dialogue.groups_are_small
    rows = sorted(
        dialogue.released,
        key=lambda row: (order.get(row.values.question, len(order)), row.values.group if by_group else ""),
    )
    heads = ("number", "question", *(("group",) if by_group else ()), "statement")
    table = Table(
        telling.text("statements_caption"),
        tuple(Column(telling.text(f"column_{name}")) for name in heads),
        tuple(_cells(telling, row, by_group) for row in rows),
        "statements",
        tuple(f"statement-{number}" for number in range(1, len(rows) + 1)),
    )
    return telling.show(
        Heading(3, telling.text("statements_heading"), "all-statements"),
        paragraph(*_released(telling)),
        table if rows else None,
        given=[(row, "text") for row in rows],
    )


def _cells(telling: DialogueTelling, row: Given, by_group: bool) -> tuple[str, ...]:
    question, group, text = row.values.question, row.values.group, row.values.text
    asked = telling.questions.get(question, question)
    return (row.values.statement or NOTHING, asked, *([group or NOTHING] if by_group else []), text)


def _released(telling: DialogueTelling) -> Iterator[Sentence]:
    total, released = len(telling.dialogue.statements), len(telling.dialogue.released)
    if not released:
        yield telling.say("none_released", statements=total)
    elif released == total:
        yield telling.say("all_released", statements=total)
    else:
        yield telling.say("some_released", released=released, statements=total)


def coding(telling: DialogueTelling) -> Shown:
    """How statements were given topics; nothing where there is no codebook, or nothing to be coded."""
    dialogue = telling.dialogue
    if not dialogue.codebook or not dialogue.statements:
        return telling.show()
    return telling.show(
        Heading(3, telling.text("coding_heading"), "coding"),
        paragraph(*_coders(telling)),
        _codebook(telling),
        *_agreement(telling),
    )


def _coders(telling: DialogueTelling) -> Iterator[Sentence]:
    coders = telling.dialogue.coders
    if coders > 1:
        yield telling.say("several_coders", coders=coders)
        yield telling.say("counted_is_of_two" if coders == 2 else "counted_is")
    elif coders == 1:
        yield telling.say("one_coder")
    elif telling.dialogue.coded:
        yield telling.say("coded_together")
    else:
        yield telling.say("not_coded")


def _codebook(telling: DialogueTelling) -> Table:
    return Table(
        telling.text("codebook_caption"),
        tuple(Column(telling.text(f"column_{name}")) for name in _CODEBOOK),
        tuple(
            tuple(getattr(code, name) or NOTHING for name in _CODEBOOK)
            for code in telling.dialogue.codebook.values()
        ),
        "codebook",
    )


def _agreement(telling: DialogueTelling) -> Iterator[Block | None]:
    """A row per topic; nothing where nobody coded what somebody else did."""
    found = [code for code in telling.dialogue.codebook if code in agreements_of(telling.dialogue)]
    if not found:
        return
    two = telling.dialogue.coders == 2
    yield paragraph(telling.say("coefficients"))
    counts = ("both", "only_first", "only_second", "neither") if two else ()
    heads = ("topic", *counts, "alike", "alpha", "ac1")
    yield keyed_table(
        telling.text("agreement_caption", statements=max(_rated(telling, code) for code in found)),
        tuple(Column(telling.text(f"column_{name}"), name != "topic") for name in heads),
        [_of_code(telling, code, two) for code in found],
        "coder-agreement",
    )


def _rated(telling: DialogueTelling, code: str) -> int:
    return agreements_of(telling.dialogue)[code].n


def _of_code(telling: DialogueTelling, code: str, two: bool) -> list[Cell]:
    """The 2×2 table of two coders, and the coefficients."""
    agreement = agreements_of(telling.dialogue)[code]
    cells: list[Cell] = [(telling.dialogue.codebook[code].title, ())]
    cells += [(str(count), ()) for count in agreement.table or ()] if two else []
    for quantity, variant in (("percent_agreement", ""), ("krippendorff_alpha", "nominal"), ("gwet_ac1", "")):
        key = telling.key("code", code, quantity, variant)
        cells.append((telling.language.decimal(telling.findings[key].value, 2, fixed=True), (key,)))
    return cells


def provenance(telling: DialogueTelling) -> Shown:
    """Where what is told comes from; never the clock of the run."""
    dialogue, study = telling.dialogue, telling.study
    listing = telling.language.listing
    entries = [
        ("study", study.title),
        ("source", study.source or NOTHING),
        ("licence", study.licence or NOTHING),
        ("date", telling.language.date(dialogue.last_day)),
        *telling.rules(study.instruments.get(dialogue.wave.id), dialogue.scheme),
        # files may be called after who sent them
        *([("files", listing(list(dialogue.files)))] if telling.audience != "public" else []),
        *telling.made_with(telling.whose),
    ]
    source, seed = dialogue.event.source, dialogue.event.seed
    return telling.show(
        facts(
            [
                *((telling.word("terms", term), text) for term, text in entries[:1]),
                *([(telling.text("term_event_source"), source)] if source else []),
                *([(telling.text("term_seed"), str(seed))] if seed is not None else []),
                *((telling.word("terms", term), text) for term, text in entries[1:]),
            ]
        ),
        given=[(dialogue.event_row, "source")] if source and dialogue.event_row is not None else (),
    )
