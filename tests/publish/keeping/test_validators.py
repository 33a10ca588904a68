"""The validators of others accept an archive: bagit, frictionless, roc-validator, each in an environment of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from calls import call_within
from kept_archives import own_project
from places import ROOT

pytestmark = pytest.mark.slow
#: As they were when the archives were looked at; none of them is needed to run or to test anything else.
BAGIT, FRICTIONLESS = "bagit==1.9.0", "frictionless==5.21.0"
CRATES = ("roc-validator==0.13.0", "rocrate==0.16.0")


def with_tools(tools: tuple[str, ...], *call: str) -> subprocess.CompletedProcess[str]:
    """A call in an environment with some libraries, which come from the package index."""
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    needed = (word for tool in tools for word in ("--with", tool))
    words = [uv, "run", "--no-project", "--isolated", *needed, "--", *call]
    return subprocess.run(words, capture_output=True, text=True, check=False, cwd="/", timeout=900)


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """An internal and a public archive, unpacked."""
    reports, project = tmp_path_factory.mktemp("reports"), own_project(tmp_path_factory.mktemp("project"))
    chosen = ("-m", "modellstadt", "-w", "2021", "--out", str(reports))
    found = []
    for audience in ("internal", "public"):
        out = reports / f"{audience}.zip"
        done = call_within(project, "run", "beispiel", *chosen, "-n", "selfcheck", "--audience", audience)
        assert done.returncode == 0, done.stderr
        words = ("--reports", str(reports), "--audience", audience, "--creator", "Stadt Muster")
        done = call_within(
            project, "archive", "beispiel", "--out", str(out.with_name(f"a-{audience}.zip")), *words
        )
        assert done.returncode == 0, done.stderr
        folder = tmp_path_factory.mktemp(audience)
        with zipfile.ZipFile(out.with_name(f"a-{audience}.zip")) as opened:
            opened.extractall(folder)
        found.append(next(folder.iterdir()))
    return found


def test_bagit_validates_the_bag(bags: list[Path]) -> None:
    for bag in bags:
        done = with_tools((BAGIT,), "bagit.py", "--validate", str(bag))
        assert done.returncode == 0, done.stderr
        assert "is valid" in done.stderr
    (bags[0] / "data" / "scheme.toml").write_text("another", encoding="utf-8")
    assert with_tools((BAGIT,), "bagit.py", "--validate", str(bags[0])).returncode == 1


def test_frictionless_validates_the_data_package(bags: list[Path]) -> None:
    for bag in bags:
        package = bag / "data" / "datapackage.json"
        done = with_tools((FRICTIONLESS,), "frictionless", "validate", str(package), "--json")
        told = json.loads(done.stdout)
        assert told["valid"], done.stdout
        assert len(told["tasks"]) == len(json.loads(package.read_text(encoding="utf-8"))["resources"])


@pytest.mark.parametrize("profile", ["ro-crate-1.1", "process-run-crate-0.5"])
def test_the_validator_of_crates_has_nothing_to_say_on_what_is_required(
    bags: list[Path], profile: str
) -> None:
    script = str(ROOT / "tests" / "crate_validation.py")
    for bag in bags:
        done = with_tools(CRATES, "python", script, str(bag / "data"), profile)
        (said,) = done.stdout.splitlines()
        assert (done.returncode, said) == (0, f"{said.split()[0]} checks"), done.stderr
        assert int(said.split()[0]) > 40
    # it would have something to say of a crate that names no licence
    path = bags[0] / "data" / "ro-crate-metadata.json"
    kept = path.read_text(encoding="utf-8")
    crate = json.loads(kept)
    del next(one for one in crate["@graph"] if one["@id"] == "./")["license"]
    path.write_text(json.dumps(crate), encoding="utf-8")
    done = with_tools(CRATES, "python", script, str(bags[0] / "data"), profile)
    path.write_text(kept, encoding="utf-8")
    assert done.returncode == 1
    assert "licen" in done.stdout.lower()
