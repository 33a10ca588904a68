"""``weltoffen new``: a study folder to start from, from a raw file where there is one."""

from __future__ import annotations

import datetime
import os
import re
import shutil
from pathlib import Path

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError, Fault, RefusedError, on_one_line
from weltoffen_eval.whole_files import part_beside, parts_of_the_dead

#: Before it no file was written: some tools that pack and copy files set their clocks to 1970 or 1980.
_FIRST_DAY = "2000-01-01"
#: What a study is made with where neither a file nor a questionnaire is named.
_USUAL = "selbstcheck-2"
_SAFE_NAME = re.compile(r"[\w(][\w .()+,=&-]*\.\w+")


@options.as_command("new", "A study folder to start from.")
@click.argument("folder", metavar="DIR", type=options.FilePath())
@click.option("--from", "file", type=options.FilePath(), help="A raw file, as a survey tool exports it.")
@click.option("--instrument", help="A shipped questionnaire or a folder; else it is made from the columns.")
def command(folder: Path, file: Path | None, instrument: str | None) -> int:
    """Guess what a raw file holds, write it down with every guess as a comment, and check it."""
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise CallError(f"{folder} is there already and is not overwritten; name another folder.")
    if file is not None and not file.is_file():
        raise CallError(f"There is no file {file}.")
    for left in parts_of_the_dead(folder.resolve().parent, folder.resolve().name):
        # it holds a copy of the raw file
        shutil.rmtree(left, ignore_errors=True)
    part = part_beside(folder.resolve())
    try:
        said, faults = _fill(part, folder.resolve().name, file, instrument)
        faults += _faults_of(part)
        # whoever was faster is not overwritten: only an empty folder gives way
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    for line in said:
        # names of files and heads may hold line breaks
        print(on_one_line(line))
    if faults:
        print(
            f"{folder} is made; mend it there, or mend a copy of the file and take it away before a new try."
        )
        raise RefusedError(faults)
    print(f"Guesses are comments in {folder / 'study.toml'}. Next: weltoffen check {_called(folder)}")
    return 0


def _called(folder: Path) -> str:
    """How a call names the folder; one beside a study of that name says that it is a folder."""
    return f"./{folder}" if not folder.is_absolute() and folder.parts[:1] != ("..",) else str(folder)


def _fill(part: Path, name: str, file: Path | None, instrument: str | None) -> tuple[list[str], list[Fault]]:
    """Write the files of the folder; what is said of them, and what nothing in the raw file tells."""
    from weltoffen_eval.commands.new_told import tell
    from weltoffen_eval.drafting.draft import doubts, draft_study
    from weltoffen_eval.drafting.folder import empty_study, study_files
    from weltoffen_eval.drafting.names import study_id
    from weltoffen_eval.study.questionnaire.files import load_instrument

    named = _instrument_of(instrument)
    own = named if isinstance(named, Path) else None
    faults: list[Fault] = []
    copies: dict[str, Path] = {}
    in_toml = "./instrument" if own is not None else named
    if file is None:
        in_toml, today = in_toml or _USUAL, datetime.date.today().isoformat()
        read = load_instrument(own or str(in_toml))
        files = empty_study(study_id(name), name, today, read, str(in_toml))
        said = [f"{name}: an empty study with {len(read.items)} items of {read.id}."]
    else:
        day = datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date().isoformat()
        if day < _FIRST_DAY:
            day = datetime.date.today().isoformat()
        draft = draft_study(file, load_instrument(own or str(named)) if named else None, day)
        year = draft.date.day[:4]
        path = f"{year}/{_file_name(file)}"
        copies[path] = file
        structure = f"{year}/{_file_name(draft.survey.path)}" if draft.survey else ""
        if draft.survey:
            copies[structure] = draft.survey.path
        files = study_files(draft, study_id(name), name, path, str(in_toml or ""), structure)
        said, faults = tell(draft), doubts(draft, path)
    for place, text in files.items():
        (part / place).parent.mkdir(parents=True, exist_ok=True)
        (part / place).write_text(text, encoding="utf-8", newline="\n")
    if own is not None:
        shutil.copytree(own, part / "instrument")
    for place, source in copies.items():
        (part / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, part / place)
    return said, faults


def _instrument_of(instrument: str | None) -> str | Path | None:
    """A shipped id, or the folder of a questionnaire."""
    if instrument is None or instrument in paths.shipped(paths.INSTRUMENTS, "*"):
        return instrument
    if (Path(instrument) / "instrument.toml").is_file():
        return Path(instrument)
    known = ", ".join(paths.shipped(paths.INSTRUMENTS, "*"))
    raise CallError(f"There is no questionnaire {instrument!r}: neither {known} nor a folder of one.")


def _file_name(file: Path) -> str:
    """The name of the raw file in the study, where it can be that of a path in study.toml."""
    return file.name if _SAFE_NAME.fullmatch(file.name) else f"export{file.suffix.lower()}"


def _faults_of(folder: Path) -> list[Fault]:
    from weltoffen_eval.study.definition import read_study
    from weltoffen_eval.study.responses.cleaning import read_responses

    faults: list[Fault] = []
    study = read_study(folder, faults)
    if study is not None:
        read_responses(study, faults)
    return faults
