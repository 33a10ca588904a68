"""What the notebook on a Landkreis and its members shows: each for itself, field by field, in no ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weltoffen_eval.blocks import Block, Column, Heading, Table
from weltoffen_eval.display import cover
from weltoffen_eval.display.alternatives import clipped, fitting
from weltoffen_eval.display.figure_parts import figure_blocks
from weltoffen_eval.display.keyed_tables import keyed_table
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.selfcheck.figures import score_dots
from weltoffen_eval.display.selfcheck.wording import score
from weltoffen_eval.display.shown import Shown, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.members import Beside, member_findings, members_of, put_to
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.study.perspectives import is_self_check
from weltoffen_eval.study.questionnaire.instrument import Dimension

#: As its sentences are called.
REPORT = "district"


def title(profile: Profile) -> Shown:
    """The title, and of which wave."""
    return cover.title(Telling(profile, REPORT))


def who(profile: Profile) -> Shown:
    """Whose answers are shown and whose are not, for whom, and why nothing is averaged."""
    telling, members = Telling(profile, REPORT), members_of(profile)
    name, shown = profile.municipality.name, len(members.shown) - 1
    if shown < 1:
        return telling.show(paragraph(telling.say("nobody")))
    to = put_to(profile, members)
    left = [
        telling.say(reason, count=count)
        for reason, count in (
            ("without_consent", members.without_consent),
            ("without_answers", members.without_answers),
        )
        if count
    ]
    return telling.show(
        paragraph(
            telling.say("who_all", district=name, total=members.total)
            if shown == members.total
            else telling.say("who", district=name, shown=shown, total=members.total),
            *left,
        ),
        paragraph(telling.say("for_it_alone")),
        paragraph(
            telling.say("each_for_itself"),
            telling.say("put_to", both=to.both, district=to.district, members=to.members)
            if to.district or to.members
            else None,
        ),
    )


def fields(profile: Profile) -> Shown:
    """Each field as dots: the Landkreis, then its members in the order of their names."""
    telling, members = Telling(profile, REPORT), members_of(profile)
    blocks: list[Block] = []
    for dimension in profile.instrument.dimensions if len(members.shown) > 1 else ():
        blocks += _field(telling, dimension, members.shown)
    return Shown(*blocks, findings=member_findings(profile))


def _field(telling: Telling, dimension: Dimension, shown: Sequence[Beside]) -> Iterator[Block]:
    label = telling.label(dimension.title)
    yield Heading(3, label.text, f"field-{dimension.id}", language=telling.language.foreign(label))
    yield from figure_blocks(
        shown,
        lambda part: score_dots(
            _of_selfcheck(telling),
            [(beside.municipality.name, beside.scores[dimension.id]) for beside in part],
        ),
        f"f-{dimension.id}",
        telling.text("caption", field=label),
        lambda part: _alternative(telling, dimension, part),
        _table(telling, dimension, shown),
        telling.common,
    )


def _of_selfcheck(telling: Telling) -> Telling:
    """How points, and why there are none, are told in the reports of those that are shown."""
    return Telling(telling.profile, "selfcheck")


def _table(telling: Telling, dimension: Dimension, shown: Sequence[Beside]) -> Table:
    language, questions = telling.language, telling.word("units", "questions")
    rows = []
    for beside in shown:
        row = beside.scores[dimension.id]
        keys = (beside.finding(telling.profile.wave.id, dimension.id).key,)
        told = not row["withheld"]
        rows.append(
            [
                (beside.municipality.name, ()),
                (score(_of_selfcheck(telling), row), keys),
                (language.range(row["low"], row["high"]) if told else NOTHING, keys if told else ()),
                (str(int(row["n_items"])) if row["n_items"] > 0 else "0", keys),
            ]
        )
    return keyed_table(
        telling.text("table", field=telling.label(dimension.title)),
        (
            Column(telling.word("terms", "municipality")),
            Column(telling.word("columns", "score"), True),
            Column(telling.word("columns", "range"), True),
            Column(telling.text("put"), True, questions),
        ),
        rows,
        f"district-{dimension.id}",
    )


def _alternative(telling: Telling, dimension: Dimension, part: Sequence[Beside]) -> str:
    named = [
        telling.text(
            "named_score",
            name=clipped(beside.municipality.name, 60),
            score=score(_of_selfcheck(telling), beside.scores[dimension.id]),
        )
        for beside in part
    ]
    field = telling.label(dimension.title)
    return fitting(
        named,
        lambda parts: telling.text("alternative", field=field, municipalities=parts),
        lambda parts: telling.text("alternative_cut", field=field, municipalities=parts),
    )


def provenance(profile: Profile) -> Shown:
    """What the numbers were made from; the files of others are theirs."""
    records = profile.records[is_self_check(profile.records)]
    telling = Telling(profile, REPORT)
    return telling.show(cover.provenance(telling, records[records["counted"]]))
