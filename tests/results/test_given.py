"""What was given beside answers, for a report: stored or not the same; a faulty row is its municipality's alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from weltoffen_eval import paths
from weltoffen_eval.errors import RefusedError
from weltoffen_eval.results.given import given_frame, given_of, hash_given, read_hashes
from weltoffen_eval.results.profiles import load_profile
from weltoffen_eval.results.provenance import stored_faults
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.results.store import store_healthy, store_study
from weltoffen_eval.runs.kinds import KINDS
from weltoffen_eval.runs.plan import plan_run
from weltoffen_eval.runs.settings import Asked
from weltoffen_eval.study.definition import load_study
from weltoffen_eval.study.kinds.given import read_given

EVENTS = "municipality,setting,date,participants\nadorf,workshop,2021-05-04,6\nbestadt,workshop,4.5.2021,9\n"
CODEBOOK = "code,title,sensitive\nort,Orte,no\nausgrenzung,Ausgrenzung,ja\n"


@pytest.fixture
def study(project: Path) -> Path:
    """The worked example with events of two municipalities and a codebook."""
    folder = project / "data" / "raw" / "mini"
    for kind, wave, text in (("events", "2021", EVENTS), ("codebook", "", CODEBOOK)):
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        with (folder / "study.toml").open("a", encoding="utf-8") as stream:
            said = f'wave = "{wave}"\n' if wave else ""
            stream.write(f'\n[[file]]\nkind = "{kind}"\npath = "{kind}.csv"\n{said}')
    return folder


def store(folder: Path) -> Path:
    loaded = load_study(folder)
    place = paths.processed_folder(loaded.id)
    store_healthy(place, loaded, load_scheme(None, loaded))
    return place


def test_what_is_stored_is_what_stands_in_the_files(study: Path) -> None:
    loaded = load_study(study)
    from_files = {key: given_of(loaded, key).rows for key in ("adorf", "bestadt", "cekreis")}
    place = store(study)
    assert {key: given_of(loaded, key).rows for key in from_files} == from_files
    assert [(row.kind, row.file, row.row) for row in from_files["bestadt"]] == [
        ("events", "events.csv", 3), ("codebook", "codebook.csv", 2), ("codebook", "codebook.csv", 3),
    ]  # fmt: skip
    assert read_hashes(place) == hash_given(given_frame(read_given(loaded)))
    package = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    assert {"given", "given_hashes"} <= {resource["name"] for resource in package["resources"]}


def test_two_stores_of_the_same_files_have_the_same_bytes(study: Path, tmp_path: Path) -> None:
    loaded = load_study(study)
    for name in ("one", "two"):
        store_study(tmp_path / name, loaded, load_scheme(None, loaded))
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert one == two


def test_what_was_stored_of_other_files_is_not_served(study: Path) -> None:
    store(study)
    (study / "events.csv").write_text(EVENTS.replace(",9", ",10"), encoding="utf-8")
    (event,) = given_of(load_study(study), "bestadt").of("events")
    assert event.values.participants == 10


def test_rows_of_a_municipality_lie_together_so_that_few_are_read(study: Path) -> None:
    table = pq.read_table(store(study) / "given.parquet")
    assert table["municipality"].to_pylist() == ["", "", "adorf", "bestadt"]
    assert table["number"].to_pylist() == [2, 3, 0, 1]


@pytest.mark.parametrize("stored", [False, True])
def test_a_fault_in_a_row_concerns_its_municipality_alone(study: Path, stored: bool) -> None:
    (study / "events.csv").write_text(EVENTS.replace("4.5.2021", "im Mai"), encoding="utf-8")
    loaded = load_study(study)
    if stored:
        assert stored_faults(store(study)).waves == {"bestadt": ("2021",)}
    assert len(given_of(loaded, "adorf").of("events")) == 1
    assert load_profile(study, "adorf", "2021").left_out == 1
    for asked in (lambda: given_of(loaded, "bestadt"), lambda: load_profile(study, "bestadt", "2021")):
        with pytest.raises(RefusedError, match=r"events.csv, row 3, column date"):
            asked()


def test_a_fault_that_concerns_all_refuses_everything(study: Path) -> None:
    (study / "codebook.csv").write_text(CODEBOOK.replace("Orte", ""), encoding="utf-8")
    with pytest.raises(RefusedError, match=r"codebook.csv, row 2, column title"):
        given_of(load_study(study), "adorf")
    with pytest.raises(RefusedError, match="column title"):
        store(study)
    with pytest.raises(RefusedError, match="column title"):
        store_study(study / "x", load_study(study), load_scheme(None, load_study(study)))


@pytest.mark.parametrize(
    ("row", "waves"),
    [("cekreis,workshop,im Mai,1\n", ("2021",)), ("cekreis,Konzert,,1\n", ("2021",))],
    ids=["a date", "a setting"],
)
def test_who_has_a_faulty_row_is_refused_and_the_others_go_on(
    study: Path, row: str, waves: tuple[str, ...]
) -> None:
    (study / "events.csv").write_text(EVENTS + row, encoding="utf-8")
    plan = plan_run(Asked(folder=study, kinds=KINDS[:2]), write=False)
    assert {job.parameters["municipality"] for job in plan.jobs.refused} == {"cekreis"}
    assert {job.parameters["municipality"] for job in plan.jobs.wanted} == {"adorf", "bestadt"}
    assert plan.faulty.waves == {"cekreis": waves}


def test_lists_of_persons_are_not_for_publication(study: Path, within: Callable[..., object]) -> None:
    toml = (study / "study.toml").read_text(encoding="utf-8")
    workshop = toml.index('[[file]]\npath = "workshop.csv"')
    # without the workshop, in which persons answered
    toml = toml[:workshop] + toml[toml.index("[[file]]", workshop + 1) :]
    listed = '\n[[file]]\nkind = "participants"\npath = "p.csv"\nwave = "2021"\nsetting = "workshop"\n'
    (study / "p.csv").write_text("Kommune,Person\nadorf,p1\n", encoding="utf-8")
    said = {}
    for more in ("", listed):
        (study / "study.toml").write_text(toml + more, encoding="utf-8")
        said[more] = within("clean", "mini").stderr  # type: ignore[attr-defined]
    assert said == {"": "", listed: "Not for publication: this holds answers of persons.\n"}


def test_the_command_names_the_fault_and_goes_on_where_it_is_asked_to(
    study: Path, within: Callable[..., object]
) -> None:
    (study / "events.csv").write_text(EVENTS.replace("4.5.2021", "im Mai"), encoding="utf-8")
    done = within("check", "mini")
    assert done.returncode == 3  # type: ignore[attr-defined]
    faults = (paths.processed_folder("mini") / "faults.csv").read_text(encoding="utf-8-sig")
    assert faults.splitlines()[1].startswith("events.csv,,3,date,'im Mai',")
    assert faults.splitlines()[1].endswith(",bestadt")
    told = {
        words: within("run", "mini", "--dry-run", *words).returncode  # type: ignore[attr-defined]
        for words in ((), ("-m", "adorf"), ("-m", "bestadt"))
    }
    assert told == {(): 3, ("-m", "adorf"): 0, ("-m", "bestadt"): 3}
