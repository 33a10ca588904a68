"""Public versions as they are told: a twin in a folder, entered in the ledger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from weltoffen_eval.analysis.findings import Finding
from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.profile import Profile
from weltoffen_eval.results.profile_findings import findings_of
from weltoffen_eval.runs.releasing import enter_released


def publish(study: Path, findings: Iterable[Finding], key: str, version: str = "") -> Path:
    """A twin in the folder of public reports, entered in the ledger; a copy of the folder for ``version``."""
    out = study.with_name("mini-public")
    out.mkdir(exist_ok=True)
    shown = Shown(findings={})
    shown.findings = list(findings)
    told = [entry for data in shown._metadata().values() for entry in data["findings"]]
    twin = {
        "schema": "weltoffen-report/1", "study": "mini", "audience": "public", "status": "released",
        "municipality": key, "wave": "2021", "report": "selfcheck", "instrument": {"id": "mini"}, "findings": told,
    }  # fmt: skip
    (out / f"{key}.json").write_text(json.dumps(twin), encoding="utf-8")
    enter_released(study, "mini", out)
    return Path(shutil.copytree(out, study.with_name(f"{version}-mini-public"))) if version else out


def all_of(profile: Profile) -> list[Finding]:
    """All numbers of a profile, also those that no cell shows."""
    known = findings_of(profile)
    assert "nothing" not in known
    with pytest.raises(KeyError):
        # what is looked up last is computed last
        known["nothing"]
    return list(known.values())
