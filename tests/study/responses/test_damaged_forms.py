"""Forms in which bytes were cut or put in: refused with faults, or read as another reader reads them."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from filled_forms import form_study, put_form
from form_answers import CLEAN, ITEMS, expected, not_chosen, read
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return form_study(tmp_path_factory.mktemp("klein") / "klein")


DAMAGE = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), st.binary(max_size=6)), min_size=1, max_size=3
)


def answers_by_openpyxl(path: Path) -> dict[str, object] | None:
    """By item what stands in its row below the head of the answers; None where nothing can be read so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            sheets = openpyxl.load_workbook(path, data_only=True).worksheets
            rows = [[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()]
        except Exception:
            # whatever it stumbles over
            return None
    found: dict[str, object] = {}
    at = 0
    for row in rows:
        at = row.index("Antwort") if "Antwort" in row else at
        if row and str(row[0]).strip() in ITEMS:
            given = row[at]
            known = ITEMS[str(row[0]).strip()]
            found[str(row[0]).strip()] = known.get(given.strip() if isinstance(given, str) else given, given)
    return found


def damage(folder: Path, part: int, damages: list[tuple[float, int, bytes]]) -> str:
    """One part of a form is damaged: it is refused with faults, or read as another reader reads it."""
    path = put_form(folder, "a.xlsx", CLEAN)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as container:
        contents = {name: container.read(name) for name in container.namelist()}
    name = sorted(contents)[part % len(contents)]
    content = bytearray(contents[name])
    for where, removed, splinter in damages:
        begin = int(where * len(content))
        content[begin : begin + removed] = splinter
    contents[name] = bytes(content)
    with zipfile.ZipFile(path, "w") as container:
        for other, text in contents.items():
            container.writestr(other, text)
    found, faults, cleaned = read(folder)
    assert all(fault.file and fault.found and fault.expected for fault in faults)
    if faults:
        return "refused"
    assert {*cleaned.responses["municipality"]} <= {"adorf"}
    if found == expected(CLEAN):
        return "as before"
    other = answers_by_openpyxl(path)
    # a row that is gone, and whole fields of these, are told in the log
    absent = dict.fromkeys(ITEMS, "skipped") | (other or {})
    assert other is None or found in (absent, not_chosen(absent, {i: other.get(i) for i in ITEMS})), (
        found,
        other,
    )
    return "as another reader"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 50), DAMAGE)
def test_a_damaged_form_is_refused_or_means_something(
    study: Path, part: int, damages: list[tuple[float, int, bytes]]
) -> None:
    damage(study, part, damages)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(st.integers(0, 50), DAMAGE)
def test_many_damaged_forms_are_refused_or_mean_something(
    study: Path, part: int, damages: list[tuple[float, int, bytes]]
) -> None:
    damage(study, part, damages)
