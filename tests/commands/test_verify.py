"""verify, called as a user calls it: what is true is verified, what is not is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import shared as made
from calls import call_within
from kept_archives import LAYOUT_1, changed_archive, payload_of
from places import REFERENCE


@pytest.fixture(scope="module")
def project(shared: Path) -> Path:
    made.example_reports(shared)
    return made.project_of(shared)


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    return made.example_archive(shared)


def test_an_archive_is_verified_up_to_the_answers(project: Path, archive: Path) -> None:
    done = call_within(project, "verify", str(archive), "--json")
    assert done.returncode == 0, done.stdout
    verdict = json.loads(done.stdout)
    assert verdict["ok"]
    assert any("numbers of the reports equal" in check["what"] for check in verdict["checks"])


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "reports/2021/adorf/selfcheck.json",
            '"low": 33.39519354942873',
            '"low": 34',
            "2021/adorf/selfcheck.json adorf/2021/questionnaire/administration/dimension/beta/band.low: "
            "printed 34, computed 33.39519355",
        ),
        (
            "reports/2021/adorf/selfcheck.html",
            "88 Punkte: obere",
            "89 Punkte: obere",
            "2021/adorf/selfcheck.json: selfcheck.html score_in_words: '89 Punkte: obere Hälfte.', in the twin",
        ),
        ("scheme.toml", 'id = "', '# other\nid = "', "reports name the scheme that lies in the archive"),
        ("ro-crate-metadata.json", '"study/study.toml"', '"study/other.toml"', "in the crate, and none else: study/"),
        ("reports/manifest.json", "adorf/selfcheck.html", "adorf/nothing.html",
         "files of the manifest: 2021/adorf/selfcheck"),
        ("reports/2021/adorf/summary.json", None, None, "reports that people read have a twin: 2021/adorf/summary.html"),
        ("reports/2021/adorf/selfcheck.json", None, None, "reports that people read have a twin: 2021/adorf/selfcheck.html"),
        ("study/verwaltung.csv", "adorf,ja,0", "adorf,1,0", "numbers of the reports equal those computed from the answers: "),
    ],
    ids=["number", "sentence", "scheme", "crate", "manifest", "part", "twin", "answers"],
)  # fmt: skip
def test_what_is_untrue_is_found_and_named_though_every_hash_is_right(
    project: Path, tmp_path: Path, file: str, old: str | None, new: str | None, said: str
) -> None:
    content = payload_of(LAYOUT_1)[file].decode()
    if old is not None and new is not None:
        assert old in content
    changed = content.replace(old, new).encode() if old is not None and new is not None else None
    done = call_within(project, "verify", str(changed_archive(tmp_path / "b.zip", {file: changed})))
    assert (done.returncode, done.stderr) == (1, "")
    assert any(line.startswith("WRONG") and said in line for line in done.stdout.splitlines()), done.stdout
    assert done.stdout.splitlines()[-1].endswith("NOT verified (content)")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("datapackage.json", {"resources": 5}),
        ("datapackage.json", None),
        ("ro-crate-metadata.json", {"@graph": {"File": 1}}),
        ("ro-crate-metadata.json", {"@graph": [["File"]]}),
        ("reports/manifest.json", None),
        ("reports/manifest.json", {"reports": [1]}),
        ("reports/2021/modellstadt/selfcheck.json", {"schema": "weltoffen-report/1", "findings": 7}),
        (
            "reports/2021/modellstadt/selfcheck.json",
            {"schema": "weltoffen-report/1", "findings": [{"key": 5}]},
        ),
    ],
)
def test_a_file_of_another_shape_is_told_and_not_verified(
    project: Path, tmp_path: Path, path: str, content: object
) -> None:
    path = path.replace("modellstadt", "adorf")
    assert path in payload_of(LAYOUT_1)
    changed_archive(tmp_path / "b.zip", {path: None if content is None else json.dumps(content).encode()})
    done = call_within(project, "verify", str(tmp_path / "b.zip"))
    assert (done.returncode, done.stderr) == (1, "")
    assert "NOT verified" in done.stdout


@pytest.mark.parametrize("kept", sorted((REFERENCE / "archives").glob("*.zip")), ids=lambda path: path.stem)
def test_an_archive_of_an_earlier_version_is_still_verified(project: Path, kept: Path) -> None:
    done = call_within(project, "verify", str(kept), "--level", "content")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "21 numbers of the reports equal" in done.stdout


def test_wheels_that_are_no_folder_are_told(project: Path, archive: Path, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = call_within(project, "verify", str(archive), "--level", "rerun", "--wheels", nowhere)
    assert (done.returncode, done.stderr) == (
        2,
        f"weltoffen verify: --wheels is {nowhere}, which is no folder.\n",
    )


@pytest.mark.slow
def test_an_archive_comes_out_again_elsewhere_without_a_network_and_at_another_time(
    shared: Path, tmp_path: Path
) -> None:
    made.project_of(shared)
    project = shared / "projekt"
    reports = tmp_path / "reports"
    chosen = made.municipalities("musterstadt")
    done = call_within(
        project, "run", "beispiel", *chosen, "--format", "html,pdf,docx", "--out", str(reports)
    )
    assert done.returncode == 0, done.stderr
    archive = tmp_path / "a.zip"
    done = call_within(project, "archive", "beispiel", "--out", str(archive), "--reports", str(reports))
    assert done.returncode == 0, done.stderr
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    surroundings = {
        **{name: value for name, value in os.environ.items() if name != "WELTOFFEN_PROJECT"},
        "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(elsewhere),
    }  # fmt: skip
    call = [sys.executable, "-m", "weltoffen_eval.commands.main", "verify", str(archive), "--level", "rerun"]
    # a namespace without a network, where the system allows one
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0:
        call = ["unshare", "-rn", "--", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh", *call]
    told = subprocess.run(
        [*call, "--json"], cwd=elsewhere, env=surroundings, capture_output=True, text=True, check=False
    )
    verdict = json.loads(told.stdout)
    assert verdict["ok"], told.stdout[-3000:]
    assert {one["state"] for one in verdict["compared"]} == {"identical"}
    assert len(verdict["compared"]) > 100
