"""What results were made from: hashes of the input files, the questionnaires, the scheme and the program.

Nothing here needs pandas: a command that finds everything as it was ends before it would be imported.
"""

from __future__ import annotations

import hashlib
import json
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.received import written_tables
from weltoffen_eval.study.responses.faulty_rows import FaultyRows


def provenance_of(study: Study, scheme: ScoringScheme) -> dict[str, object]:
    """What a result depends on: hashes of the input files, the questionnaires and the scheme, the version."""
    return {
        "study": study.id,
        "inputs": hash_inputs(study),
        "scheme": scheme.sha256,
        "software": f"weltoffen-eval {version('weltoffen-eval')}",
        "program": hash_program(),
    }


def stored_provenance(folder: Path, study: Study, scheme: ScoringScheme) -> dict[str, object] | None:
    """Provenance of what is stored, if it was made from these files, this scheme, this program; else None."""
    package = read_package(folder)
    provenance = provenance_of(study, scheme)
    if not isinstance(package, dict) or package.get("weltoffen") != provenance:
        return None
    if not (folder / "scores.parquet").is_file():
        return None
    return provenance


def is_stored(folder: Path, study: Study) -> bool:
    """Whether what is stored was made from these files by this program, whatever the scheme."""
    stored = read_package(folder).get("weltoffen", {})
    made_from = {"inputs": hash_inputs(study), "program": hash_program()}
    return isinstance(stored, dict) and made_from == {name: stored.get(name) for name in made_from}


def stored_faults(folder: Path) -> FaultyRows:
    """Which municipalities the stored tables were made without, and why."""
    return FaultyRows.from_json(read_package(folder).get("left_out", {}))


def read_package(folder: Path) -> dict[str, Any]:
    """What datapackage.json says; nothing where it cannot be read."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return package if isinstance(package, dict) else {}


def hash_inputs(study: Study) -> dict[str, str]:
    """SHA-256 of every file that is read, by its path in the study, and of each questionnaire."""
    names = set(written_tables(study.folder, study.files))
    names |= {raw.path for raw in study.files if raw.path}
    hashes = {
        name: _hash_file(study.folder / name) for name in sorted(names) if (study.folder / name).is_file()
    }
    for wave, instrument in study.instruments.items():
        hashes[f"instrument of {wave}"] = instrument.sha256
    return hashes


#: Hashes by what the file system says of a file. A worker has them before it forks its reports, each of which
#: would else read all raw files of all municipalities.
_hashed: dict[tuple[int, ...], str] = {}
#: Nanoseconds in which a file may change without another time: what is so new is hashed again.
_TICK = 2_000_000_000


def _hash_file(path: Path) -> str:
    of = path.stat()
    # the time of the last change of any kind cannot be set back
    known_by = of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns
    if known_by in _hashed:
        return _hashed[known_by]
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if time.time_ns() - of.st_ctime_ns > _TICK:
        _hashed[known_by] = digest
    return digest


def hash_program(package: Path = paths.PACKAGE) -> str:
    """SHA-256 over the modules that clean, score and store: a changed program is not served old results."""
    digest = hashlib.sha256()
    for room in ("raw", "study", "analysis", "results"):
        # also in the rooms within: files are read and answers cleaned there
        for path in sorted((package / room).rglob("*.py")):
            name = path.relative_to(package).as_posix()
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
