"""The questionnaire as a survey that LimeSurvey imports, for ``weltoffen form --to limesurvey``."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.commands.form import FormCall
from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.files import write_whole
from weltoffen_eval.study.limesurvey.survey_file import write_survey

SURVEY_ENDING = ".lss"


def write_forms(call: FormCall) -> dict[Path, str]:
    """Write the survey and beside it the table of its codes; what each of the two files is.

    Raises
    ------
    CallError
        If the file is named otherwise, the call asks for offices or a municipality, or the wave has no
        questionnaire.
    """
    if call.out.suffix.lower() != SURVEY_ENDING:
        raise CallError(f"--out is {str(call.out)!r}; a survey for LimeSurvey ends with {SURVEY_ENDING}.")
    if call.by_office or call.municipality:
        raise CallError("A survey is one for all: leave out -m and --by.")
    instrument = call.study.instruments.get(call.entry.wave)
    if instrument is None:
        raise CallError(f"The wave {call.entry.wave} of the study {call.study.id} has no questionnaire.")
    written = write_survey(instrument, call.study.language)
    codes = call.out.with_name(f"{call.out.stem}-codes.csv")
    write_whole(call.out, written.lss)
    write_whole(codes, written.codes)
    languages = ", ".join(written.languages)
    changed = "".join(
        f"; {item} is {code} there: LimeSurvey would change its id" for item, code in written.changed.items()
    )
    return {
        call.out: f"{len(instrument.items)} items in {languages}, for LimeSurvey 3, 5 and 6",
        codes: f"which code each item has there{changed}",
    }
