"""What the tests share: small studies in a folder of their own, and a project to run commands in."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from places import REFERENCE, ROOT, files_of_checkout
from shared_project import project_of, store_studies

# before anything else of Jupyter, which is imported in half the time then
import weltoffen_eval.publish.running.notebook_rules  # noqa: F401

# until the tests are collected, see below: nothing of it goes
gc.disable()
# and seldom then: little of what tests make is in circles
gc.set_threshold(50_000, 20, 20)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # as in a script's background; the commands that the tests interrupt would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


# what hypothesis remembers belongs to no checkout
os.environ.setdefault(
    "HYPOTHESIS_STORAGE_DIRECTORY", str(Path(tempfile.gettempdir()) / "weltoffen-hypothesis")
)


@pytest.fixture(scope="session")
def _checkout() -> dict[str, tuple[int, int]]:
    """The files of the checkout as they were seen last."""
    return files_of_checkout(ROOT)


@pytest.fixture(autouse=True, scope="module")
def _the_checkout_stays_as_it_is(_checkout: dict[str, tuple[int, int]]) -> Iterator[None]:
    """No test leaves a file in the checkout, nor changes data, reports or notebooks that lie there."""
    yield
    before, after = dict(_checkout), files_of_checkout(ROOT)
    _checkout.clear()
    _checkout.update(after)
    left = sorted(path for path in after if path not in before)
    changed = sorted(path for path in after.keys() & before.keys() if after[path] != before[path])
    assert (left, changed) == ([], []), "a test wrote into the checkout"


#: Folders of tests that start processes and browsers, the longest first. What comes last is short, so that no
#: worker has a long file before it when the others are done.
_FIRST = (
    "tests/browser/",
    "tests/test_installed.py",
    "tests/commands/",
    "tests/reports/",
    "tests/publish/running/",
    "tests/display/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first; within one the order stays."""

    def place(item: pytest.Item) -> int:
        folders = [number for number, folder in enumerate(_FIRST) if item.nodeid.startswith(folder)]
        return min(folders, default=len(_FIRST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What is there before the first test stays; to look through it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what is made once for all workers, see shared.py."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True, scope="session")
def _project(shared: Path) -> Iterator[None]:
    """The notebooks and studies of the checkout as a project of the test run, in which tables may be stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELTOFFEN_PROJECT", str(project_of(shared)))
        yield


@pytest.fixture(scope="session")
def stored_studies(shared: Path) -> None:
    """The shipped studies are read and scored, once for all workers, so that no test does it again."""
    store_studies(shared)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the tests of a file: while it is there, nothing else in this process can await."""
    if chromium.PATH is None:
        if os.environ.get("WELTOFFEN_NEEDS_BROWSER"):
            pytest.fail("no Chromium was found, and this run needs one")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.FLAGS)
        yield made
        made.close()


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the worked example, which a test may change."""
    folder = tmp_path / "study"
    shutil.copytree(REFERENCE / "example" / "study", folder)
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own: the notebooks, and the worked example as the study ``mini``."""
    folder = tmp_path / "projekt mit ü"
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(REFERENCE / "example" / "study", folder / "data" / "raw" / "mini")
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(folder))
    return folder


@pytest.fixture
def weltoffen(project: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Calls the command as a user does, in the project of the test."""

    def call(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "weltoffen_eval.commands.main", *arguments],
            cwd=project,
            env={**os.environ, "WELTOFFEN_PROJECT": str(project)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            **options,  # type: ignore[call-overload]
        )

    return call


@pytest.fixture
def within(project: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """As weltoffen, but in this process, where the libraries are there already."""
    from calls import call_within

    return functools.partial(call_within, project)
