"""An archive verified: whole, consistent, and, if asked for, made anew from what lies in it."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weltoffen_eval.errors import CallError, WeltoffenError, visible
from weltoffen_eval.publish.keeping.bag_check import Bag
from weltoffen_eval.publish.keeping.comparing_files import DIFFERENT, Compared, compare_folders

LEVELS = ("integrity", "content", "rerun")
#: Files of a reports folder that tell of the run and not of the study.
_OF_RUN = ("run.json",)
#: Where bag-info.txt names the scheme of the call, if it named one.
SCHEME_KEY = "Weltoffen-Scheme"


@dataclass(frozen=True)
class Checked:
    """One thing that was held against another: ``ok``, or ``found`` says what is wrong and where."""

    what: str
    ok: bool
    found: str = ""


@dataclass
class Verdict:
    """Everything that was checked, up to the level asked for; ``compared``: files of a run anew."""

    level: str
    audience: str = ""
    checks: list[Checked] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; a file that is equal after rounding is none that is wrong."""
        far = (DIFFERENT, "missing", "new")
        return all(check.ok for check in self.checks) and not any(one.state in far for one in self.compared)


def verify(path: Path, level: str, work: Path, wheels: Path | None = None) -> Verdict:
    """Check an archive up to a level; what is needed for it is put into ``work``.

    Parameters
    ----------
    wheels : a folder with the libraries, from which the environment is made offline (rerun); without it
        the present environment runs it

    Raises
    ------
    CallError
        If the file cannot be read, or an entry in it could do harm.
    """
    with Bag(path) as bag:
        verdict = Verdict(level, bag.info.get("Weltoffen-Audience", ""))
        flaws = bag.flaws()
        verdict.checks += [Checked(visible(flaw.path), False, visible(flaw.found)) for flaw in flaws]
        verdict.checks.append(Checked(f"{len(bag.files)} files have the hashes of the manifests", not flaws))
        if flaws or level == LEVELS[0]:
            return verdict
        bag.extract(work)
        payload = bag.payload()
    verdict.checks += _checked(_content(work, payload, verdict))
    if level == LEVELS[2] and verdict.ok:
        _rerun(work, verdict, wheels, bag.info.get(SCHEME_KEY, ""))
    return verdict


def _checked(checks: Iterator[Checked]) -> Iterator[Checked]:
    """The checks until one cannot be made, since a file has another shape than it must: that is one more."""
    try:
        yield from checks
    except WeltoffenError as error:
        yield Checked("what lies in the archive can be read", False, str(error)[:500])
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        yield Checked("the files that describe the archive have their shape", False, repr(error)[:200])


def _content(work: Path, payload: Mapping[str, str], verdict: Verdict) -> Iterator[Checked]:
    """``payload``: the hash of each file in ``work``, which is known to have it."""
    manifest = _json(work / "reports" / "manifest.json")
    yield Checked("the manifest of the reports can be read", bool(manifest))
    listed = {
        path: digest
        for entry in manifest.get("reports", {}).values()
        for path, digest in entry.get("files", {}).items()
    }
    wrong = [path for path, digest in listed.items() if payload.get(f"reports/{path}") != digest]
    yield _none_of("reports have the hashes of their manifest", len(listed), wrong)
    crate = _json(work / "ro-crate-metadata.json")
    entities = [entity for entity in crate.get("@graph", ()) if entity.get("@type") == "File"]
    from urllib.parse import unquote

    named = {unquote(str(entity["@id"])): entity for entity in entities}
    there = payload.keys() - {"ro-crate-metadata.json"}
    yield _none_of("files are in the crate, and none else", len(there), sorted(there ^ named.keys()))
    wrong = [
        path
        for path, entity in named.items()
        if path in there and entity.get("sha256") and entity["sha256"] != payload[path]
    ]
    yield _none_of("files have the hashes of the crate", len(named), wrong)
    package = _json(work / "datapackage.json")
    resources = package.get("resources", [])
    wrong = [r["path"] for r in resources if f"sha256:{payload.get(r['path'])}" != r["hash"]]
    yield _none_of("tables have the hashes of the data package", len(resources), wrong)
    yield from _twins(work, verdict)


