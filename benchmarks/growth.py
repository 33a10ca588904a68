"""What a run of all modules costs when a study grows: time per report, memory, open and temporary files.

For each size a synthetic study is made in which every municipality held workshops, a dialogue and agreed on
measures, and all reports of the first municipalities are run; the time per report is that between the tenth
and the last. Then the same again (nothing is to be made), and once more after one answer was changed.

Usage: growth.py MUNICIPALITIES SIZE [SIZE ...]     (of how many municipalities reports are made)
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from watching import alive, begin, computing_of, watch

from weltoffen_eval.study.example.generator import write_study

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = 10
#: Tables that the example has of one municipality, and of some others.
GIVEN = ("veranstaltungen", "gespraeche", "teilnehmende", "aussagen", "codes", "ergebnisse", "massnahmen")
TOLD_OF = "musterstadt"


def make_study(study: Path, size: int) -> list[str]:
    """A study in which what one municipality said, agreed and did is said of all; the keys of all."""
    write_study(study, size, study_id=study.name)
    keys = [line.split(",")[0] for line in (study / "municipalities.csv").read_text("utf-8").splitlines()[1:]]
    for name in GIVEN:
        path = study / f"{name}.csv"
        head, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
        told = [row for row in rows if row[0] == TOLD_OF]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([head, *([key, *row[1:]] for key in keys for row in told)])
        path.write_text(text.getvalue(), encoding="utf-8")
    return keys


def change_an_answer(study: Path, key: str) -> None:
    """One answer of an administration to another one."""
    path = study / "2024" / "verwaltung.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith(f"{key};"))
    cells = lines[place].split(";")
    cells[4] = "1" if cells[4].strip() != "1" else "2"
    lines[place] = ";".join(cells)
    path.write_text("".join(lines), encoding="utf-8")


def run(project: Path, size: int, municipalities: int) -> None:
    study = project / "data" / "raw" / f"s{size}"
    keys = make_study(study, size)
    words = ("run", study.name, "--jobs", "2", *(p for key in keys[:municipalities] for p in ("-m", key)))
    temporary = project / "tmp"
    temporary.mkdir(exist_ok=True)
    start = time.perf_counter()
    process = begin(project, words, subprocess.PIPE, TMPDIR=str(temporary))
    assert process.stdout is not None
    stamps: list[tuple[float, float]] = []
    seen: dict[int, tuple[float, float, int, int]] = {}
    for line in process.stdout:
        if line.startswith("["):
            total = int(line.partition("/")[2].partition("]")[0])
            # before it ends, so that the last one's CPU is counted
            stamps.append((time.perf_counter(), computing_of(process.pid)))
            if len(stamps) >= SKIPPED and len(stamps) % max(SKIPPED, total // 4) == 0:
                seen[len(stamps)] = state(process.pid, temporary)
    process.wait()
    count = len(stamps) - SKIPPED
    wall, computing = ((stamps[-1][n] - stamps[SKIPPED - 1][n]) / count for n in range(2))
    print(
        f"{size} municipalities: {wall:.3f} s per report, {computing:.3f} s of CPU ({len(stamps)} reports, "
        f"first after {stamps[0][0] - start:.1f} s), left in the temporary folder: "
        f"{len(list(temporary.iterdir()))} files"
    )
    for when, (command_mb, workers_mb, files, there) in seen.items():
        print(
            f"    after {when} reports: command {command_mb:.0f} MB, other processes {workers_mb:.0f} MB, "
            f"{files} open files, {there} temporary files",
            flush=True,
        )
    for told in ("a second run", "one changed answer"):
        if told == "one changed answer":
            change_an_answer(study, keys[0])
        cost = watch(project, *words)
        made = next(line for line in cost.said.splitlines() if " reports made, " in line)
        print(f"    {told}: {cost}; {made}", flush=True)


def state(pid: int, temporary: Path) -> tuple[float, float, int, int]:
    """MB of the command, MB that its other processes have to themselves, open files, temporary files."""
    command, *others = alive(pid)
    private, files = 0.0, command.num_fds()
    for other in others:
        try:
            private += other.memory_full_info().uss
            files += other.num_fds()
        except psutil.Error:
            continue  # a notebook that has just ended
    return command.memory_info().rss / 1e6, private / 1e6, files, len(list(temporary.iterdir()))


def main(municipalities: str = "24", *sizes: str) -> None:
    with tempfile.TemporaryDirectory(prefix="weltoffen-bench-") as folder:
        for number, size in enumerate(sizes or ("36", "360", "3600", "36", "360", "3600")):
            project = Path(folder) / str(number)
            project.mkdir()
            (project / "notebooks").symlink_to(ROOT / "notebooks")
            run(project, int(size), int(municipalities))


if __name__ == "__main__":
    main(*sys.argv[1:])
