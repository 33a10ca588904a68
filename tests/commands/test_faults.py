"""Whatever goes wrong concerns one report, or ends the run with what was there before intact."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

Call = Callable[..., "subprocess.CompletedProcess[str]"]

#: How each bad notebook is told: it raises, its process is killed, it sleeps for ever, it prints 100 MB.
TOLD = (
    "line 3: ZeroDivisionError: division by zero",
    "lines 1 to 7: the process that ran it died",
    "took longer than 3 seconds",
    "line 7: more than 10,000,000 bytes of output",
)


def files(folder: Path) -> dict[str, bytes]:
    """Every report file below a folder; not what tells of the run itself."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name not in (".lock", "run.json", "index.html", "manifest.json", ".journal")
    }


def make_bad(project: Path, keys: list[str]) -> None:
    """The data quality notebook, which for four municipalities goes astray in its second cell."""
    path = project / "notebooks" / "01_data_quality.ipynb"
    node = nbformat.read(path, as_version=4)
    raises, dies, sleeps, prints = keys
    cell = nbformat.v4.new_code_cell(
        "\n".join(
            [
                "import os, time",
                f"if municipality == {raises!r}:",
                "    1 / 0",
                f"if municipality == {dies!r}: os.kill(os.getpid(), 9)",
                f"if municipality == {sleeps!r}: time.sleep(1000)",
                f"if municipality == {prints!r}:",
                "    print('x' * 100_000_000)",
            ]
        )
    )
    node.cells.insert(1, cell)
    nbformat.write(node, path)


# of one of them: tests/commands/test_commands.py, tests/publish/running/test_execution.py
@pytest.mark.slow
def test_four_bad_notebooks_leave_the_others_as_they_would_be_without_them(
    within: Call, project: Path
) -> None:
    from weltoffen_eval.study.example.generator import write_study

    write_study(project / "data" / "raw" / "sieben", 7, study_id="sieben", workshop=False)
    keys = [line.split(",")[0] for line in _register(project / "data" / "raw" / "sieben")]
    bad, good = keys[:4], keys[4:]
    make_bad(project, bad)
    chosen = ("run", "sieben", "-w", "2021", "-n", "data_quality")
    alone = within(*chosen, "--out", "alone", *(part for key in good for part in ("-m", key)))
    assert alone.returncode == 0, alone.stderr

    # the one that never ends has the only time limit, which no other can miss on a slow machine
    sleeps = bad[2]
    others = [part for key in keys if key != sleeps for part in ("-m", key)]
    runs = (("--time-limit", "3", "-m", sleeps), ("--jobs", "2", *others))
    said, records = "", []
    for options in runs:
        done = within(*chosen, *options)
        assert done.returncode == 1
        said += done.stderr
        record = json.loads((project / "reports" / "sieben" / "run.json").read_text(encoding="utf-8"))
        records += record["reports"]
    assert {r["municipality"]: r["state"] for r in records} == {
        **dict.fromkeys(bad, "failed"),
        **dict.fromkeys(good, "done"),
    }
    for key, told in zip(bad, TOLD, strict=True):
        (reason,) = (r["reason"] for r in records if r["municipality"] == key)
        where = r"cell \d of" if key == sleeps else "cell 2 of"
        assert re.fullmatch(rf"{where} 01_data_quality\.ipynb, (lines? [\d to]+: )?{re.escape(told)}", reason)
        assert reason in said
        page = project / "reports" / "sieben" / "2021" / key / "data_quality.html"
        assert told in page.read_text(encoding="utf-8")
    made = files(project / "reports" / "sieben")
    of_good = {path: content for path, content in made.items() if path.split("/")[1] in good}
    assert of_good == files(project / "alone" / "sieben")
    assert len(of_good) >= len(good) * 3


def _register(folder: Path) -> list[str]:
    return (folder / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:]


#: Two kinds of report, which fit on the small disk whatever others there come to be.
FEW = ("run", "mini", "-n", "selfcheck", "-n", "data_quality")


@pytest.fixture
def small_disk(project: Path) -> Iterator[Path]:
    """reports/ on a file system of its own of 4 MB."""
    folder = project / "reports"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk_ends_with_4_and_a_later_run_goes_on(
    weltoffen: Call, project: Path, small_disk: Path
) -> None:
    assert weltoffen(*FEW).returncode == 0
    before = files(small_disk)
    with (small_disk / "filler").open("wb") as filler:
        free = os.statvfs(small_disk)
        filler.write(b"x" * (free.f_bavail * free.f_frsize - 200_000))

    done = weltoffen(*FEW, "--format", "html,pdf")
    assert done.returncode == 4
    assert f"{small_disk}" in done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    after = files(small_disk)
    assert {path: after[path] for path in before} == before

    (small_disk / "filler").unlink()
    assert weltoffen(*FEW, "--format", "html,pdf").returncode == 0
    assert weltoffen(*FEW, "--format", "html,pdf", "--out", "elsewhere").returncode == 0
    assert files(small_disk / "mini") == files(project / "elsewhere" / "mini")


@pytest.mark.slow
def test_a_folder_that_can_only_be_read_ends_with_4_and_stays_as_it_is(
    weltoffen: Call, small_disk: Path
) -> None:
    assert weltoffen(*FEW).returncode == 0
    before = files(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = weltoffen(*FEW, "--fresh")
    assert done.returncode == 4
    assert f"{small_disk}" in done.stderr
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(small_disk) == before
