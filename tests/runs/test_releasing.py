"""What is released is entered once, in order, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from pathlib import Path

import pytest

from weltoffen_eval.errors import RefusedError, SurroundingsError
from weltoffen_eval.publish.keeping.lock import only_keeper
from weltoffen_eval.results.ledger import read_ledger
from weltoffen_eval.runs import releasing
from weltoffen_eval.runs.releasing import enter_released


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "study").mkdir()
    return tmp_path / "study"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "mini-public"


def lay(out: Path, key: str, text: str, report: str = "selfcheck", **about: str) -> bytes:
    """A twin in a folder of public reports."""
    twin = {
        "study": "mini", "audience": "public", "status": "released", "municipality": key, "wave": "2021",
        "report": report, "released_on": "2021-10-14", "sentences": [text], **about,
    }  # fmt: skip
    path = out / "2021" / key / f"2021-06-30_{report}_{key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(twin), encoding="utf-8")
    return path.read_bytes()


def files(study: Path) -> dict[str, bytes]:
    folder = study / "released"
    return {p.name: p.read_bytes() for p in folder.glob("*") if p.name != ".lock"} if folder.is_dir() else {}


def test_each_version_has_a_number_and_the_same_again_has_none(study: Path, out: Path) -> None:
    first = lay(out, "adorf", "eins")
    lay(out, "bestadt", "eins", released_on="")
    assert [release.number for release in enter_released(study, "mini", out)] == [1, 2]
    assert enter_released(study, "mini", out) == ()
    second = lay(out, "adorf", "zwei")
    (new,) = enter_released(study, "mini", out)
    assert (new.number, new.municipality, new.wave, new.report, new.date) == (
        3, "adorf", "2021", "selfcheck", "2021-10-14",
    )  # fmt: skip
    assert new.file == "mini-public/2021/adorf/2021-06-30_selfcheck_adorf.json"
    # the earlier version stays as it was
    assert (files(study)["1.json"], files(study)["3.json"]) == (first, second)
    table = files(study)["ledger.csv"].decode("utf-8").splitlines()
    assert table[0] == "number,municipality,wave,report,date,file,sha256"
    assert table[1].endswith(f",{hashlib.sha256(first).hexdigest()}")
    assert table[2].startswith("2,bestadt,2021,selfcheck,,mini-public/")
    assert [release.number for release in read_ledger(study)] == [1, 2, 3]


@pytest.mark.parametrize(
    "about", [{"status": "draft"}, {"audience": "internal"}, {"study": "other"}, {"status": ""}]
)
def test_what_is_no_released_public_report_of_the_study_is_not_entered(
    study: Path, out: Path, about: dict[str, str]
) -> None:
    lay(out, "adorf", "eins", **about)
    (out / "run.json").write_text("[1]", encoding="utf-8")
    (out / "half.json").write_text('{"study":', encoding="utf-8")
    assert enter_released(study, "mini", out) == ()
    assert not (study / "released").exists()


@pytest.mark.parametrize("survives", range(4))
def test_who_is_killed_while_entering_leaves_it_as_before_or_complete(
    study: Path, out: Path, monkeypatch: pytest.MonkeyPatch, survives: int
) -> None:
    lay(out, "adorf", "eins")
    enter_released(study, "mini", out)
    before = files(study)
    lay(out, "adorf", "zwei"), lay(out, "bestadt", "eins")
    write, written = releasing.write_whole, []

    def killed_after(path: Path, content: bytes) -> None:
        if len(written) == survives:
            path.with_name(f".{path.name}.part-1").write_bytes(content[:5])
            raise KeyboardInterrupt
        written.append(path)
        write(path, content)

    monkeypatch.setattr(releasing, "write_whole", killed_after)
    if survives < 3:
        with pytest.raises(KeyboardInterrupt):
            enter_released(study, "mini", out)
        assert [release.number for release in read_ledger(study)] == [1]
        assert {name: files(study)[name] for name in before} == before
    monkeypatch.setattr(releasing, "write_whole", write)
    enter_released(study, "mini", out)
    assert [(r.number, r.municipality) for r in read_ledger(study)] == [
        (1, "adorf"),
        (2, "adorf"),
        (3, "bestadt"),
    ]
    assert sorted(files(study)) == ["1.json", "2.json", "3.json", "ledger.csv"]


def test_two_who_enter_at_once_wait_for_each_other(study: Path, out: Path) -> None:
    lay(out, "adorf", "eins")
    done: list[int] = []
    other = threading.Thread(target=lambda: done.append(len(enter_released(study, "mini", out))))
    with only_keeper(study / "released"):
        other.start()
        time.sleep(0.2)
        assert (done, files(study)) == ([], {})
    other.join(timeout=60)
    assert done == [1]


def test_a_study_folder_that_cannot_be_written_is_said(study: Path, out: Path) -> None:
    lay(out, "adorf", "eins")
    (study / "released" / ".lock").mkdir(parents=True)
    with pytest.raises(SurroundingsError, match="cannot be written"):
        enter_released(study, "mini", out)


def test_a_line_that_was_taken_out_is_missed_and_its_twin_stays(study: Path, out: Path) -> None:
    lay(out, "adorf", "eins")
    enter_released(study, "mini", out)
    lay(out, "adorf", "zwei")
    enter_released(study, "mini", out)
    table = study / "released" / "ledger.csv"
    table.write_text("\n".join(table.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    lay(out, "adorf", "drei")
    before = files(study)
    with pytest.raises(RefusedError, match=r"no line for 2\.json"):
        enter_released(study, "mini", out)
    assert files(study) == before


def test_a_line_that_tells_of_another_municipality_than_its_twin_is_refused(study: Path, out: Path) -> None:
    lay(out, "adorf", "eins")
    enter_released(study, "mini", out)
    table = study / "released" / "ledger.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",adorf,", ",bdorf,"), encoding="utf-8")
    with pytest.raises(RefusedError, match="as its twin says"):
        read_ledger(study)
