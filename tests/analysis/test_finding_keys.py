"""Keys of findings; the examples are those of the specification of keys, written there by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weltoffen_eval.analysis.finding_keys import FindingKey, UnknownKeyError, read_key

EXAMPLES = {
    "musterstadt/2021/questionnaire/administration/dimension/management/score": FindingKey(
        municipality="musterstadt", wave="2021", setting="questionnaire", perspective="administration",
        level="dimension", id="management", quantity="score",
    ),
    "musterstadt/2021/questionnaire/administration=bauamt/item/MS04/code": FindingKey(
        municipality="musterstadt", wave="2021", setting="questionnaire", perspective="administration",
        respondent="bauamt", level="item", id="MS04", quantity="code",
    ),
    "musterstadt/2021/workshop/politics+business/dimension/access/gap=field_rating~administration": FindingKey(
        municipality="musterstadt", wave="2021", setting="workshop", perspective="politics+business",
        level="dimension", id="access", quantity="gap", variant="field_rating", other="administration",
    ),
    "@/2021/workshop/participants/dimension/access/holm_p~administration": FindingKey(
        wave="2021", setting="workshop", perspective="participants", level="dimension", id="access",
        quantity="holm_p", other="administration",
    ),
    "musterstadt/2024/@/@/measure/@/n_measures=done": FindingKey(
        municipality="musterstadt", wave="2024", level="measure", quantity="n_measures", variant="done",
    ),
    "m/2024/questionnaire/administration/dimension/access/change=2021%2E5": FindingKey(
        municipality="m", wave="2024", setting="questionnaire", perspective="administration",
        level="dimension", id="access", quantity="change", variant="2021.5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_key_is_written_as_specified_and_read_back(text: str) -> None:
    assert str(EXAMPLES[text]) == text
    assert read_key(text) == (EXAMPLES[text], "value")


def test_a_field_stands_behind_a_dot() -> None:
    key, field = read_key("m/2021/questionnaire/administration/dimension/a.b/score.low")
    assert (key.id, key.quantity, field) == ("a.b", "score", "low")


@pytest.mark.parametrize(
    "text",
    ["", "a/b", "m/2021/s/p/l/i/score.median", "m/2021/s/p/l/i/", "m//s/p/l/i/score", "m/2021/s/:u/l/i/q",
     "m/2021/s/p=/l/i/q", "m/2021/s/p/l/ü/q", "m/2021/s/p/l/%41/q", "m/2021/s/p/l/i/q~", "m/2021/s/p/l/i/q/x"],
)  # fmt: skip
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(UnknownKeyError):
        read_key(text)


TEXTS = st.text(min_size=1, max_size=8).filter(
    lambda text: not text.startswith("@") and text.encode("utf-8", "ignore").decode() == text
)


@given(*(TEXTS for _ in range(6)))
def test_any_ids_come_back_from_their_key(
    wave: str, who: str, office: str, name: str, variant: str, of: str
) -> None:
    who, of = who.replace("+", "_"), of.replace("+", "_")
    key = FindingKey(
        municipality="m", wave=wave, setting="workshop", perspective=who, respondent=office, level="item",
        id=name, quantity="share", variant=variant, other=of,
    )  # fmt: skip
    assert read_key(str(key)) == (key, "value")
    assert read_key(f"{key}.n") == (key, "n")
