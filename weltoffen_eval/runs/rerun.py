"""All reports of an archive made anew from what lies in it, and every file compared."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.comparing_files import compare_folders
from weltoffen_eval.publish.keeping.manifest import read_json
from weltoffen_eval.runs.verdict import Checked, Verdict

#: Files of a reports folder that tell of the run and not of the study.
OF_RUN = ("run.json",)


def rerun(work: Path, verdict: Verdict, wheels: Path | None, scheme: str) -> None:
    """Make every report anew in a folder of its own, without what lies around it, and compare every file."""
    if verdict.audience == "public":
        raise CallError("A public archive holds no data, from which its reports could be made anew.")
    python = sys.executable if wheels is None else _environment(work, wheels)
    lines = (work / "software" / "requirements.txt").read_text(encoding="utf-8").split()
    if wheels is None:
        from weltoffen_eval.publish.keeping.wheel import exact_requirements

        here = set(exact_requirements().decode().split())
        other = sorted(set(lines) ^ here)
        if other:
            verdict.remarks.append(f"Other versions of libraries than then: {', '.join(other[:10])}.")
    project = work.parent / "again"
    study = _study_id(work)
    _lay_out(work, project, study)
    call = [
        python, "-m", "weltoffen_eval.commands.main", "run", study, "--out", str(project / "reports"),
        "--keep-going", *_words_of(work, scheme),
    ]  # fmt: skip
    environment = {**os.environ, "WELTOFFEN_PROJECT": str(project)}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        verdict.checks.append(Checked("the reports can be made anew", False, done.stderr.strip()[-500:]))
        return
    verdict.compared += compare_folders(work / "reports", project / "reports" / study, OF_RUN)


def _words_of(work: Path, scheme: str) -> list[str]:
    """The words of the call by which the reports in an archive were made, as they tell it."""
    from weltoffen_eval.runs.kinds import KINDS

    manifest = read_json(work / "reports" / "manifest.json")
    names = [name.split("/") for name in manifest.get("reports", {})]
    last = {name[-1] for name in names}
    kinds = [kind.name for kind in KINDS if kind.name in last]
    formats = [form for form in ("html", "pdf", "docx") if any((work / "reports").rglob(f"*.{form}"))]
    words = ["--format", ",".join(formats), *(word for kind in kinds for word in ("-n", kind))]
    if scheme:
        # that of the archive, whatever a scheme of this name is here
        words += ["--scheme", str(work / "scheme.toml")]
    if not manifest.get("about", {}).get("state"):
        # only a part of the study was run
        waves = {name[0] for name in names if len(name) == 3}
        whole = sorted({name[-2] for name in names} - {"_study"})
        words += [word for key in whole for word in ("-m", key)]
        if len(waves) == 1 and all(len(name) == 3 for name in names):
            words += ["-w", *waves]
    return words


def _study_id(work: Path) -> str:
    import tomllib

    return str(tomllib.loads((work / "study" / "study.toml").read_text(encoding="utf-8"))["id"])


def _lay_out(work: Path, project: Path, study: str) -> None:
    """A project as a run expects it: notebooks, the study, nothing processed."""
    import shutil

    shutil.copytree(work / "notebooks", project / "notebooks")
    shutil.copytree(work / "study", project / "data" / "raw" / study)


def _environment(work: Path, wheels: Path) -> str:
    """Python of an environment made from the wheels alone, with the versions of then."""
    place = work.parent / "env"
    own = next((work / "software").glob("*.whl"))
    for call in (
        [sys.executable, "-m", "venv", str(place)],
        [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-index",
         "--find-links", str(wheels), "-r", str(work / "software" / "requirements.txt"), str(own)],
    ):  # fmt: skip
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode:
            # of what pip says the last line names what is missing
            said = done.stderr.strip().rpartition("\n")[2]
            raise CallError(f"The environment of then could not be made from {wheels}: {said}")
    return str(place / "bin" / "python")
