"""What reports on one municipality share: their first lines, the cleaning log, where numbers come from."""

from __future__ import annotations

import pandas as pd

from weltoffen_eval.blocks import Column, Facts, Heading, Note, Table
from weltoffen_eval.display.cover_wording import designation
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import Shown, facts, note, paragraph
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.before import Before

_LOG = ("file", "row", "column", "old", "new", "rule")
#: A longer log is shown on request only.
_LONG_LOG = 12


def title(telling: Telling) -> Shown:
    """The title, who took part when, and whether the data are synthetic."""
    profile = telling.profile
    return telling.show_title(
        Heading(1, telling.text("title", municipality=profile.municipality.name), "title"),
        facts(
            (
                (telling.word("terms", "municipality"), designation(profile.municipality, telling.language)),
                (telling.word("terms", "date"), telling.language.date(profile.wave.date)),
                (telling.word("terms", "questionnaire"), _edition(telling)),
                (telling.word("terms", "study"), profile.study.title),
            )
        ),
        _synthetic(telling),
    )


def _synthetic(telling: Telling) -> Note | None:
    if not telling.profile.study.synthetic:
        return None
    return note(telling.word("labels", "synthetic"), telling.common.say("synthetic"))


def _edition(telling: Telling) -> str:
    instrument = telling.profile.instrument
    return telling.common.text(
        "edition", title=telling.title(instrument.title), edition=str(instrument.edition)
    )


def provenance(telling: Telling, records: pd.DataFrame, before: Before | None = None) -> Facts:
    """Where the numbers come from; never the clock of the run.

    ``records``: of the sheets that the report counts; ``before``: with what it compares them.
    """
    profile = telling.profile
    # files may be called after who sent them
    named = telling.audience != "public"
    files = [("files", telling.language.listing(sorted({str(path) for path in records["file"]})))]
    files_before = [("files_before", telling.language.listing(list(before.files)))] if before else []
    files, files_before = (files, files_before) if named else ([], [])
    earlier = telling.word("terms", "files_before").format(wave=before.wave.id if before else "")
    entries = (
        ("study", profile.study.title),
        ("source", profile.study.source or NOTHING),
        ("licence", profile.study.licence or NOTHING),
        ("date", telling.language.date(profile.wave.date)),
        ("questionnaire", _edition(telling)),
        ("questionnaire_sha256", profile.instrument.sha256),
        ("scheme", telling.title(profile.scheme.title)),
        ("scheme_sha256", profile.scheme.sha256),
        *files,
        *([("answers_sha256", profile.data_sha256)] if profile.data_sha256 else []),
        *files_before,
        ("software", str(profile.provenance["software"])),
    )
    return facts(
        (earlier if term == "files_before" else telling.word("terms", term), text) for term, text in entries
    )


def cleaning_log(telling: Telling) -> Shown:
    """What was changed, in a sentence and a table; of persons only how often a rule was applied."""
    profile, say = telling.profile, telling.common.say
    changes, of_persons = len(profile.sheets_log), len(profile.persons_log)
    if not changes and not of_persons:
        return telling.show(paragraph(say("unchanged")))
    sheets = (paragraph(say("changed", changes=changes), say("changes_listed")), _cleaning_table(telling))
    persons = (
        paragraph(say("persons_changed", changes=of_persons), say("persons_rules_counted")),
        _rules_of_persons(telling),
    )
    return telling.show(*(sheets if changes else ()), *(persons if of_persons else ()))


def _rules_of_persons(telling: Telling) -> Table:
    """How often each rule was applied; the reason of a correction may tell of one person."""
    rules = telling.profile.persons_log["rule"].map(
        lambda name: (
            telling.word("rules", "corrected") if name.startswith("correction: ") else _rule(telling, name)
        )
    )
    counts = rules.value_counts().sort_index()
    return Table(
        telling.common.text("cleaning_persons_caption"),
        (Column(telling.word("columns", "rule")), Column(telling.word("columns", "times"), True)),
        tuple((str(rule), str(int(count))) for rule, count in counts.items()),
        "cleaning-persons",
    )


def _cleaning_table(telling: Telling) -> Table:
    log = telling.profile.sheets_log
    quoted = telling.language.quoted
    heads = ("file", "row", "column", "before", "after", "rule")
    return Table(
        telling.common.text("cleaning_caption"),
        tuple(Column(telling.word("columns", head), head == "row") for head in heads),
        tuple(
            (
                file,
                NOTHING if pd.isna(row) else str(row),
                column or NOTHING,
                quoted(old) if old else telling.word("cells", "empty"),
                quoted(new) if new else NOTHING,
                _rule(telling, rule),
            )
            for file, row, column, old, new, rule in zip(*(log[name] for name in _LOG), strict=True)
        ),
        "cleaning",
        folded=len(log) > _LONG_LOG,
    )


def _rule(telling: Telling, name: str) -> str:
    """What a rule of the cleaning log did."""
    if name.startswith("correction: "):
        return telling.word("rules", "correction").format(reason=name.removeprefix("correction: "))
    return telling.language.words["rules"].get(name, name)
