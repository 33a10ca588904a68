"""The hashes that one list tells, and who else names the files: what is named by nobody is found."""

from __future__ import annotations

from weltoffen_eval.publish.keeping.told_hashes import ToldHashes


def test_a_hash_is_that_of_the_list_and_what_nobody_names_is_found() -> None:
    with ToldHashes((("b", "2"), ("a", "1"), ("ü/c", "3"))) as told:
        assert [told.of(path) for path in ("a", "b", "ü/c", "d")] == ["1", "2", "3", ""]
        assert told.count == 3
        assert list(told.unnamed("File")) == ["a", "b", "ü/c"]
        told.name("File", "b")
        told.name("File", "d")
        told.name("Action", "a", "first")
        told.name("Action", "a", "second")
        assert list(told.unnamed("File")) == ["a", "ü/c"]
        assert [told.said("Action", name) for name in ("a", "b")] == ["second", None]
        assert told.said("File", "b") == ""
