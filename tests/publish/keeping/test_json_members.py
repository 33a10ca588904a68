"""What is read part by part from a large JSON file is the same that Python's reader finds in the whole."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from weltoffen_eval.publish.keeping import json_members
from weltoffen_eval.publish.keeping.json_members import entries, members

CONTENT = {
    "about": {"names": {"a": "Ä\n\"'", "reports": [1, {}]}},
    "reports": {f"2021/{n}/ü": {"files": {"x": "y" * (n % 50)}, "n": n * 1.5e3} for n in range(300)},
    "other": {"one": -12345, "two": [], "three": {}, "four": "", "five": None},
    "state": 17,
}


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
@pytest.mark.parametrize("indent", [None, 1])
def test_every_member_is_that_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int, indent: int | None
) -> None:
    monkeypatch.setattr(json_members, "_AT_ONCE", at_once)
    path = tmp_path / "a.json"
    path.write_text(json.dumps(CONTENT, indent=indent) + "\n", encoding="utf-8")
    for name in ("about", "reports", "other"):
        assert dict(members(path, name)) == CONTENT[name]
    assert list(members(path, "nothing")) == []


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
def test_every_entry_of_a_list_is_that_of_the_whole_but_for_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(json_members, "_AT_ONCE", at_once)
    graph = [
        {"@id": "./", "hasPart": [{"@id": str(n)} for n in range(300)], "name": "ü"}, 5, [], "x", {}, [1, {}],
        *({"@id": f"a {n}", "hasPart": n, "result": [n]} for n in range(50)),
    ]  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"@context": ["x", {"y": []}], "@graph": graph, "z": []}), encoding="utf-8")
    assert list(entries(path, "@graph")) == graph
    left = [
        {name: value for name, value in one.items() if name != "hasPart"} if isinstance(one, dict) else one
        for one in graph
    ]
    assert list(entries(path, "@graph", without=("hasPart",))) == left
    assert list(entries(path, "z")) == list(entries(path, "nothing")) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"g": {}}', '{"g": [1,]}', '{"g": [1 2]}', '{"g": [1', '{"g": [{"a": [}]}', '{"g": 5}'],
)
def test_what_is_no_list_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"\S"):
        list(entries(tmp_path / "a.json", "g", without=("a",)))


def test_what_is_no_json_or_no_object_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ("", "[]", '{"reports": 5}', '{"reports": {"a": 1', '{"reports": {"a" 1}}', '{"reports": {1: 1}}',
                 '{"reports": {"a": 1,}}', '{"reports": [{"a": 1}]}', "{", "\0"):  # fmt: skip
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"\S"):
            list(members(path, "reports"))


def test_a_text_cut_short_anywhere_is_told(tmp_path: Path) -> None:
    path, text = tmp_path / "a.json", json.dumps({"reports": {"a": {"b": "c"}, "d": 15}})
    for end in range(len(text) - 1):
        path.write_text(text[:end], encoding="utf-8")
        with pytest.raises(ValueError, match=r"\S"):
            list(members(path, "reports"))


def test_changed_bytes_give_what_the_whole_gives_or_an_error(tmp_path: Path) -> None:
    path, text, chosen = (
        tmp_path / "a.json",
        json.dumps({"x": 1, "reports": {"a": {"b": "c"}, "d": 15}}),
        random.Random(5),
    )
    for _ in range(300):
        changed = list(text)
        changed[chosen.randrange(len(changed))] = chosen.choice('{}[]",: 1ea')
        path.write_text("".join(changed), encoding="utf-8")
        try:
            whole = json.loads("".join(changed)).get("reports", {})
        except (ValueError, AttributeError):
            continue
        try:
            found = dict(members(path, "reports"))
        except ValueError:
            assert not isinstance(whole, dict)
            continue
        assert found == whole
