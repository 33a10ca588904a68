"""Where schemes lie: inside the study or shipped; what the call names may lie anywhere, as an ordinary file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from weltoffen_eval.errors import CallError, RefusedError
from weltoffen_eval.results.scheme_files import load_scheme
from weltoffen_eval.study.definition import load_study

TEXT = '\ntitle = {{ de = "Eigenes" }}\nid = "{}"\n'


def name_scheme(folder: Path, scheme: str) -> None:
    """Let study.toml name this scheme."""
    path = folder / "study.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("scheme")]
    path.write_text(f"scheme = '{scheme}'\n" + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "scheme",
    ["../outside.toml", "./../outside.toml", "schemes/../../outside.toml", "/dev/stdin", "~/outside.toml", "..\\outside.toml",
     "C:/outside.toml", "./link.toml", "linked/outside.toml", "./pipe.toml", "./folder.toml", "schemes/pipe.toml", "pipe",
     "./nosuch.toml", "nosuch"],
)  # fmt: skip
def test_a_scheme_that_study_toml_must_not_name_is_refused_unopened(
    example: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = example.parent / "outside.toml"
    outside.write_text(TEXT.format("outside"), encoding="utf-8")
    (example / "link.toml").symlink_to(outside)
    (example / "linked").symlink_to(example.parent)
    (example / "folder.toml").mkdir()
    (example / "schemes").mkdir()
    for pipe in (example / "pipe.toml", example / "schemes" / "pipe.toml"):
        os.mkfifo(pipe)
    name_scheme(example, scheme)
    study = load_study(example)
    opened: list[Path] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path) or read(path))
    with pytest.raises(RefusedError) as refused:
        load_scheme(None, study)
    assert len(refused.value.faults) == 1
    assert opened == []


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [("./own.toml", "own"), ("own.toml", "own"), ("schemes/own.toml", "inner"), ("own", "inner"),
     ("standard", "inner-standard"), ("egi", "egi"), ("inside.toml", "own")],
)  # fmt: skip
def test_a_name_is_a_path_then_a_scheme_of_the_study_then_a_shipped_one(
    example: Path, scheme: str, expected: str
) -> None:
    (example / "schemes").mkdir()
    for path, name in (("own", "own"), ("schemes/own", "inner"), ("schemes/standard", "inner-standard")):
        (example / f"{path}.toml").write_text(TEXT.format(name), encoding="utf-8")
    (example / "inside.toml").symlink_to("own.toml")
    name_scheme(example, scheme)
    study = load_study(example)
    if scheme == "egi":
        # its weights and points fit any questionnaire
        assert load_scheme(None, study).id == "egi"
    assert load_scheme(None, study).id == expected
    assert load_scheme("standard").id == "standard", "without a study it is the shipped one"


def test_what_the_call_names_is_taken_from_the_working_folder_then_from_the_study(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    study = load_study(example)
    (example / "a.toml").write_text(TEXT.format("of-study"), encoding="utf-8")
    assert load_scheme("a.toml", study).id == "of-study"
    (here / "a.toml").write_text(TEXT.format("here"), encoding="utf-8")
    assert load_scheme("a.toml", study).id == "here"
    (tmp_path / "b.toml").write_text(TEXT.format("above"), encoding="utf-8")
    assert load_scheme("../b.toml", study).id == "above"
    assert load_scheme(tmp_path / "b.toml", study).id == "above"
    (here / "link.toml").symlink_to(tmp_path / "b.toml")
    assert load_scheme("./link.toml", study).id == "above"


def test_what_the_call_names_is_an_ordinary_file(example: Path) -> None:
    os.mkfifo(example / "pipe.toml")
    for path in (example / "pipe.toml", example, Path("/dev/null"), example / "nosuch.toml", "a\0b.toml"):
        name = f"{path}/" if path == example else path
        with pytest.raises(RefusedError):
            load_scheme(name, load_study(example))
    with pytest.raises(CallError, match=r"There is no scheme 'standrad'.*Did you mean 'standard'"):
        load_scheme("standrad")
