"""A study full of marks that nobody may read in public, and the search for them in every file of a folder."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
from places import REFERENCE, ROOT

#: In every comment, unreleased text, participant, technical column, raw value that was corrected or is faulty,
#: name of a person or of a file of answers; and in the name of the project's folder and of the user.
MARK = "Kanarie"
#: What a run may leave of itself: where it worked.
_TRACE = r"weltoffen-[a-z0-9_]{8}\b|ipykernel_\d|0x[0-9a-f]{9,}"
#: What those may not read either who take part: comments, participants, technical columns, names of persons.
NOT_INTERNAL = rf"{MARK}(0[123]|1[0-589]|20|-p\d|\.01)"
_FILES = f"""
[[file]]
path = "{MARK}-lang.csv"
wave = "2021"
setting = "questionnaire"
perspective = "administration"
layout = "long"

[[file]]
kind = "notes"
path = "notes.csv"
wave = "2021"
setting = "workshop"

[[file]]
kind = "statements"
path = "statements.csv"
wave = "2021"
setting = "dialogue"

[[file]]
kind = "participants"
path = "participants.csv"
wave = "2021"
setting = "dialogue"
"""
_ROWS = {
    f"{MARK}-lang.csv": [
        "municipality,respondent,item,response,comment",
        *(f"dedorf,{MARK}.01@example.org,{item},{n % 3},{MARK}02" for n, item in enumerate(("A1", "A2"))),
        f"dedorf,Hauptamt,A1,2,{MARK}03",
    ],
    "notes.csv": [
        "municipality,dimension,text,kind,group,released",
        f"adorf,alpha,{MARK}04,need,{MARK}05,no",
        f"adorf,alpha,{MARK}06,idea,{MARK}07,",
        "adorf,beta,Wir brauchen Räume.,need,Gruppe 2,yes",
    ],
    "statements.csv": [
        "municipality,statement,question,text,group,released",
        f"adorf,s1,1,{MARK}08,{MARK}09,no",
        "adorf,s2,1,Es gibt einen Treff.,Gruppe 1,yes",
    ],
    "participants.csv": [
        "municipality,participant,perspective,organisation,stratum,present",
        f"adorf,{MARK}10,residents,{MARK}11,{MARK}12,yes",
        f"adorf,{MARK}13,residents,{MARK}14,{MARK}15,no",
    ],
    "corrections.csv": [
        "file,tab,row,column,old,new,reason",
        f"{MARK}-verwaltung.csv,,4,A1,{MARK}16,1,{MARK}17",
    ],
}


def canary_study(folder: Path) -> Path:
    """A project with the mark in its name, and outside of it the worked example as a study with marks."""
    project, study = folder / f"{MARK}-projekt", folder / f"{MARK}-studie"
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (project / "data" / "raw").mkdir(parents=True)
    shutil.copytree(REFERENCE / "example" / "study", study)
    for name, lines in _ROWS.items():
        (study / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    head, adorf, bestadt, cekreis = (study / "verwaltung.csv").read_text(encoding="utf-8").splitlines()
    technical = ",".join(f"{MARK}{n}" for n in (18, 19, 20))
    lines = [
        f"{head},ipaddr,startdate,{MARK}-url",
        f"{adorf},{technical}",
        f"{bestadt.replace('bestadt,2', f'bestadt,{MARK}21')},{technical}",
        f"{cekreis.replace('cekreis,1', f'cekreis,{MARK}16')},{technical}",
    ]
    (study / "verwaltung.csv").unlink()
    (study / f"{MARK}-verwaltung.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    workshop = study / "workshop.csv"
    workshop.write_text(workshop.read_text(encoding="utf-8").replace(",p", f",{MARK}-p"), encoding="utf-8")
    _replace(study / "scheme.toml", "min_group_size = 3", "min_group_size = 5")
    _replace(
        study / "study.toml",
        'path = "verwaltung.csv"',
        f'path = "{MARK}-verwaltung.csv"\nignore = ["ipaddr", "startdate", "*-url"]',
    )
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(_FILES)
    (study / "municipalities.csv").write_text(
        "municipality,name,ags,kind,status,released_on\n"
        "adorf,Adorf,01001001,Gemeinde,released,2021-10-14\nbestadt,Bestadt,,Stadt,released,\n"
        "cekreis,Cekreis,01001,Landkreis,draft,\ndedorf,Dedorf am Bach,,Gemeinde,,\nstilldorf,Stilldorf,,,,\n",
        encoding="utf-8",
    )
    return study


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found_in(folder: Path, pattern: str = "") -> list[str]:
    """Every file below a folder, and every part of it, that holds the mark or a trace of the run.

    ``pattern``: what is looked for instead, in any letters.
    """
    looked = re.compile((pattern or f"{MARK}|{_TRACE}").encode("utf-8"), re.IGNORECASE)
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for part, content in _parts(path):
                if looked.search(content) or looked.search(path.name.encode("utf-8")):
                    found.append(f"{path.relative_to(folder)} {part}")
    return found


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """What a file holds, packed or not: its bytes, the members of a Word file, text and objects of a PDF."""
    content = path.read_bytes()
    yield "", content
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as members:
            yield from ((name, members.read(name)) for name in members.namelist())
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(content) as pdf:
            yield "text", " ".join(p.get_textpage().get_text_bounded() for p in pdf).encode("utf-8")
        with pikepdf.open(io.BytesIO(content)) as opened:
            for number, item in enumerate(opened.objects):
                # letters of a font say nothing
                if isinstance(item, pikepdf.Stream) and "/Length1" not in item:
                    yield f"stream {number}", item.read_bytes()
                yield f"object {number}", b" ".join(_strings(item))


def _strings(item: object, depth: int = 0) -> Iterator[bytes]:
    """Texts in an object of a PDF, which holds them in two encodings."""
    if isinstance(item, pikepdf.String):
        yield str(item).encode("utf-8")
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and depth < 4:
        for value in dict(item).values() if isinstance(item, pikepdf.Dictionary) else ():
            yield from _strings(value, depth + 1)
    elif isinstance(item, pikepdf.Array) and depth < 4:
        for value in list(item):
            yield from _strings(value, depth + 1)
