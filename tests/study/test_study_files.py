"""No path of a study leads out of its folder, and nothing but an ordinary file is opened."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from small_studies import change, faults_of, told, write_study

from weltoffen_eval.study.study_files import leads_out

ANSWERS = ("a.csv", "municipality,respondent,A1,A2,B1,B2\nadorf,r1,1,1,1,1\n")
SECRET = "municipality,respondent,A1,A2,B1,B2\nadorf,r1,geheim,1,1,1\n"


@pytest.mark.parametrize(
    "path",
    [
        "", " ", "/etc/passwd", "../a.csv", "x/../../a.csv", "x/../a.csv", "..", "~/a.csv", "~root/a.csv", "C:/a.csv",
        "c:a.csv", "C:\\a.csv", "\\\\server\\a.csv", "x\\a.csv", "a\x00b", "a\nb", "a\x1b[31m", "x" * 5000, "x/" * 3000,
    ],
)  # fmt: skip
def test_a_path_that_leads_out_is_refused_by_its_letters(tmp_path: Path, path: str) -> None:
    assert leads_out(tmp_path, path)


@pytest.mark.parametrize(
    "path", ["a.csv", "./a.csv", "x/y/a.csv", "..a.csv", "a..b/c.csv", "mit ü und Leerzeichen.csv"]
)
def test_a_path_inside_is_none_of_these(tmp_path: Path, path: str) -> None:
    assert leads_out(tmp_path, path) == ""


def test_links_are_resolved(tmp_path: Path) -> None:
    inside = tmp_path / "study"
    inside.mkdir()
    (tmp_path / "secret").mkdir()
    (inside / "out").symlink_to(tmp_path / "secret")
    (inside / "in").symlink_to(inside)
    (inside / "circle").symlink_to(inside / "circle")
    assert leads_out(inside, "out/a.csv") == "a link that leads out of the study folder"
    assert leads_out(inside, "in/a.csv") == ""
    assert leads_out(inside, "circle")
    assert leads_out(tmp_path / "study", "x") == ""


NAMES = ["study.toml", "municipalities.csv", "corrections.csv", "instrument/instrument.toml", "instrument/items.csv",
         "instrument/suggestions.csv", "instrument/mapping.csv", "a.csv"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_link_out_of_the_study_is_refused_wherever_it_stands(tmp_path: Path, name: str) -> None:
    folder = write_study(tmp_path / "study", ANSWERS)
    secret = tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    faults = faults_of(folder)
    assert any(Path(f.file).name == Path(name).name or "path" in f.column for f in faults), faults
    assert "geheim" not in str(faults)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    # a socket's path is short: it is bound from its folder
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [make_pipe, make_socket, make_device, Path.mkdir])
@pytest.mark.parametrize("name", NAMES)
def test_no_pipe_device_socket_or_folder_is_opened(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    folder = write_study(tmp_path / "study", ANSWERS)
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    faults = faults_of(folder)
    assert any(Path(f.file).name == Path(name).name or "path" in f.column for f in faults), faults


@pytest.mark.parametrize(
    "instrument",
    ["/etc", "../instrument", "./../instrument", "~/instrument", "C:/instrument", ".\\instrument", "./out", "./pipe", "./a\\u0000b", ""],
)  # fmt: skip
def test_an_instrument_outside_is_a_fault_of_study_toml(tmp_path: Path, instrument: str) -> None:
    folder = write_study(tmp_path / "study", ANSWERS)
    write_study(tmp_path, ANSWERS)
    (folder / "out").symlink_to(tmp_path / "instrument")
    os.mkfifo(folder / "pipe")
    text = instrument if "\\u" in instrument else instrument.replace("\\", "\\\\")
    change(folder / "study.toml", '"./instrument"', f'"{text}"')
    places = told(faults_of(folder))
    assert places[0][0] in ("study.toml", "./pipe/instrument.toml")
    assert len(places) <= 2


def test_a_refused_path_is_not_read(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "study", ANSWERS)
    (tmp_path / "secret.csv").write_text(SECRET, encoding="utf-8")
    change(folder / "study.toml", '"a.csv"', '"../secret.csv"')
    faults = faults_of(folder)
    assert told(faults) == [("study.toml", None, "file 1 path")]


def test_a_link_changed_after_study_toml_was_read_is_not_followed(tmp_path: Path) -> None:
    from weltoffen_eval.errors import RefusedError
    from weltoffen_eval.study.cleaning import clean_responses
    from weltoffen_eval.study.definition import load_study

    folder = write_study(tmp_path / "study", ANSWERS)
    study = load_study(folder)
    (tmp_path / "secret.csv").write_text(SECRET, encoding="utf-8")
    (folder / "a.csv").unlink()
    (folder / "a.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(RefusedError) as refused:
        clean_responses(study)
    assert "geheim" not in str(refused.value)


def test_a_study_folder_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    from small_studies import clean

    write_study(tmp_path / "study", ANSWERS)
    (tmp_path / "link").symlink_to(tmp_path / "study")
    assert len(clean(tmp_path / "link").responses) == 4
