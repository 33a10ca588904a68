"""The ledger of a study: which public reports were released, each with its twin, which is never rewritten."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.analysis.finding_keys import FIELDS, UnknownKeyError, read_key
from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.errors import Fault, RefusedError
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.reported import SELF_CHECK, ReportedAnswers

#: The folder of the ledger in that of the study, and the table in it.
FOLDER, TABLE = "released", "ledger.csv"


@dataclass(frozen=True, kw_only=True)
class Release:
    """One report that was released: a line of the ledger.

    ``date``: when it was released, as the register says, or empty. ``file``: its twin in the folder of public
    reports, with the name of that folder. ``sha256``: of the twin, which lies in the ledger too.
    """

    number: int
    municipality: str
    wave: str
    report: str
    date: str
    file: str
    sha256: str

    @property
    def twin(self) -> str:
        """The name of its twin in the ledger."""
        return f"{self.number}.json"


_COLUMNS = tuple(field.name for field in fields(Release))


def read_ledger(folder: Path) -> tuple[Release, ...]:
    """What was released of a study; nothing where it has no ledger.

    Parameters
    ----------
    folder : of the study

    Raises
    ------
    RefusedError
        With all faults, if the ledger was changed by hand or a twin in it is lost: what was told is not
        known then, and nothing may be told beside it.
    """
    file, folder = f"{FOLDER}/{TABLE}", paths.ledger_home(folder)
    if (folder / FOLDER).is_symlink() or ((folder / FOLDER).exists() and not (folder / FOLDER).is_dir()):
        raise RefusedError([Fault(FOLDER, "a link, or no folder", "the folder of the ledger")])
    if not (folder / file).is_file():
        return ()
    try:
        rows = list(csv.reader(io.StringIO((folder / file).read_text(encoding="utf-8"))))
    except (OSError, ValueError, csv.Error) as error:
        raise RefusedError([Fault(file, str(error), "the ledger as it was written", _ADVICE)]) from error
    head, *lines = rows or [[]]
    if tuple(head) != _COLUMNS:
        raise RefusedError([Fault(file, ",".join(head), ",".join(_COLUMNS), _ADVICE, row=1)])
    faults: list[Fault] = []
    found = []
    for row, line in enumerate(lines, start=2):
        # numbers go on by one, so that a line that was taken out is missed
        if len(line) != len(_COLUMNS) or line[0] != str(row - 1):
            faults.append(Fault(file, ",".join(line), f"release {row - 1}", _ADVICE, row=row))
            continue
        release = Release(number=row - 1, **dict(zip(_COLUMNS[1:], line[1:], strict=True)))
        found.append(release)
        if _hash(folder / FOLDER / release.twin) != release.sha256:
            said = f"{FOLDER}/{release.twin} is not there, or not as it was released"
            faults.append(Fault(file, said, f"its SHA-256 {release.sha256}", _ADVICE, row=row))
        elif (about := _told_by(_read_twin(folder, release.twin))) != astuple(release)[1:5]:
            said, expected = ",".join(astuple(release)[1:5]), f"{','.join(about)}, as its twin says"
            faults.append(Fault(file, said, expected, _ADVICE, row=row))
    if faults:
        raise RefusedError(faults)
    return tuple(found)


_ADVICE = "Restore the folder from a copy; what was released is never changed."


def unlisted_twins(folder: Path, known: Sequence[Release]) -> list[str]:
    """Names of twins in the ledger's folder that no line names: a line was taken out, or a run was killed."""
    listed = {release.twin for release in known}
    names = (path.name for path in (folder / FOLDER).glob("*.json"))
    return sorted(name for name in names if name not in listed and name.removesuffix(".json").isdecimal())


def _read_twin(folder: Path, name: str) -> dict[str, Any]:
    try:
        twin = json.loads((folder / FOLDER / name).read_text(encoding="utf-8"))
    except ValueError:
        twin = None
    if not isinstance(twin, dict):
        raise RefusedError([Fault(f"{FOLDER}/{name}", "no twin of a report", "it as released", _ADVICE)])
    return twin


def _told_by(twin: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of its line that a twin tells: municipality, wave, report, date."""
    return tuple(str(twin.get(name, "")) for name in ("municipality", "wave", "report", "released_on"))


def release_of(number: int, twin: Mapping[str, Any], file: str, sha256: str) -> Release:
    """The line of the ledger for a twin."""
    municipality, wave, report, date = _told_by(twin)
    return Release(
        number=number,
        municipality=municipality,
        wave=wave,
        report=report,
        date=date,
        file=file,
        sha256=sha256,
    )


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def ledger_table(releases: Iterable[Release]) -> bytes:
    """The table of the ledger as the bytes of a file."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([_COLUMNS, *map(astuple, releases)])
    return stream.getvalue().encode("utf-8")


def released_findings(study: Study, municipality: str) -> tuple[Finding, ...]:
    """All that was released of a municipality, in every wave, as the door knows it (``earlier``).

    A twin that no line names counts too: whether it was told nobody knows.

    Raises
    ------
    RefusedError
        See :func:`read_ledger`.
    """
    found: dict[Finding, None] = {}
    known = read_ledger(study.folder)
    names = [release.twin for release in known if release.municipality == municipality]
    home = paths.ledger_home(study.folder)
    for name in [*names, *unlisted_twins(home, known)]:
        twin = _read_twin(home, name)
        if twin.get("municipality") == municipality:
            found |= dict.fromkeys(_findings_in(twin, study.report))
    return tuple(found)


def _findings_in(twin: Mapping[str, Any], report: ReportedAnswers) -> Iterator[Finding]:
    for entry in twin.get("findings", []):
        try:
            key, _ = read_key(str(entry["key"]))
        except UnknownKeyError:
            # a version before called it otherwise
            continue
        numbers = {name: _number(entry.get(name)) for name in FIELDS}
        said = Finding(**vars(key), reason=str(entry.get("reason", "")))
        yield _as_self_check(said.having(**numbers), report)


def _number(value: object) -> float:
    return math.nan if value is None else float(str(value))


def _as_self_check(finding: Finding, report: ReportedAnswers) -> Finding:
    """The finding in the place in which the door knows it; see :mod:`weltoffen_eval.study.reported`."""
    if not report.of_others:
        return finding
    if finding.other == report.perspective:
        finding = replace(finding, other=SELF_CHECK.perspective)
    if (finding.setting, finding.perspective) != (report.setting, report.perspective):
        return finding
    return replace(
        finding, setting=SELF_CHECK.setting, perspective=SELF_CHECK.perspective,
        unit=finding.unit or report.unit,
    )  # fmt: skip
