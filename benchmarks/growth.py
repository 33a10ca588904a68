"""What a run costs when a study grows: time per report, memory, open files and temporary files.

For each size a synthetic study is made and the Selbstcheck of one wave is run, for all municipalities or
for the first ones; the time per report is that between the tenth report and the last.

Usage: growth.py REPORTS SIZE [SIZE ...]     (REPORTS: of how many municipalities; 0 for all)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from weltoffen_eval.study.example.generator import write_study

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = 10


def run(project: Path, size: int, reports: int) -> None:
    study = project / "data" / "raw" / f"s{size}"
    if not study.exists():
        write_study(study, size, study_id=f"s{size}", workshop=False)
    keys = [line.split(",")[0] for line in (study / "municipalities.csv").read_text("utf-8").splitlines()[1:]]
    chosen = [part for key in keys[:reports] for part in ("-m", key)]
    temporary = project / "tmp"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "weltoffen_eval.commands.main", "run", study.name, "-w", "2021"]
    begin = time.perf_counter()
    process = subprocess.Popen(
        [*command, "-n", "selfcheck", "--fresh", "--jobs", "2", *chosen],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "WELTOFFEN_PROJECT": str(project), "TMPDIR": str(temporary)},
    )  # fmt: skip
    assert process.stdout is not None
    stamps: list[float] = []
    seen: dict[int, tuple[float, float, int, int]] = {}
    total = reports or size
    for line in process.stdout:
        if line.startswith("["):
            stamps.append(time.perf_counter())
            if len(stamps) >= SKIPPED and len(stamps) % max(SKIPPED, total // 6) == 0:
                seen[len(stamps)] = state(process.pid, temporary)
    process.wait()
    per_report = (stamps[-1] - stamps[SKIPPED - 1]) / (len(stamps) - SKIPPED)
    print(
        f"{size} municipalities: {per_report:.3f} s per report ({len(stamps)} reports, first after "
        f"{stamps[0] - begin:.1f} s), left in the temporary folder: {len(list(temporary.iterdir()))} files"
    )
    for when, (command_mb, workers_mb, files, there) in seen.items():
        print(
            f"    after {when} reports: command {command_mb:.0f} MB, other processes {workers_mb:.0f} MB, "
            f"{files} open files, {there} temporary files",
            flush=True,
        )


def state(pid: int, temporary: Path) -> tuple[float, float, int, int]:
    """MB of the command, MB that its other processes have to themselves, open files, temporary files."""
    command = psutil.Process(pid)
    others, files = 0, command.num_fds()
    for child in command.children(recursive=True):
        try:
            others += child.memory_full_info().uss
            files += child.num_fds()
        except psutil.Error:
            continue  # a notebook that has just ended
    return command.memory_info().rss / 1e6, others / 1e6, files, len(list(temporary.iterdir()))


def main(reports: str = "60", *sizes: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "notebooks").symlink_to(ROOT / "notebooks")
        for size in sizes or ("36", "360", "3600", "36", "360", "3600"):
            run(project, int(size), int(reports) or int(size))


if __name__ == "__main__":
    main(*sys.argv[1:])
