"""To which entry of study.toml a form belongs, and which offices answer which of its items."""

from __future__ import annotations

from dataclasses import replace

from weltoffen_eval.errors import CallError
from weltoffen_eval.raw.table import folded
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.listed_files import RawFile
from weltoffen_eval.study.perspectives import find_perspective, perspective_words


def latest_wave(study: Study) -> str:
    """The last wave that has a questionnaire.

    Raises
    ------
    CallError
        Where none has.
    """
    waves = [wave.id for wave in study.waves if wave.id in study.instruments]
    if not waves:
        raise CallError(f"The study {study.id} has no questionnaire, of which a form could be made.")
    return waves[-1]


def entry_for(study: Study, wave: str, setting: str = "", perspective: str = "") -> RawFile:
    """The entry of study.toml into which returned forms go; one as the self-check has it, if there is none.

    A folder of forms comes before other files, and whose answers the report shows before others.

    Raises
    ------
    CallError
        Where the wave has no questionnaire, there is no such perspective, or several entries may be meant.
    """
    study.wave(wave)
    if wave not in study.instruments:
        raise CallError(f"The wave {wave} of the study {study.id} has no questionnaire.")
    wanted = _perspective(study, perspective)
    folders = [
        raw for raw in study.form_folders if raw.kind == "responses" and _fits(raw, wave, setting, wanted)
    ]
    shown = [
        raw
        for raw in folders
        if (raw.setting, raw.perspective) == (study.report.setting, study.report.perspective)
    ]
    if len(folders) > 1 and len(shown) != 1:
        named = ", ".join(raw.path for raw in folders)
        raise CallError(f"Several folders of forms may be meant: {named}. Say --setting or --perspective.")
    for found in (shown, folders):
        if found:
            return replace(found[0], perspective=found[0].perspective or wanted)
    usual = setting or study.report.setting
    as_usual = study.report.perspective if usual == study.report.setting else ""
    return RawFile(kind="responses", path="", wave=wave, setting=usual, perspective=wanted or as_usual)


def _perspective(study: Study, text: str) -> str:
    if not text:
        return ""
    found = find_perspective(text, study.perspectives)
    if found is None:
        known = ", ".join(perspective_words(study.perspectives))
        raise CallError(f"There is no perspective {text!r}; there are {known}.")
    return found


def _fits(raw: RawFile, wave: str, setting: str, perspective: str) -> bool:
    return (
        raw.wave == wave
        and setting in ("", raw.setting)
        and (not perspective or raw.perspective in ("", perspective))
    )


def items_by_office(study: Study, raw: RawFile, municipality: str) -> dict[str, tuple[str, ...]]:
    """The offices of a municipality that are responsible for items, each with these, in the items' order.

    What is said of the municipality alone comes before what is said of all.
    """
    responsible: dict[tuple[str, str], str] = {}
    for other in (*study.form_folders, *study.files):
        if (other.wave, other.setting, other.perspective) == (raw.wave, raw.setting, raw.perspective):
            responsible = {**other.responsible, **responsible}
    name_of: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for item in study.instruments[raw.wave].items:
        office = responsible.get((municipality, item.id)) or responsible.get(("", item.id))
        if office:
            name_of.setdefault(folded(office), office)
            items.setdefault(folded(office), []).append(item.id)
    return {name_of[office]: tuple(of_office) for office, of_office in items.items()}
