"""``weltoffen form``: the questionnaire of a study to be filled in, as a survey of LimeSurvey."""

from __future__ import annotations

import json
from pathlib import Path

import click

from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError

SURVEY_ENDING = ".lss"


@options.as_command("form", "The questionnaire to be filled in: a survey for LimeSurvey.")
@options.study
@click.option("--to", "to", type=click.Choice(["limesurvey"]), required=True, help="What the form is for.")
@click.option("-w", "--wave", metavar="W", help="The wave whose questionnaire it is (default: the last).")
@click.option(
    "--out", metavar="F", required=True, type=options.FilePath(),
    help="The survey (.lss); beside it the table of its codes (-codes.csv).",
)  # fmt: skip
@options.as_json
def command(study: str | None, to: str, wave: str | None, out: Path, as_json: bool) -> int:
    """Write the survey and the table of its codes; say which items have another code there."""
    from weltoffen_eval.publish.keeping.files import write_whole
    from weltoffen_eval.study.definition import load_study
    from weltoffen_eval.study.limesurvey.survey_file import write_survey

    if out.suffix.lower() != SURVEY_ENDING:
        raise CallError(f"--out is {str(out)!r}; a survey for LimeSurvey ends with {SURVEY_ENDING}.")
    loaded = load_study(study)
    chosen = loaded.wave(wave) if wave else loaded.waves[-1]
    instrument = loaded.instruments.get(chosen.id)
    if instrument is None:
        raise CallError(f"The wave {chosen.id} of the study {loaded.id} has no questionnaire.")
    written = write_survey(instrument, loaded.language)
    codes = out.with_name(f"{out.stem}-codes.csv")
    write_whole(out, written.lss)
    write_whole(codes, written.codes)
    if as_json:
        files = [str(out), str(codes)]
        print(json.dumps({"files": files, "languages": written.languages, "changed": dict(written.changed)}))
        return 0
    print(
        f"{out}: {len(instrument.items)} items in {', '.join(written.languages)}, for LimeSurvey 3, 5 and 6"
    )
    print(f"{codes}: which code each item has there")
    for item, code in written.changed.items():
        print(f"{item} is {code} there: LimeSurvey would change its id")
    return 0
