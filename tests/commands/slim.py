"""Notebooks that take the parameters of a run and show little, so that many runs can be tried."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

_CELLS = {
    "01_data_quality": "from weltoffen_eval import load_profile, quality_report\nprofile = load_profile(study, municipality, wave, scheme)\nquality_report.title(profile)",
    "02_selfcheck": "from weltoffen_eval import load_profile, report\nprofile = load_profile(study, municipality, wave, scheme)\nreport.title(profile)",
    "03_workshop": "from weltoffen_eval import load_workshop, workshop_report\nworkshop = load_workshop(study, municipality, wave, scheme, language, audience)\nworkshop_report.title(workshop)",
    "05_final_report": "from weltoffen_eval import final_report, load_course\ncourse = load_course(study, municipality, scheme, language, audience)\nfinal_report.title(course)",
    "06_all_municipalities": 'from weltoffen_eval import load_overview, study_report\noverview = load_overview(study, scheme)\nstudy_report.title(overview, "all_municipalities")',
    "07_instrument_quality": 'from weltoffen_eval import load_overview, study_report\noverview = load_overview(study, scheme)\nstudy_report.title(overview, "instrument_quality")',
}


def make_slim(project: Path) -> None:
    """Only the title of each report; of the Selbstcheck also where the municipality stands."""
    for name, source in _CELLS.items():
        path = project / "notebooks" / f"{name}.ipynb"
        node = nbformat.read(path, as_version=4)
        node.cells = [node.cells[0], nbformat.v4.new_code_cell(source)]
        if name == "02_selfcheck":
            node.cells += [
                nbformat.v4.new_markdown_cell("## Wo steht die Kommune?"),
                nbformat.v4.new_code_cell("report.overview(profile)"),
                nbformat.v4.new_markdown_cell("## Felder"),
                nbformat.v4.new_code_cell("report.dimensions(profile)"),
            ]
        nbformat.write(node, path)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def change_raw(project: Path, old: str, new: str, file: str = "verwaltung.csv") -> None:
    """Change a raw file of the study ``mini``."""
    path = project / "data" / "raw" / "mini" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def record(project: Path) -> dict[str, object]:
    """What run.json says of the last run."""
    content: dict[str, object] = json.loads(
        (project / "reports" / "mini" / "run.json").read_text(encoding="utf-8")
    )
    return content
