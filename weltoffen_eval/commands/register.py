"""``weltoffen register``: municipalities.csv from the official list of Destatis, which the user has."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.errors import CallError, Fault, RefusedError

if TYPE_CHECKING:
    from weltoffen_eval.drafting.official_list.choosing import Wanted


#: What parts keys, and one key that is written in blocks: 03 2 52 002, or 12 digits likewise.
_KEYS = r"[,;\s]+"
_IN_BLOCKS = re.compile(r"[0-9]{2} [0-9] [0-9]{2}( [0-9]{4})? [0-9]{3}")


@options.as_command("register", "municipalities.csv from the official list.")
@click.option(
    "--from", "file", type=options.FilePath(), required=True,
    help="GV100AD as text, or the XLSX of the quarterly edition.",
)  # fmt: skip
@click.option("--ags", multiple=True, help="Keys (AGS, ARS or of a Kreis), or a file with one on each line.")
@click.option("--names", multiple=True, help="Names, parted by ;, or a file with one on each line.")
@click.argument("more", nargs=-1, metavar="[MORE]...")
@click.option("--study", help="Fills its register; where none are named, finds those that stand in it.")
@click.option("--out", type=options.FilePath(), help="The file to write; without it, it is printed.")
@click.option("--no-kreise", is_flag=True, help="Without a row for the Landkreis of each.")
def command(
    file: Path,
    ags: tuple[str, ...],
    names: tuple[str, ...],
    more: tuple[str, ...],
    study: str | None,
    out: Path | None,
    no_kreise: bool,
) -> int:
    """Find each that is asked for, for certain, and write the register; nothing is overwritten."""
    from weltoffen_eval.commands.table_files import write_table
    from weltoffen_eval.drafting.official_list.choosing import (
        REGISTER_COLUMNS,
        Wanted,
        choose,
        other_columns,
        register_rows,
    )
    from weltoffen_eval.drafting.official_list.reading import read_official_list

    if more and bool(ags) == bool(names):
        raise CallError(f"It is not said what {more[0]!r} is: name all after --ags, or all after --names.")
    wanted = [Wanted(ags=text) for text in _each((*ags, *more) if ags else (), _KEYS)]
    wanted += [Wanted(name=text) for text in _each((*names, *more) if names else (), r"[;\n]")]
    place = out
    if study is not None:
        folder = _study_folder(study)
        there = folder / "municipalities.csv"
        if not wanted:
            wanted = _those_of(there)
        elif out is None:
            place = there
    if not wanted:
        raise CallError("Nobody is asked for; name them by --ags, --names or --study.")
    if place is not None and os.path.lexists(place):
        raise CallError(f"{place} is there already and is not overwritten; name another file with --out.")
    faults: list[Fault] = []
    entries = read_official_list(file)
    chosen = choose(entries, wanted, file.name, faults)
    if faults:
        raise RefusedError(faults)
    rows = register_rows(entries, chosen, with_kreise=not no_kreise)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([[*REGISTER_COLUMNS, *other_columns(chosen)], *rows])
    if place is None:
        print(stream.getvalue(), end="")
    else:
        write_table(place, stream.getvalue())
    kreise = len(rows) - len(chosen)
    told = f"{len(chosen)} municipalities" + (f" and {kreise} Landkreise of theirs" if kreise else "")
    print(f"{told}: {place}" if place else told, file=sys.stdout if place else sys.stderr)
    return 0


def _each(given: tuple[str, ...], between: str) -> list[str]:
    """The texts of an option: parts of a word, or lines of a file."""
    found: list[str] = []
    for text in given:
        if len(text) < 1000 and Path(text).is_file():
            lines = Path(text).read_text(encoding="utf-8-sig", errors="replace").splitlines()
            found += [line.strip() for line in lines]
        elif _IN_BLOCKS.fullmatch(text) and between == _KEYS:
            found.append(text)
        else:
            found += [part.strip() for part in re.split(between, text)]
    return [text for text in dict.fromkeys(found) if text]


def _study_folder(study: str) -> Path:
    """The folder of a study; one that is still without study.toml may be filled too."""
    return Path(study) if Path(study).is_dir() else paths.study_folder(study)


def _those_of(register: Path) -> list[Wanted]:
    """Those of a register that is there, with what it says of them: by AGS, else by name."""
    from weltoffen_eval.drafting.official_list.choosing import REGISTER_COLUMNS, Wanted
    from weltoffen_eval.study.declared_records import read_rows
    from weltoffen_eval.study.register import read_register
    from weltoffen_eval.study.register_records import MunicipalityRecord

    faults: list[Fault] = []
    read = read_register(register, register.name, faults)
    if faults:
        raise RefusedError(faults)
    own = [name for name in MunicipalityRecord.model_fields if name not in REGISTER_COLUMNS]
    rows = read_rows(MunicipalityRecord, register, register.name, faults)
    cells = {row.cells["municipality"]: {name: row.cells[name] for name in own} for row in rows}
    return [Wanted(entry.ags, entry.name, entry.key, cells[entry.key]) for entry in read.municipalities]
