"""Names of public files."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.keeping.public_names import public_name, title_in


def test_a_name_says_date_title_and_key_as_the_contract_has_it() -> None:
    # 03-data-formats: 2024-06-30_Selbstcheck_musterstadt.pdf
    assert public_name("2024-06-30", "Selbstcheck", "musterstadt") == "2024-06-30_Selbstcheck_musterstadt"


@pytest.mark.parametrize("key", ["musterstadt", "bad.homburg", "a_b", "x-1"])
def test_the_title_is_found_again_whatever_is_in_the_key(key: str) -> None:
    assert title_in(public_name("2024-06-30", "Alle_Kommunen", key), key) == "Alle_Kommunen"


@pytest.mark.parametrize("name", ["selfcheck", "2024-06-30_Selbstcheck_anders", "2024-06_Selbstcheck_a", ""])
def test_another_name_has_no_title(name: str) -> None:
    assert title_in(name, "a") == ""
