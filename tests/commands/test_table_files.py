"""``--out`` writes over nothing that a study is read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from weltoffen_eval.commands.main import main

RECEIVED = ("verwaltung.csv", "./verwaltung.csv", "study.toml", "municipalities.csv", "corrections.csv")


@pytest.mark.parametrize("name", RECEIVED)
@pytest.mark.parametrize("command", [["score"], ["analyse", "--what", "gaps"]], ids=lambda words: words[0])
def test_what_was_received_is_never_written(
    project: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str
) -> None:
    folder = project / "data" / "raw" / "mini"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main([*command, "mini", "--out", str(folder / name)]) == 2
    assert "read from; name another file" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_link_to_what_was_received_is_not_written(project: Path, tmp_path: Path) -> None:
    folder = project / "data" / "raw" / "mini"
    (tmp_path / "link.csv").symlink_to(folder / "verwaltung.csv")
    assert main(["score", "mini", "--out", str(tmp_path / "link.csv")]) == 2


def test_a_table_beside_the_study_is_written_and_written_anew(project: Path) -> None:
    out = project / "data" / "raw" / "mini" / "s.csv"
    for _ in range(2):
        assert main(["score", "mini", "--out", str(out)]) == 0
        assert out.read_bytes().startswith(b"municipality,wave,setting,")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_one_sentence(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    try:
        code = main(["score", "mini", "--out", name])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code in (2, 4)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x" * 5000, "a/" * 1000, "\0", "", "\udc80"])
def test_a_study_whose_name_none_can_have_is_a_wrong_call(project: Path, name: str) -> None:
    assert main(["check", name]) == 2


def test_processed_tables_go_into_a_folder_of_their_own(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "data" / "processed" / "mini"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.symlink_to(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert main(["clean", "mini"]) == 4
    assert "it is a link; move it away" in capsys.readouterr().err
    assert folder.is_symlink() and sorted(tmp_path.iterdir()) == before
