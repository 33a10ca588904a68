"""Storing killed at each of its steps: the old folder is there or the new one, and nothing stays beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from weltoffen_eval.errors import SurroundingsError
from weltoffen_eval.results import whole_folder

# stores in a forked process that is killed before its n-th step that names a file, for n = 1, 2, …
KILLED_AT_EVERY_STEP = """
import os, signal, sys
from pathlib import Path
from weltoffen_eval.results import whole_folder
from weltoffen_eval.results.healthy_study import read_whole
from weltoffen_eval.results.provenance import provenance_of
from weltoffen_eval.results.store import read_or_keep, write_processed
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study

study_folder, folder, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if way == "renames":
    whole_folder.exchange = lambda one, other: False
study = load_study(study_folder)
scheme = load_scheme(None, study)
held, made_from = read_or_keep(study, read_whole), provenance_of(study, scheme)
STEPS = ("open", "os.mkdir", "os.rename", "os.rmdir", "os.remove", "shutil.rmtree")

def store(step):
    child = os.fork()
    if child == 0:
        left = [step]
        def count(event, arguments):
            if event in STEPS and f".{folder.name}." in str(arguments[0]) + str(arguments[-1]):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        write_processed(folder, study, scheme, held, made_from)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

def content(of):
    return {p.name: p.read_bytes() for p in of.iterdir()}

assert store(-1) == 0
whole = content(folder)
step = 0
missing = 0
while True:
    step += 1
    # the old folder differs, so that it is seen which of the two is there
    (folder / "datapackage.json").write_text("{}")
    old = content(folder)
    code = store(step)
    if code == 0:
        break
    assert code == -signal.SIGKILL, code
    if folder.exists():
        assert content(folder) in (old, whole), step
    else:
        missing += 1
    assert store(-1) == 0
    assert content(folder) == whole
    assert os.listdir(folder.parent) == [folder.name], os.listdir(folder.parent)
assert step > 10, step
print(step, missing)
"""


@pytest.mark.slow
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_kill_at_any_step_of_storing_leaves_the_old_folder_or_the_new(
    example: Path, tmp_path: Path, way: str
) -> None:
    folder = tmp_path / "processed" / "mini"
    folder.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(example), str(folder), way],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    missing = int(done.stdout.split()[1])
    # without the exchange of two names the folder is away for one call, and is brought back
    assert missing == 0 if way == "exchange" else missing <= 1


def fill(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "x").write_text(text)
    return folder


def test_two_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = fill(tmp_path / "one", "1"), fill(tmp_path / "other", "2")
    if not whole_folder.exchange(one, other):
        pytest.skip("this system or disk exchanges no names")
    assert (one / "x").read_text() == "2"
    assert (other / "x").read_text() == "1"


def test_a_folder_put_aside_is_brought_back_and_only_parts_of_this_study_are_removed(tmp_path: Path) -> None:
    fill(tmp_path / ".mini.old-7", "old")
    fill(tmp_path / ".mini.part-8", "half")
    fill(tmp_path / ".mini-2.part-9", "of another study")
    whole_folder.clear_leftovers(tmp_path / "mini")
    assert (tmp_path / "mini" / "x").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".mini-2.part-9", "mini"]


@pytest.mark.parametrize("what", ["a file", "a link", "a link that leads nowhere"])
def test_what_is_no_folder_is_neither_replaced_nor_followed(tmp_path: Path, what: str) -> None:
    folder, elsewhere = tmp_path / "klein", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("a", encoding="utf-8")
    if what == "a file":
        folder.write_text("a", encoding="utf-8")
    else:
        folder.symlink_to(elsewhere if what == "a link" else tmp_path / "nothing")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SurroundingsError, match=r"klein cannot be written: it is (a link|no folder)"):
        whole_folder.check_is_folder(folder)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_leftover_of_any_kind_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "klein"
    folder.mkdir()
    (tmp_path / ".klein.part-1").mkdir()
    (tmp_path / ".klein.part-2").write_text("a", encoding="utf-8")
    (tmp_path / ".klein.part-3").symlink_to(folder)
    whole_folder.clear_leftovers(folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["klein"]
