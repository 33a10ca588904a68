"""The state of the program has the name that git gives it, and is the same in a wheel."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile

from places import ROOT

from weltoffen_eval.program import lock_hash, program_tree, tree_of
from weltoffen_eval.publish.keeping.wheel import own_wheel


def test_a_tree_has_the_name_that_git_gives_it() -> None:
    # from: git init; the three files below; git add -A; git write-tree
    files = {"a.py": b"x\n", "b/c.toml": b"", "b.py": b"y\n"}
    assert tree_of(files) == "f95adac2bb5824f326db2e7fbbdcd898308619c1"
    more = {"b/__pycache__/c.pyc": b"0", "a.pyc": b"1", "shipped/notebooks/n.ipynb": b"{}"}
    assert tree_of(files | more) == tree_of(files)
    assert tree_of({**files, "a.py": b"x \n"}) != tree_of(files)


def test_the_name_of_this_state_leads_to_its_commit() -> None:
    told = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-s", "--", "weltoffen_eval"],
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        # a copy of the sources without their history
        return
    # git would name what can be executed otherwise
    assert {line.partition(" ")[0] for line in told.stdout.splitlines()} == {"100644"}


def test_a_wheel_says_the_same_state_as_the_checkout_it_was_made_from() -> None:
    _, wheel = own_wheel()
    with zipfile.ZipFile(io.BytesIO(wheel)) as opened:
        names = [name for name in opened.namelist() if name.startswith("weltoffen_eval/")]
        files = {name.removeprefix("weltoffen_eval/"): opened.read(name) for name in names}
    assert tree_of(files) == program_tree()
    assert hashlib.sha256(files["shipped/uv.lock"]).hexdigest() == lock_hash()
    assert files["shipped/uv.lock"] == (ROOT / "uv.lock").read_bytes()