def _twins(work: Path, verdict: Verdict) -> Iterator[Checked]:
    twins = [
        path for path in (work / "reports").rglob("*.json") if path.name not in ("manifest.json", *_OF_RUN)
    ]
    if verdict.audience == "public":
        verdict.remarks.append(
            "A public archive holds no answers: it shows that files, twins and manifest agree, not that "
            "numbers follow from answers."
        )
        wrong = [
            path.name for path in twins if not str(_json(path).get("schema", "")).startswith("weltoffen-")
        ]
        yield _none_of("twins can be read", len(twins), wrong)
        return
    recomputed, unequal, beyond = _recompute(work, twins)
    yield _none_of("scores of the reports equal those computed from the answers", recomputed, unequal)
    verdict.remarks.append(
        f"{beyond:,} numbers of other kinds (of groups, of changes, of coverage) are compared by rerun only."
    )


def _recompute(work: Path, twins: list[Path]) -> tuple[int, list[str], int]:
    """How many scores of the twins were compared, which differ, and how many other numbers there are."""
    from weltoffen_eval.analysis.finding_keys import read_key
    from weltoffen_eval.analysis.scoring import score_waves
    from weltoffen_eval.results.healthy_study import read_healthy
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study

    study = load_study(work / "study")
    scheme = load_scheme(str(work / "scheme.toml"), study)
    cleaned, _, _ = read_healthy(study)
    scores = score_waves(study, cleaned.waves, scheme, records=cleaned.records)
    columns = ["municipality", "wave", "setting", "perspective", "level", "id"]
    by_place = {
        tuple(map(str, place)): float(value)
        for *place, value in scores[[*columns, "score"]].itertuples(index=False, name=None)
    }
    compared, unequal, beyond = 0, [], 0
    for path in twins:
        for finding in _json(path).get("findings", ()):
            key, _ = read_key(str(finding["key"]))
            place = (key.municipality, key.wave, key.setting, key.perspective, key.level, key.id)
            known = by_place.get(place)
            plain = key.quantity == "score" and not (key.respondent or key.unit or key.variant or key.other)
            if not plain or known is None or finding.get("value") is None:
                beyond += 1
                continue
            compared += 1
            if not math.isclose(known, float(finding["value"]), rel_tol=1e-9, abs_tol=1e-9):
                unequal.append(f"{path.name} {finding['key']}: {finding['value']}, computed {known:.10g}")
    return compared, unequal, beyond


def _rerun(work: Path, verdict: Verdict, wheels: Path | None, scheme: str) -> None:
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
    verdict.compared += compare_folders(work / "reports", project / "reports" / study, _OF_RUN)


def _words_of(work: Path, scheme: str) -> list[str]:
    """The words of the call by which the reports in an archive were made, as they tell it."""
    from weltoffen_eval.runs.kinds import KINDS

    manifest = _json(work / "reports" / "manifest.json")
    names = [name.split("/") for name in manifest.get("reports", {})]
    last = {name[-1] for name in names}
    kinds = [kind.name for kind in KINDS if kind.name in last]
    formats = [form for form in ("html", "pdf", "docx") if any((work / "reports").rglob(f"*.{form}"))]
    words = ["--format", ",".join(formats), *(word for kind in kinds for word in ("-n", kind))]
    if scheme:
        words += ["--scheme", scheme]
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
            raise CallError(f"The environment of then could not be made: {done.stderr.strip()[-300:]}")
    return str(place / "bin" / "python")


def _none_of(what: str, count: int, wrong: list[str]) -> Checked:
    shown = ", ".join(map(visible, wrong[:3])) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")
    return Checked(f"{count:,} {what}", not wrong, shown)


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
