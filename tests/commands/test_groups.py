"""``weltoffen groups``: a list in, a draw with its record and its lists out; nothing is written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from workbooks import head, row, tab, write_workbook
from workbooks import text as cell

from weltoffen_eval.commands.main import main

LIST = "participant,stratum,organisation\n" + "".join(
    f"P{n:02},{'Verein' if n % 3 else 'Verwaltung'},{'Caritas' if n % 10 == 0 else ''}\n" for n in range(41)
)


def call(*words: object) -> int:
    try:
        return main(["groups", *map(str, words)])
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture
def participants(tmp_path: Path) -> Path:
    path = tmp_path / "teilnehmende.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def drawn(path: Path) -> dict[str, str]:
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    assert head == "participant,group"
    return dict(row.rsplit(",", 1) for row in rows)  # type: ignore[arg-type]


def test_a_draw_its_record_and_its_lists_are_written_and_said_not_to_be_for_publication(
    participants: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = participants.with_name("G.csv")
    assert call("--participants", participants, "--size", 8, "--seed", 5, "--out", out) == 0
    said = capsys.readouterr()
    assert "41 participants in 6 groups of 6 to 7." in said.out
    assert said.err == "Not for publication: these files name participants.\n"
    groups = drawn(out)
    assert len(groups) == 41
    record = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert (record["seed"], record["size"], record["participants"], record["groups"]) == (5, 8, 41, 6)
    assert "PCG64" in record["algorithm"]
    assert len(record["input_sha256"]) == 64
    page = BeautifulSoup(out.with_suffix(".html").read_text(encoding="utf-8"), "html.parser")
    assert [head.get_text() for head in page.select("h2")] == [f"Gruppe {n}" for n in range(1, 7)]
    shown = {li.get_text(): s.h2.get_text()[-1] for s in page.select("section") for li in s.select("li")}
    assert shown == groups
    # nothing of them but the id
    assert not any(word in page.get_text() for word in ("Verein", "Verwaltung", "Caritas"))
    assert "P07" not in json.dumps(record)


def test_the_same_list_in_another_order_gives_the_same_bytes(participants: Path, tmp_path: Path) -> None:
    head, *rows = LIST.splitlines(keepends=True)
    other = tmp_path / "anders.csv"
    other.write_text(head + "".join(reversed(rows)), encoding="utf-8")
    for name, path in (("a", participants), ("b", other)):
        assert call("--participants", path, "--seed", 5, "--out", tmp_path / name) == 0
    for ending in (".csv", ".json", ".html"):
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_german_heads_a_workbook_other_columns_and_who_does_not_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.xlsx"
    rows = [
        row(n, *map(cell, (f"{c}{n}" for c in "ABCDE"), (f"T{n}", "Verein", f"O{n}", "t@example.org", came)))
        for n, came in zip(range(2, 12), ["ja", "nein", *[""] * 8], strict=True)
    ]
    heads = head("Person", "Schicht", "Organisation", "E-Mail", "anwesend")
    write_workbook(path, tab(heads, *rows))
    assert call("--participants", path, "--size", 3, "--seed", 1, "--out", tmp_path / "G.csv", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["participants"], told["groups"], told["not_coming"]) == (9, 3, 1)
    assert "T3" not in drawn(tmp_path / "G.csv")
    for file in tmp_path.glob("G.*"):
        assert b"example.org" not in file.read_bytes()


def test_an_earlier_draw_is_kept(
    participants: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "G1.csv", tmp_path / "G2.csv"
    assert call("--participants", participants, "--seed", 5, "--out", first) == 0
    # 7·6 = 42 places up to the size of 7; P00 does not come any more, three are late
    participants.write_text(
        LIST.replace("P00,Verwaltung,Caritas\n", "") + "=X1,,\nX2,Verein,\nX3,,Caritas\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert call("--participants", participants, "--seed", 5, "--keep", first, "--out", second) == 0
    assert "Late: 3. Gone: 1." in capsys.readouterr().out
    before, now = drawn(first), drawn(second)
    assert {name: group for name, group in now.items() if name in before} == {
        name: group for name, group in before.items() if name != "P00"
    }
    assert set(now) - set(before) == {"'=X1", "X2", "X3"}
    record = json.loads(second.with_suffix(".json").read_text(encoding="utf-8"))
    assert (record["kept"], record["late"]) == (40, 3)
    # what was written as text for a spreadsheet is known again
    third = tmp_path / "G3.csv"
    assert call("--participants", participants, "--seed", 9, "--keep", second, "--out", third) == 0
    assert drawn(third) == now


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "participant\nP1\nP2\nP1\n",
            ("row 4, column participant", "'P1' twice", "The first stands in row 2."),
        ),
        ("participant,stratum\nP1,a\n,b\n", ("row 3, column participant", "found: nothing")),
        ("participant,stratum\n", ("a header only",)),
        ("", ("empty",)),
        (
            "partisipant,stratum\nP1,a\n",
            ("no such column", "a column participant", "Did you mean 'participant'?"),
        ),
        ("participant,Person\nP1,P1\n", ("one column for participant",)),
        ("participant,present\nP1,vielleicht\n", ("'vielleicht'", "yes, no or nothing")),
        ("participant,present\nP1,no\n", ("nobody who comes",)),
        ("participant,municipality\nP1,a\nP2,b\n", ("'a', 'b'", "one municipality in all rows")),
    ],
)
def test_a_list_that_cannot_be_drawn_from_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: tuple[str, ...]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(text, encoding="utf-8")
    assert call("--participants", path, "--size", 1, "--seed", 1, "--out", tmp_path / "G.csv") == 3
    told = capsys.readouterr().err
    assert all(part in told for part in said), told
    assert not (tmp_path / "G.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "42", "--out", "G.csv"), "only 41 participants"),
        (("--size", "0", "--out", "G.csv"), "'--size'"),
        (("--seed", "-1", "--out", "G.csv"), "'--seed'"),
        (("--out", "teilnehmende.csv"), "which --participants is read from"),
        (("--out", "ordner/../teilnehmende.csv"), "which --participants is read from"),
        (("--out", "G.xlsx"), "the draw is a CSV file; name it G.csv"),
        (("--keep", "alt.csv", "--out", "alt.csv"), "which --keep is read from"),
        ((), "--out"),
    ],
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(
    participants: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(participants.parent)
    participants.with_name("alt.csv").write_text("participant,group\nP01,1\n", encoding="utf-8")
    (participants.parent / "ordner").mkdir()
    seed = () if "--seed" in words else ("--seed", "1")
    assert call("--participants", participants.name, *seed, *words) == 2
    assert said in capsys.readouterr().err
    assert participants.read_text(encoding="utf-8") == LIST
    assert sorted(path.name for path in participants.parent.iterdir()) == [
        "alt.csv",
        "ordner",
        participants.name,
    ]


@pytest.mark.parametrize("group", ["", "0", "A", "1.5", "99999999"])
def test_an_earlier_draw_with_a_group_that_is_none_is_refused(
    participants: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], group: str
) -> None:
    keep = tmp_path / "alt.csv"
    keep.write_text(f"participant,group\nP01,{group}\n", encoding="utf-8")
    out = tmp_path / "G.csv"
    assert call("--participants", participants, "--seed", 1, "--keep", keep, "--out", out) == 3
    assert "row 2, column group" in capsys.readouterr().err


def test_where_nothing_can_be_written_it_ends_with_4(
    participants: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    out = tmp_path / "datei" / "G.csv"
    assert call("--participants", participants, "--seed", 1, "--out", out) == 4
    assert "cannot be written" in capsys.readouterr().err


def test_a_draw_stays_out_of_the_reports(
    participants: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WELTOFFEN_PROJECT", str(tmp_path))
    out = tmp_path / "reports" / "beispiel" / "G.csv"
    assert call("--participants", participants, "--seed", 1, "--out", out) == 2
    assert "among the reports" in capsys.readouterr().err
