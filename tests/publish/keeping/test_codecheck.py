"""What is for who signs: the target does what the certificate says, and a public one asks for nothing it cannot."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from weltoffen_eval.publish.keeping.codecheck import codecheck_configuration, codecheck_files


@pytest.mark.parametrize("public", [False, True])
def test_the_target_calls_what_the_certificate_says(tmp_path: Path, public: bool) -> None:
    files = codecheck_files("Klein", 3, public)
    (tmp_path / "Makefile").write_bytes(files["Makefile"])
    told = files["codecheck-certificate.md"].decode()
    with_network, without = re.findall(r"```sh\n(.+?)```", told, re.DOTALL)
    target = "check" if public else "rerun"
    (tmp_path / "NAME.zip").touch()
    (tmp_path / "bag").mkdir()
    (tmp_path / "Makefile").rename(tmp_path / "bag" / "Makefile")
    call = ["make", "-n", "--no-print-directory", "env", target, "ARCHIVE=../NAME.zip"]
    for given, script in (((), with_network), (("WHEELS=WHEELS",), without)):
        done = subprocess.run(
            [*call, *given], cwd=tmp_path / "bag", capture_output=True, text=True, check=True
        )
        # besides these lines it only looks whether all is there
        called = [line for line in done.stdout.splitlines() if line.startswith(("python3 -m", "env/bin"))]
        assert list(dict.fromkeys(called)) == script.splitlines()
    assert ("--level rerun" in told) is not public
    assert f"`make {target} " in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "as in make rerun ARCHIVE=../NAME.zip"),
        (("ARCHIVE=../none.zip",), "as in make rerun ARCHIVE=../NAME.zip"),
        (("ARCHIVE=Makefile", "PYTHON=false"), "is needed: name it, as in PYTHON=python3."),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_installed(
    tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    (tmp_path / "Makefile").write_bytes(codecheck_files("Klein", 3, False)["Makefile"])
    done = subprocess.run(
        ["make", "rerun", *given], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert said in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["Makefile"]


@pytest.mark.slow
def test_an_environment_that_was_left_half_made_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes(codecheck_files("Klein", 3, False)["Makefile"])
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "old").touch()
    # no wheel is there, so it comes to nothing again
    call = ["make", "rerun", "ARCHIVE=Makefile", f"PYTHON={sys.executable}", "WHEELS=none"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert not (tmp_path / "env" / "old").exists()
    assert not (tmp_path / "env" / "ready").exists()


def test_the_configuration_names_each_file_and_who_made_it() -> None:
    outputs = ["data/reports/a b.html", "data/reports/ü: #.html"]
    text = b"".join(codecheck_configuration("Klein: „x“", outputs, "0.1.0", ("Stadt A: Amt",)))
    told = yaml.safe_load(text)
    assert [one["file"] for one in told["manifest"]] == outputs
    assert told["paper"] == {"title": "Klein: „x“", "authors": [{"name": "Stadt A: Amt"}]}
    assert told["report"] == "codecheck-certificate.md"
    assert yaml.safe_load(b"".join(codecheck_configuration("x", [], "0.1.0")))["paper"]["authors"] == []
