"""Every file that a LimeSurvey export consists of, in the place of which something hostile lies: refused, not opened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT
from sample_exports import read, write_study

BY_CODE = 'columns = { municipality = "attribute_1", ags = "attribute_2" }'
#: By the file that is hostile: what else the study has, and what study.toml says of it.
FILES = {
    **{f"export{ending}": ((), BY_CODE) for ending in (".csv", ".xlsx", ".json", ".vv")},
    "export.dat": (("v6-tokens/spss-syntax.sps",), 'structure = "spss-syntax.sps"'),
    "participants.csv": ((), 'attributes = "participants.csv"'),
    **{f"structure{ending}": ((), f'structure = "structure{ending}"') for ending in (".lss", ".txt", ".lsa")},
    "structure.sps": (("v6-tokens/spss-data.dat",), 'structure = "structure.sps"'),
}


def put(tmp_path: Path, name: str) -> tuple[Path, Path]:
    """A study that needs a file of this name, and where that lies."""
    beside, keys = FILES[name]
    first = "v6-tokens/codes-without-attributes.csv" if name == "participants.csv" else "v6-tokens/codes.csv"
    folder = write_study(tmp_path / "study", first, *beside, keys=keys)
    toml, of_export = folder / "study.toml", Path(first).name
    exported = (
        "spss-data.dat" if name == "structure.sps" else name if name.startswith("export") else of_export
    )
    text = toml.read_text(encoding="utf-8").replace(f'"{of_export}"', f'"{exported}"')
    toml.write_text(text, encoding="utf-8")
    return folder, folder / name


def lay(path: Path, what: str) -> None:
    match what:
        case "a pipe":
            os.mkfifo(path)
        case "a link that leads out":
            secret = path.parent.parent / "secret"
            secret.write_text("id,attribute_1\n1,Musterstadt\n", encoding="utf-8")
            path.symlink_to(secret)
        case "1 GB of zeros":
            with path.open("wb") as stream:
                stream.truncate(1_000_000_000)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", ["a pipe", "a link that leads out"])
def test_what_is_no_file_of_the_study_is_refused_by_name(tmp_path: Path, name: str, what: str) -> None:
    folder, path = put(tmp_path, name)
    lay(path, what)
    try:
        _, faults = read(folder)
    except AssertionError as refused:
        # told when study.toml is read
        assert name in str(refused)
    else:
        assert any(fault.file == name for fault in faults)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_giant_is_refused_with_less_than_a_gigabyte_of_memory(tmp_path: Path, name: str) -> None:
    folder, path = put(tmp_path, name)
    lay(path, "1 GB of zeros")
    call = [sys.executable, "-m", "weltoffen_eval.commands.main", "check", str(folder)]
    measured = (
        "import resource, subprocess, sys\n"
        f"done = subprocess.run({call!r}, capture_output=True, text=True)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "print(done.stderr)"
    )
    environment = {**os.environ, "WELTOFFEN_PROJECT": str(tmp_path)}
    (tmp_path / "notebooks").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", measured], capture_output=True, text=True, cwd=ROOT, env=environment
    )
    first, *told = done.stdout.splitlines()
    code, kilobytes = map(int, first.split())
    assert code == 3 and any(name in line for line in told), done.stdout
    assert kilobytes < 1_000_000
