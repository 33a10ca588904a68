"""What is for who signs: the target does what the certificate says, and a public one asks for nothing it cannot."""

from __future__ import annotations

import re
import subprocess
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
    call = ["make", "-n", target, "ARCHIVE=../ARCHIVE.zip"]
    for given, script in (((), with_network), (("WHEELS=WHEELS",), without)):
        done = subprocess.run([*call, *given], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout == script
    assert ("--level rerun" in told) is not public
    assert f"`make {target} " in told


def test_the_configuration_names_each_file_and_who_made_it() -> None:
    outputs = ["data/reports/a b.html", "data/reports/ü: #.html"]
    text = b"".join(codecheck_configuration("Klein: „x“", outputs, "0.1.0", ("Stadt A: Amt",)))
    told = yaml.safe_load(text)
    assert [one["file"] for one in told["manifest"]] == outputs
    assert told["paper"] == {"title": "Klein: „x“", "authors": [{"name": "Stadt A: Amt"}]}
    assert told["report"] == "codecheck-certificate.md"
    assert yaml.safe_load(b"".join(codecheck_configuration("x", [], "0.1.0")))["paper"]["authors"] == []
