"""Official keys are read by their structure; expected values by hand, from the structure of AGS and ARS."""

from __future__ import annotations

import pytest

from weltoffen_eval.study.ags import advise_on_ags, read_ags

# (as written, the eight digits, the rule)
READ = [
    ("12052000", "12052000", ""),
    ("120520000000", "12052000", "ags_from_ars"),
    ("12 0 52 0000 000", "12052000", "ags_from_ars"),
    ("055150000000", "05515000", "ags_from_ars"),
    ("010595987112", "01059112", "ags_from_ars"),  # Gemeinde 112 of a Verband 5987
    ("10020000000", "01002000", "ags_from_ars"),
    ("01001", "01001000", "ags_of_kreis"),
    ("1001", "01001000", "ags_zero_restored"),
    ("1002000", "01002000", "ags_zero_restored"),
    ("1002000.0", "01002000", "ags_zero_restored"),
    ("12052000.0", "12052000", "number_format"),
    ("12052000,00", "12052000", "number_format"),
    ("01 0 02 000", "01002000", "ags_blanks"),
]


@pytest.mark.parametrize(("written", "digits", "rule"), READ)
def test_an_official_key_is_read_by_its_structure(written: str, digits: str, rule: str) -> None:
    assert read_ags(written) == (digits, rule)


@pytest.mark.parametrize(
    "written",
    ["", "123456789", "1200520000", "1.2052E+11", "12052000x", "1234567890123", "٠١٠٠١٠٠٠", "01-001-000"],
)
def test_what_has_no_structure_of_an_official_key_is_none(written: str) -> None:
    assert read_ags(written) is None


def test_advice_names_digits_and_never_another_place() -> None:
    assert "It has 9 digits: an AGS has 8, that of a Kreis 5, an ARS 12" in advise_on_ags("120520000")
    assert "Add it to municipalities.csv" in advise_on_ags("12052001")
    assert "an ARS 12" in advise_on_ags("1.2E+11")
