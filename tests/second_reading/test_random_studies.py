"""The package against the second reading, on studies drawn by chance: every answer, every row of the score file."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from second_reading.comparison import differences
from second_reading.random_studies import write_study

#: In ``make check-slow``: so many studies more, in blocks, others every day.
BLOCKS, IN_A_BLOCK = 20, 100


@pytest.mark.parametrize("seed", range(200))
def test_package_and_second_reading_agree(tmp_path: Path, seed: int) -> None:
    assert differences(write_study(tmp_path / "study", seed)) == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_package_and_second_reading_agree_on_the_studies_of_today(tmp_path: Path, block: int) -> None:
    """RANDOM_STUDIES, the number printed with a difference, draws the studies of that day again."""
    today = int(os.environ.get("RANDOM_STUDIES", datetime.date.today().toordinal()))
    for number in range(IN_A_BLOCK):
        seed = (today * BLOCKS + block) * IN_A_BLOCK + number
        found = differences(write_study(tmp_path / str(seed), seed))
        assert found == [], f"RANDOM_STUDIES={today}, seed {seed}: {found[:10]}"
