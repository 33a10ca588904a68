"""Installed, not cloned: the wheel in an environment of its own, called from an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from live_lab import served
from places import ROOT

SHIPPED = ["beispiel", "egi-chile", "wilhelmshaven"]


class Installed:
    """A Python with the wheel, the libraries of this environment, and nothing of the checkout."""

    def __init__(self, folder: Path) -> None:
        wheels = folder / "dist"
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        (self.wheel,) = wheels.glob("*.whl")
        prefix = folder / "venv"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(prefix)], check=True)
        (self.site,) = prefix.glob("lib/python*/site-packages")
        # as an installer does: modules into site-packages, data files into the environment
        with zipfile.ZipFile(self.wheel) as archive:
            archive.extractall(self.site)
        (data,) = self.site.glob("*.data/data")
        shutil.copytree(data, prefix, dirs_exist_ok=True)
        # a line of a .pth file adds the libraries, not what their own .pth files add, such as this checkout
        (self.site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
        self.python, self.work = prefix / "bin" / "python", folder / "work"
        self.work.mkdir()
        self.before = self.package_files()

    def call(self, *words: str, folder: Path | None = None, **environment: str) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("WELTOFFEN_", "PYTHONPATH"))}
        done = subprocess.run(
            [str(self.python), "-m", "weltoffen_eval.commands.main", *words],
            cwd=folder or self.work, env={**kept, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def package_files(self) -> dict[str, int]:
        return {
            str(path.relative_to(self.site)): path.stat().st_mtime_ns
            for path in (self.site / "weltoffen_eval").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


def test_the_wheel_holds_notebooks_and_the_shipped_studies_and_no_other(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    within = [name.split("/")[2:] for name in names if name.startswith("weltoffen_eval/shipped/")]
    assert {path[1] for path in within if path[0] == "studies"} == set(SHIPPED)
    assert {path[1] for path in within if path[0] == "notebooks"} == {
        path.name for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    # the ledger is of who released, and what was received is of who received it
    assert not [path for path in within if "released" in path]


def test_an_empty_folder_is_enough_for_a_report_of_the_example_and_of_a_study(installed: Installed) -> None:
    # a report of the example study, and one of a study of one's own under data/raw
    installed.call("run", "-m", "musterstadt", "-w", "2021", "-n", "selfcheck")
    made = installed.work / "reports" / "beispiel" / "2021" / "musterstadt" / "selfcheck.html"
    assert "Musterstadt" in made.read_text(encoding="utf-8")
    twin = json.loads(made.with_suffix(".json").read_text(encoding="utf-8"))
    assert twin["software"].startswith("weltoffen-eval 0.")
    assert (installed.work / "data" / "processed" / "beispiel" / "scores.parquet").is_file()
    # a study of one's own from an export, beside the shipped ones
    export = installed.work / "export.csv"
    export.write_text("id,Kommune,F1,F2\n1,Adorf,0,4\n2,Bestadt,3,3\n", encoding="utf-8")
    installed.call("new", "data/raw/eigene", "--from", "export.csv")
    assert "no faults" in installed.call("check", "./data/raw/eigene")
    studies = json.loads(installed.call("studies", "--json"))
    assert [entry["study"] for entry in studies] == sorted([*SHIPPED, "eigene"])
    # nothing is written into the package
    assert installed.package_files() == installed.before


def test_the_wheel_holds_what_the_controls_of_the_lab_consist_of(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = set(archive.namelist())
    folder = ROOT / "weltoffen_eval" / "display" / "lab"
    parts = {f"weltoffen_eval/display/lab/{path.name}" for path in folder.glob("*.*s")}
    assert len(parts) == 6
    assert parts <= names
    assert "weltoffen_eval/shipped/notebooks/tour.ipynb" in names


@pytest.mark.slow
def test_the_lab_starts_is_run_by_papermill_and_its_scheme_makes_reports(
    installed: Installed, tmp_path: Path
) -> None:
    with served(tmp_path, "egi-chile", str(installed.python)) as address:
        assert address.startswith("http://127.0.0.1:")
    assert (tmp_path / "lab" / "egi-chile.ipynb").is_file()
    installed.call("notebooks", "--out", "notebooks", folder=tmp_path)
    around = {**os.environ, "WELTOFFEN_PROJECT": str(tmp_path), "HOME": str(tmp_path / "home")}
    for name in ("lab/egi-chile.ipynb", "notebooks/tour.ipynb"):
        subprocess.run(
            [installed.python, "-m", "papermill", tmp_path / name, tmp_path / "out.ipynb", "-k", "python3"],
            cwd=tmp_path, env=around, check=True, capture_output=True,
        )  # fmt: skip
        made = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
        outputs = [output for cell in made["cells"] for output in cell.get("outputs", [])]
        assert not [output for output in outputs if output["output_type"] == "error"]
        assert "Wie bewegt sich das Profil?" in json.dumps(outputs, ensure_ascii=False)
    program = (
        "from weltoffen_eval import open_lab; lab = open_lab('beispiel', 'musterstadt', '2021'); "
        "lab.change('weights.item.MS01', 3.0); made = lab.save('dreifach', 'Dreifach', 'x'); "
        "print(made.named, made.scheme.sha256)"
    )
    saved = subprocess.run(
        [installed.python, "-c", program],
        cwd=tmp_path,
        env=around,
        check=True,
        capture_output=True,
        text=True,
    )
    named, sha256 = saved.stdout.split()
    # the study of the package is not written to
    assert (tmp_path / named).is_file()
    installed.call(
        "run", "--scheme", named, "-m", "musterstadt", "-w", "2021", "-n", "selfcheck", folder=tmp_path
    )
    page = tmp_path / "reports" / "beispiel" / "2021" / "musterstadt" / "selfcheck.html"
    text = page.read_text(encoding="utf-8")
    assert "<dd>Dreifach</dd>" in text and sha256 in text
    assert installed.package_files() == installed.before


@pytest.mark.slow
def test_all_reports_are_made_and_a_changed_notebook_is_used(installed: Installed, tmp_path: Path) -> None:
    installed.call("notebooks", "--out", "notebooks", folder=tmp_path)
    own = tmp_path / "notebooks" / "02_selfcheck.ipynb"
    own.write_text(own.read_text(encoding="utf-8").replace("Handlungsfelder", "Felder"), encoding="utf-8")
    changed = own.read_bytes()
    assert "kept" in installed.call("notebooks", "--out", "notebooks", folder=tmp_path)
    assert own.read_bytes() == changed
    installed.call("run", folder=tmp_path)
    pages = list((tmp_path / "reports" / "beispiel").rglob("*.html"))
    assert len(pages) > 100
    installed.call("run", "--audience", "public", "-m", "musterstadt", folder=tmp_path)
    # the ledger of a study that is not written to
    assert (tmp_path / "data" / "raw" / "beispiel" / "released" / "ledger.csv").is_file()
    export = tmp_path / "export.csv"
    export.write_text("id,Kommune,F1,F2\n1,Adorf,0,4\n2,Bestadt,3,3\n", encoding="utf-8")
    installed.call("new", "meine", "--from", "export.csv", folder=tmp_path)
    installed.call("run", "./meine", folder=tmp_path)
    assert len(list((tmp_path / "reports" / "meine").rglob("selfcheck.html"))) == 2
    assert installed.package_files() == installed.before
