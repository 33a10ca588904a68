"""What archiving a growing study and verifying it costs: time, peak memory of the process, size.

For each size a synthetic study is made and the Selbstcheck of one municipality is run; its files stand for
those of all others, under their names, so that only the archive is measured and not 3,600 runs.

Usage: archive.py SIZE [SIZE ...]     (numbers of municipalities)
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def call(project: Path, *words: str) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a call of the command."""
    begin = time.perf_counter()
    environment = {**os.environ, "WELTOFFEN_PROJECT": str(project)}
    program = [sys.executable, "-m", "weltoffen_eval.commands.main", *words]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        streams = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)]
        process = os.posix_spawn(sys.executable, program, environment, file_actions=streams)
        _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begin, used.ru_maxrss / 1024


def multiply(reports: Path, key: str, keys: list[str]) -> int:
    """Gives the reports of one municipality to all; how many files there are then."""
    manifest = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))
    made, name = manifest["reports"], f"2021/{key}/selfcheck"
    files = made[name]["files"]
    for other in keys:
        for path in files:
            copy = reports / path.replace(f"2021/{key}/", f"2021/{other}/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                # the same content on the disk: it is read as often as if it were another
                copy.hardlink_to(reports / path)
        made[name.replace(key, other)] = {
            "files": {
                path.replace(f"2021/{key}/", f"2021/{other}/"): digest for path, digest in files.items()
            }
        }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (reports / "manifest.json").write_text(text, encoding="utf-8")
    return len(files) * len(keys)


def prepare(project: Path, size: int) -> int:
    """Makes the study and its reports; how many files these have."""
    from weltoffen_eval.study.example.generator import write_study

    study = project / "data" / "raw" / "gross"
    (project / "notebooks").symlink_to(ROOT / "notebooks")
    write_study(study, size, study_id="gross", workshop=False)
    lines = (study / "municipalities.csv").read_text(encoding="utf-8").splitlines()[1:]
    keys = [line.split(",")[0] for line in lines]
    call(project, "run", "gross", "-w", "2021", "-n", "selfcheck", "-m", keys[0])
    return multiply(project / "reports" / "gross", keys[0], keys)


def main() -> None:
    for size in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory(prefix="weltoffen-bench-") as folder:
            project = Path(folder)
            # in a process of its own: the peak of a call counts from what this one held before
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                files = pool.submit(prepare, project, size).result()
            out = project / "gross.zip"
            seconds, memory = call(project, "archive", "gross", "--out", str(out))
            print(
                f"{size:,} municipalities, {files:,} files of reports: {seconds:.1f} s, "
                f"peak {memory:.0f} MB, {out.stat().st_size / 2**20:,.0f} MB",
                flush=True,
            )
            for level in ("integrity", "content"):
                seconds, memory = call(project, "verify", str(out), "--level", level)
                print(f"  verified ({level}): {seconds:.1f} s, peak {memory:.0f} MB", flush=True)
            seconds, memory = call(project, "score", "gross", "--out", str(project / "scores.csv"))
            print(f"  the study scored, for comparison: {seconds:.1f} s, peak {memory:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
