"""What reports on one municipality share: their first lines, and where their numbers come from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pandas as pd

from weltoffen_eval.blocks import Entry, Facts, Heading
from weltoffen_eval.display.cover_wording import designation, release_status
from weltoffen_eval.display.language import NOTHING
from weltoffen_eval.display.shown import Shown, facts
from weltoffen_eval.display.telling import Telling
from weltoffen_eval.results.before import Before
from weltoffen_eval.results.profile import Profile


def title(telling: Telling, days: Sequence[tuple[str, datetime.date]] = ()) -> Shown:
    """The title, who took part when, and whether the data are synthetic.

    ``days``: what was when, each with its term, where more is told of than the data of the self-check.
    """
    profile = telling.profile
    return telling.show_title(
        Heading(1, telling.text("title", municipality=profile.municipality.name), "title"),
        facts(
            (
                (telling.word("terms", "municipality"), designation(profile.municipality, telling.language)),
                *(
                    (term, telling.language.date(day))
                    for term, day in days or ((telling.word("terms", "date"), profile.wave.date),)
                ),
                (telling.word("terms", "questionnaire"), _edition(telling)),
                (telling.word("terms", "study"), telling.as_given(profile.study.title)),
                (
                    telling.word("terms", "status"),
                    release_status(profile.municipality, profile.wave.date, telling.common),
                ),
            )
        ),
        telling.synthetic,
    )


def _edition(telling: Telling) -> str:
    instrument = telling.profile.instrument
    return telling.edition(instrument) if instrument.id else NOTHING


def files_of_persons(profile: Profile, setting: str) -> tuple[str, ...]:
    """The files in which many persons answered, sorted; one of few may be called after them."""
    own = profile.records
    rows = own[own["counted"] & (own["setting"] == setting) & (own["unit"] == "persons")]
    many = rows.groupby("file")["respondent"].nunique() >= profile.scheme.min_group_size
    return tuple(sorted(map(str, many.index[many])))


def provenance(
    telling: Telling,
    records: pd.DataFrame,
    before: Before | None = None,
    of_persons: Sequence[str] = (),
) -> Facts:
    """Where the numbers come from; never the clock of the run.

    ``records``: of the sheets that the report counts; ``before``: with what it compares them; ``of_persons``:
    files of persons that it counts too.
    """
    profile = telling.profile
    # files may be called after who sent them
    named = telling.audience != "public" and (len(records) > 0 or bool(of_persons))
    files = [("files", telling.language.listing(sorted({*map(str, records["file"]), *of_persons})))]
    files_before = [("files_before", telling.language.listing(list(before.files)))] if before else []
    files, files_before = (files, files_before) if named else ([], [])
    earlier = telling.word("terms", "files_before").format(wave=before.wave.id if before else "")
    entries: tuple[tuple[str, str | Entry], ...] = (
        ("study", telling.as_given(profile.study.title)),
        ("source", telling.as_given(profile.study.source) if profile.study.source else NOTHING),
        ("licence", profile.study.licence or NOTHING),
        ("date", telling.language.date(profile.wave.date)),
        *telling.rules(profile.instrument, profile.scheme),
        *files,
        *([("answers_sha256", profile.data_sha256)] if profile.data_sha256 else []),
        *files_before,
        *telling.made_with(telling.whose),
    )
    return facts(
        (earlier if term == "files_before" else telling.word("terms", term), text) for term, text in entries
    )
