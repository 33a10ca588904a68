"""An archive as the command writes it: the same bytes whoever writes it where, and no byte of it can be another."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from calls import call_within
from kept_archives import own_project

from weltoffen_eval.errors import CallError
from weltoffen_eval.publish.keeping.bag_check import Bag

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the self-check of one municipality."""
    project = own_project(tmp_path_factory.mktemp("project"))
    chosen = ("-m", "modellstadt", "-w", "2021", "-n", "selfcheck")
    assert call_within(project, "run", "beispiel", *chosen).returncode == 0
    out = project.parent / "a.zip"
    assert call_within(project, "archive", "beispiel", "--out", str(out)).returncode == 0
    return out


class Rewritten:
    """The entries of an archive, which can be written with another content, and checked as the command does."""

    def __init__(self, archive: Path, folder: Path):
        with zipfile.ZipFile(archive) as opened:
            self.contents = {entry.filename: opened.read(entry) for entry in opened.infolist()}
            self.comment = opened.comment
        self.top = next(iter(self.contents)).partition("/")[0]
        self.path = folder / "changed.zip"

    def named(self, changes: dict[str, bytes | None]) -> set[str]:
        """The files that are named as wrong when these have another content, or (None) are gone."""
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_STORED) as out:
            for name, content in {**self.contents, **changes}.items():
                if content is not None:
                    out.writestr(name, content)
            out.comment = self.comment
        with Bag(self.path) as bag:
            return {f"{self.top}/{flaw.path}" for flaw in bag.flaws()}


def test_one_byte_of_any_file_is_found_and_its_file_named(archive: Path, tmp_path: Path) -> None:
    of, chosen = Rewritten(archive, tmp_path), random.Random(17)
    assert of.named({}) == set()
    assert len(of.contents) > 80
    unseen = {}
    for name, content in of.contents.items():
        place = chosen.randrange(len(content))
        changed = (
            content[:place] + bytes([content[place] ^ (1 << chosen.randrange(8))]) + content[place + 1 :]
        )
        try:
            named = of.named({name: changed})
        except Exception as error:
            # what cannot be opened any more is named in the sentence
            named = {name} if name.rpartition("/")[2] in str(error) else set()
        if name not in named:
            unseen[name] = named
    assert unseen == {}


def test_a_file_that_is_gone_was_added_or_changed_places_is_named(archive: Path, tmp_path: Path) -> None:
    of, chosen = Rewritten(archive, tmp_path), random.Random(18)
    payload = [name for name in of.contents if "/data/" in name]
    for name in of.contents:
        try:
            assert of.named({name: None}) == {name}
        except CallError as error:
            # without what says which kind of file it is
            assert name.rpartition("/")[2] in str(error)
    assert of.named({f"{of.top}/data/study/more.csv": b"x"}) == {f"{of.top}/data/study/more.csv"}
    assert of.named({f"{of.top}/more.txt": b"x"}) == {f"{of.top}/more.txt"}
    for _ in range(20):
        one, other = chosen.sample(payload, 2)
        if of.contents[one] != of.contents[other]:
            assert of.named({one: of.contents[other], other: of.contents[one]}) == {one, other}


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_two_runs_under_differing_conditions_give_the_same_archive(tmp_path: Path, audience: str) -> None:
    conditions = (
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "eine", "JOBS": "1", "UMASK": "022"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "77", "USER": "andere", "JOBS": "2",
         "UMASK": "077"},
    )  # fmt: skip
    written = []
    for number, condition in enumerate(conditions):
        project = own_project(tmp_path / ("a" if number else "ein anderer Ordner mit ü"))
        home = tmp_path / f"home-{number}"
        home.mkdir()
        out = tmp_path / f"{number}.zip"
        environment = {**os.environ, **condition, "HOME": str(home), "LOGNAME": condition["USER"]}
        environment["WELTOFFEN_PROJECT"] = str(project)
        command = f"umask {condition['UMASK']}; exec {sys.executable} -m weltoffen_eval.commands.main "
        chosen = (
            f"run beispiel -m modellstadt -m musterstadt --format html,pdf,docx --jobs {condition['JOBS']}"
        )
        for words in (chosen, f"archive beispiel --out '{out}'"):
            words += f" --audience {audience}"
            done = subprocess.run(
                ["sh", "-c", command + words], cwd=home, env=environment, capture_output=True, text=True,
                check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
        written.append(out.read_bytes())
    assert len(written[0]) > 1_000_000
    assert written[0] == written[1]


def test_a_stranger_makes_all_anew_with_nothing_but_the_archive_and_a_folder_of_wheels(
    archive: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    bag, wheels, home = tmp_path / "beispiel", tmp_path / "wheels", tmp_path / "home"
    home.mkdir()
    requirements = bag / "data" / "software" / "requirements.txt"
    # that of the system has pip; the libraries come from the package index
    python = Path(sys.base_prefix) / "bin" / "python3"
    fetched = [str(python), "-m", "pip", "download", "--quiet", "-r", str(requirements), "-d", str(wheels)]
    subprocess.run(fetched, check=True, capture_output=True)
    told = (bag / "codecheck-certificate.md").read_text(encoding="utf-8")
    *_, offline = re.findall(r"```sh\n(.+?)```", told, re.DOTALL)
    script = offline.replace("WHEELS", str(wheels)).replace("../NAME.zip", str(archive))
    call = ["sh", "-euc", script]
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0:
        # a namespace without a network, where the system allows one
        call = ["unshare", "-rn", "--", "sh", "-euc", f"ip link set lo up 2>/dev/null || true\n{script}"]
    surroundings = {"PATH": f"{python.parent}:{os.defpath}", "HOME": str(home), "LANG": "C.UTF-8"}
    done = subprocess.run(call, cwd=bag, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    count = sum("/data/reports/" in name for name in zipfile.ZipFile(archive).namelist())
    assert f"made anew: {count} identical\n" in done.stdout
    # and the same with the environment that verify makes itself
    call = [sys.executable, "-m", "weltoffen_eval.commands.main", "verify", str(archive), "--level", "rerun"]
    done = subprocess.run(
        [*call, "--wheels", str(wheels)], cwd=home, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"made anew: {count} identical\n" in done.stdout
