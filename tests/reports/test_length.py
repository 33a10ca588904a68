"""How long reports are: a Selbstcheck of 108 questions has at most 14 pages, its essentials one, also in Word."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from calls import call_within
from executed import executed
from places import ROOT

from weltoffen_eval.publish.exporting.excerpts import excerpt
from weltoffen_eval.publish.exporting.exports import export_notebook

#: Design: reports, "What the Selbstcheck report shows".
MOST = 14
#: Those that take most room: a hundred blanks in the log, a field without points, parts of three offices.
LONGEST = [("musterhausen", "2024"), ("vokabelstadt", "2021"), ("tintenstadt", "2024")]


def pages(pdf: bytes | Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


@pytest.mark.parametrize(("municipality", "wave"), LONGEST)
def test_the_longest_selfcheck_has_no_more_pages_than_are_read(
    shared: Path, municipality: str, wave: str
) -> None:
    node = executed(shared, "02_selfcheck", {"municipality": municipality, "wave": wave})
    assert pages(export_notebook(node, "pdf")) <= MOST
    part = excerpt(node, "summary")
    assert part is not None
    assert pages(export_notebook(part, "pdf")) == 1


def test_a_hash_stands_whole_in_a_line_as_it_is_copied(shared: Path) -> None:
    node = executed(shared, "02_selfcheck", {"municipality": "musterhausen", "wave": "2024"})
    made = export_notebook(node, "pdf")
    with pypdfium2.PdfDocument(made) as document:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    hashes = set(re.findall(r"\b[0-9a-f]{64}\b", text))
    assert hashes >= set(re.findall(r"\b[0-9a-f]{64}\b", export_notebook(node, "html").decode("utf-8")))
    # of questionnaire, scheme, lock and the administration's answers
    assert len(hashes) == 4
    assert "\N{ZERO WIDTH SPACE}" not in text


@pytest.mark.slow
def test_no_selfcheck_of_the_example_is_longer(tmp_path: Path) -> None:
    project = tmp_path / "projekt"
    (project / "data" / "raw").mkdir(parents=True)
    (project / "notebooks").symlink_to(ROOT / "notebooks")
    (project / "data" / "raw" / "beispiel").symlink_to(ROOT / "data" / "raw" / "beispiel")
    done = call_within(project, "run", "beispiel", "-n", "selfcheck", "--format", "pdf,docx")
    assert done.returncode == 0, done.stderr
    made = sorted((project / "reports" / "beispiel").glob("*/*/*.pdf"))
    lengths = {path.relative_to(project): pages(path) for path in made}
    assert len(lengths) == 2 * 69
    assert {
        path for path, count in lengths.items() if count > (1 if path.stem == "summary" else MOST)
    } == set()
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice shows how long a Word file is")
    for folder in {path.parent for path in made if path.parent.name in ("musterstadt", "vokabelstadt")}:
        word = folder / "summary.docx"
        profile = f"-env:UserInstallation=file://{tmp_path}/office"
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(word),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        assert pages(tmp_path / "summary.pdf") == 1, folder
