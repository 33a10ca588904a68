"""``weltoffen form --kind``: a sheet for what is given beside answers, as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from weltoffen_eval.errors import CallError, Fault
from weltoffen_eval.study.file_words import USUAL_SETTING

if TYPE_CHECKING:
    from weltoffen_eval.display.forms.sheets import AskedSheet
    from weltoffen_eval.study.definition import Study
    from weltoffen_eval.study.listed_files import RawFile
    from weltoffen_eval.study.questionnaire.instrument import ResponseScale


def write_sheet(
    study: Study, kind: str, municipality: str, wave: str, setting: str, out: Path
) -> dict[Path, str]:
    """Write it; by file what it is for.

    Raises
    ------
    CallError
        If no municipality is named, it is not known where it is filled in, or the file is named otherwise or
        holds something else, which may have been filled in.
    """
    from weltoffen_eval.commands.table_files import write_unfilled
    from weltoffen_eval.display.forms.sheets import make_sheet
    from weltoffen_eval.study.forms.workbooks import write_form

    if not municipality:
        raise CallError("A form is for one municipality: say -m KEY.")
    if out.suffix.lower() != ".xlsx":
        raise CallError(f"--out is {out}, but the form is a workbook; name {out.stem}.xlsx.")
    write_unfilled({out: write_form(make_sheet(_asked(study, kind, municipality, wave, setting)))})
    return {out: ""}


def _asked(study: Study, kind: str, municipality: str, wave: str, setting: str) -> AskedSheet:
    from weltoffen_eval.display.forms.sheets import AskedSheet

    of_wave = study.wave(wave).id if wave else study.waves[-1].id
    entry = _entry(study, kind, of_wave, setting)
    where = setting or (entry.setting if entry else "") or USUAL_SETTING.get(kind)
    if where is None:
        raise CallError(f"Where were the {kind}? Say --setting.")
    scale = _scale(study, entry, of_wave) if entry else None
    asked = AskedSheet(
        study,
        kind,
        of_wave,
        study.register.by_key[municipality],
        where,
        guiding_questions(study, of_wave),
        scale,
    )
    if kind == "field_ratings" and not asked.fields:
        raise CallError(
            f"The wave {of_wave} of the study {study.id} has no questionnaire whose fields are rated."
        )
    return asked


def _entry(study: Study, kind: str, wave: str, setting: str) -> RawFile | None:
    """The folder into which the sheets go, else another file of the kind."""
    fitting = [
        raw
        for raw in (*study.form_folders, *study.files)
        if raw.kind == kind and raw.wave in ("", wave) and (not setting or raw.setting in ("", setting))
    ]
    return fitting[0] if fitting else None


def _scale(study: Study, entry: RawFile, wave: str) -> ResponseScale | None:
    instrument = study.instruments.get(wave)
    scales = instrument.scales if instrument is not None and entry.scale else ()
    return next((scale for scale in scales if scale.id == entry.scale), None)


def guiding_questions(study: Study, wave: str) -> dict[str, str]:
    """The guiding questions by id: those of the study, else those that are usual."""
    from weltoffen_eval.display.sentences import load_catalogue
    from weltoffen_eval.study.file_words import QUESTIONS
    from weltoffen_eval.study.kinds.given import read_given_files

    faults: list[Fault] = []
    own = [row.values for row in read_given_files(study, faults).of("questions", wave=wave)]
    if own:
        return {values.question: values.text for values in own}
    usual = load_catalogue("questions", study.language)
    return {number: usual.text(f"question_{number}") for number in QUESTIONS}
