"""A study that reports on others has the numbers that it would have, were they administrations: also merged, also before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from foreign import scale, write_csv, write_foreign

from weltoffen_eval import load_profile, load_study
from weltoffen_eval.analysis.scheme_change import compare_schemes
from weltoffen_eval.results.earlier import change_since
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.statistics_table import ANALYSES, analyse
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.responses.cleaning import clean_responses

FILE = """
[[file]]
path = "{path}"
wave = "{wave}"
setting = "questionnaire"
perspective = "{whose}"
unit = "institution"
sheets = "{sheets}"
"""
INSTRUMENT = (
    'id = "four"\nedition = "1"\ntitle = { de = "Vier" }\nsource = "made for a test"\nlicence = "CC0-1.0"\n'
    + "".join(f'[[dimension]]\nid = "{name}"\ntitle = {{ de = "{name}" }}\n' for name in ("eins", "zwei"))
    + scale("de", "gar nicht", "wenig", "ziemlich", "ganz")
)
#: A town has two sheets in each wave, each with a part; where both answer, they differ.
EARLIER = [[f"t{n}", office, *cells] for n in range(10) for office, cells in (
    ("a", [n % 4, "", 1, ""]), ("b", ["", (n + 1) % 4, 3, 2]))]  # fmt: skip
LATER = [[f"t{n}", office, *cells] for n in range(10) for office, cells in (
    ("a", [3, "", 1, ""]), ("b", ["", 3, 3, (n + 2) % 4]))]  # fmt: skip


def write(folder: Path, whose: str, report: str) -> Path:
    """The study; one more town has an opinion of its own, whose sheets are averaged."""
    toml = f'id = "four"\ntitle = "Vier"\ninstrument = "./instrument"\n{report}'
    toml += "".join(f'[[wave]]\nid = "{wave}"\ndate = {wave}-05-31\n' for wave in ("2025", "2026"))
    for path, wave, sheets in (
        ("answers.csv", "2025", "merge"), ("later.csv", "2026", "merge"), ("more.csv", "2026", "average"),
    ):  # fmt: skip
        toml += FILE.format(path=path, wave=wave, whose=whose, sheets=sheets)
    items: list[list[object]] = [[f"Q{n}", "eins" if n < 2 else "zwei", f"Frage {n}"] for n in range(4)]
    write_foreign(
        folder, study=toml, instrument=INSTRUMENT, items=items, answers=EARLIER,
        register=[[f"t{n}", f"Ort {n}", "Gemeinde"] for n in range(11)],
    )  # fmt: skip
    head = ["municipality", "respondent", "Q0", "Q1", "Q2", "Q3"]
    write_csv(folder / "later.csv", [head, *LATER])
    write_csv(folder / "more.csv", [head, ["t10", "a", 0, 3, 0, ""], ["t10", "b", 3, 3, 3, 3]])
    return folder


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Study]:
    folder = tmp_path_factory.mktemp("told")
    ours = write(folder / "ours", "administration", "")
    others = write(folder / "others", "business", '[report]\nperspective = "business"\n')
    return load_study(ours), load_study(others)


@pytest.mark.parametrize("what", ANALYSES)
def test_statistics_are_those_of_administrations(studies: tuple[Study, Study], what: str) -> None:
    made = []
    for study in studies:
        found = analyse(study, clean_responses(study).responses, load_scheme(study=study), what)
        made.append(found.drop(columns=["perspective", "other", "key"], errors="ignore"))
    ours, others = (frame.sort_values(list(frame.columns[:7])).reset_index(drop=True) for frame in made)
    assert len(ours) > 0 or what in ("gaps", "agreement")
    pd.testing.assert_frame_equal(ours, others)


def test_a_report_tells_the_points_and_the_change_since_the_wave_before(studies: tuple[Study, Study]) -> None:
    profiles = [load_profile(study.folder, "t1", "2026") for study in studies]
    for profile in profiles:
        assert profile.merged
        # Q0 and Q1 are answered once, with 3 of 3
        assert profile.score("dimension", "eins")["score"] == pytest.approx(100)
        # Q2 by both, with 1 and 3: the mean of 33 and 100; Q3 by one, with 3
        assert profile.score("dimension", "zwei")["score"] == pytest.approx((200 / 3 + 100) / 2)
        assert profile.before is not None and profile.before.files == ("answers.csv",)
        since = change_since(profile)
        # 2025: Q0 1 and Q1 2 of 3, 50 points
        assert since is not None and dict(since.fields)["eins"] == 50
    alone = [load_profile(study.folder, "t10", "2026") for study in studies]
    # averaged, not merged: (0 + 100 + 100 + 100) / 4
    assert [p.score("dimension", "eins")["score"] for p in alone] == pytest.approx([75, 75])
    assert not any(profile.merged for profile in alone)


def test_another_scheme_is_tried_on_those_of_whom_a_report_tells(studies: tuple[Study, Study]) -> None:
    tried = []
    for study in studies:
        scheme = load_scheme(study=study)
        tried.append(compare_schemes(study, clean_responses(study).responses, scheme, scheme))
    assert len(tried[0]) > 0
    pd.testing.assert_frame_equal(*tried)


def test_the_public_gets_no_reference(studies: tuple[Study, Study]) -> None:
    for study in studies:
        inside, outside = (
            load_profile(study.folder, "t1", "2026", audience=audience) for audience in ("internal", "public")
        )
        assert inside.reference("dimension", "eins") is not None
        for level, entry in (("dimension", "eins"), ("dimension", "zwei")):
            assert outside.reference(level, entry) is None
        # nor does the band say on which side of it a field lies
        assert all(band.same_side != band.same_side for band in outside.bands.values())
        merging = outside.merging
        told = ANALYSES["reference"](study, outside.responses, outside.scheme, merging, "public")  # type: ignore[call-arg]
        assert told == []
