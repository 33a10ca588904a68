"""The notebooks in a real JupyterLab: opened by hand, run, and shown as an analyst sees them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import ROOT


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab in a copy of the project."""
    folder = tmp_path_factory.mktemp("projekt")
    for name in ("notebooks", "data/raw"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    warm = (ROOT / "notebooks" / "01_data_quality.ipynb").read_text(encoding="utf-8")
    warm = warm.replace('"name": "python3"', '"name": "weltoffen"')
    (folder / "notebooks" / "warm.ipynb").write_text(warm, encoding="utf-8")
    settings = folder / "settings"
    for name, content in (
        # all cells stay on the page, so that a test can look at the first after running the last
        ("notebook-extension/tracker", '{"windowingMode": "none"}'),
        ("apputils-extension/notification", '{"fetchNews": "false"}'),
    ):
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(content, encoding="utf-8")
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "HOME": str(folder / "home"),
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
    }
    environment.pop("WELTOFFEN_PROJECT", None)
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0", "--IdentityProvider.token=probe", f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = folder / "log"
    with log.open("w") as stream:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=stream, stderr=stream)
    try:
        yield _address(log, server)
    finally:
        server.terminate()
        server.wait(timeout=600)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(6000):
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text())
        if found and ":0/" not in found[0] + "/":
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def exported(page: Any, name: str) -> bytes:
    """The file that *File* → *Save and Export Notebook As…* gives."""
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_text("Save and Export Notebook As").hover()
    with page.expect_download() as waiting:
        page.get_by_text(name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.fixture(scope="module")
def window(browser: Any) -> Any:
    """Of one person: what JupyterLab consists of is loaded once."""
    return browser.new_context(viewport={"width": 1400, "height": 1000})


#: Figures and the menu; the other notebooks, and the kernel that is warm, in check-slow.
@pytest.mark.parametrize(
    ("notebook", "kernel", "title"),
    [
        ("02_selfcheck", "Python 3 (ipykernel)", "Selbstcheck: Musterstadt"),
        pytest.param(
            "01_data_quality", "Python 3 (ipykernel)", "Datenqualität: Musterstadt", marks=pytest.mark.slow
        ),
        pytest.param(
            "scoring_lab",
            "Python 3 (ipykernel)",
            "Bewertungslabor: Selbstcheck – Beispielstudie (synthetisch)",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "warm", "Python (weltoffen, warm)", "Datenqualität: Musterstadt", marks=pytest.mark.slow
        ),
    ],
)
def test_a_notebook_runs_and_shows_itself(
    window: Any, lab: str, notebook: str, kernel: str, title: str
) -> None:
    page = window.new_page()
    page.set_default_timeout(600_000)
    page.goto(f"{lab}/lab/workspaces/{notebook}/tree/notebooks/{notebook}.ipynb?token=probe&reset")
    page.get_by_text(f"{kernel} | Idle").wait_for()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).first.click()
    page.locator(".jp-OutputArea-output h1").first.wait_for()
    assert page.locator(".jp-OutputArea-output h1").first.inner_text() == title
    page.wait_for_function("document.querySelectorAll('.jp-InputPrompt').length > 3")
    # the notebook is done when no cell waits any more
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(p => !p.textContent.includes('*'))"
    )
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    if notebook in ("02_selfcheck", "scoring_lab"):
        assert page.locator(".jp-OutputArea-output figure svg").count() >= 1
    if notebook == "02_selfcheck":
        assert exported(page, "Weltoffen-html").startswith(b"<!DOCTYPE html>")
        assert exported(page, "Weltoffen-pdf").startswith(b"%PDF")
        assert exported(page, "Weltoffen-docx").startswith(b"PK")
    if pictures := os.environ.get("WELTOFFEN_PICTURES"):
        page.screenshot(path=str(Path(pictures) / f"jupyterlab_{notebook}.png"))
    page.close()
