"""A public archive is attacked and searched: nothing of persons, nothing unreleased, nothing of where it was made."""

from __future__ import annotations

import getpass
import json
import re
import socket
import zipfile
from pathlib import Path

import pytest
from calls import call_within
from canary import MARK, canary_study, found_in
from kept_archives import own_project
from places import ROOT

pytestmark = pytest.mark.slow
#: Where tests, program and libraries lie, and who runs them.
HERE = (str(ROOT), f"{Path.home()}/", "/pytest-of-", f"/home/{getpass.getuser()}", socket.gethostname())


def unpacked(archive: Path, folder: Path) -> Path:
    """What lies in an archive, and what lies in its wheel but our own studies, which everybody has."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    bag = next(folder.iterdir())
    (wheel,) = (bag / "data" / "software").glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(bag / "wheel")
    return bag


def test_no_mark_is_in_any_file_of_a_public_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = canary_study(tmp_path)
    project, out = tmp_path / f"{MARK}-projekt", tmp_path / "oeffentlich.zip"
    for name in ("USER", "LOGNAME", "HOSTNAME"):
        monkeypatch.setenv(name, f"{MARK}22")
    told = ("-m", "adorf", "--format", "html,pdf,docx")
    done = call_within(project, "run", str(study), "--audience", "public", *told)
    assert done.returncode == 0, done.stderr
    done = call_within(project, "archive", str(study), "--audience", "public", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    bag = unpacked(out, tmp_path / "bag")
    assert found_in(bag, MARK) == []
    assert MARK.encode() not in out.read_bytes()
    there = {path.name for path in (bag / "data").iterdir()}
    assert not there & {"study", "processed"}
    assert call_within(project, "verify", str(out)).returncode == 0


def test_a_public_archive_of_the_example_says_nothing_of_small_groups_nor_of_where_it_was_made(
    tmp_path: Path,
) -> None:
    project, out = own_project(tmp_path / "project"), tmp_path / "oeffentlich.zip"
    chosen = ("-m", "musterstadt", "-m", "modellstadt", "--format", "html,pdf,docx")
    done = call_within(project, "run", "beispiel", "--audience", "public", *chosen)
    assert done.returncode == 0, done.stderr
    done = call_within(project, "archive", "beispiel", "--audience", "public", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    bag = unpacked(out, tmp_path / "bag")
    done = call_within(project, "attack", str(bag / "data" / "reports"), "--json")
    assert done.returncode == 0, done.stdout
    told = json.loads(done.stdout)
    assert told["recovered"] == [] or told["recovered"] == 0, told
    # a name of two letters stands in every file
    for trace in (one for one in HERE if len(one) > 4):
        assert found_in(bag, re.escape(trace)) == [], trace


def test_an_internal_archive_does_not_say_where_study_and_scheme_lay(tmp_path: Path) -> None:
    project = own_project(tmp_path / "project")
    elsewhere = tmp_path / "at home" / "meine studie"
    elsewhere.parent.mkdir()
    (project / "data" / "raw" / "beispiel").rename(elsewhere)
    scheme = elsewhere.with_name("xyzzy.toml")
    text = (ROOT / "weltoffen_eval" / "schemes" / "standard.toml").read_text(encoding="utf-8")
    scheme.write_text(text.replace('id = "standard"', 'id = "eigenes"'), encoding="utf-8")
    how = (str(elsewhere), "--scheme", str(scheme))
    done = call_within(project, "run", *how, "-m", "modellstadt", "-w", "2021", "-n", "selfcheck")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "a.zip"
    assert call_within(project, "archive", *how, "--out", str(out)).returncode == 0
    assert found_in(unpacked(out, tmp_path / "bag"), "at home/|pytest-of|xyzzy") == []
    # and it comes out again where neither lies
    elsewhere.rename(tmp_path / "gone")
    scheme.unlink()
    done = call_within(own_project(tmp_path / "other"), "verify", str(out), "--level", "rerun", "--json")
    verdict = json.loads(done.stdout)
    assert verdict["ok"], done.stdout[-2000:]
    assert {one["state"] for one in verdict["compared"]} == {"identical"}
