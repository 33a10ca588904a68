"""Places of a report: every link leads to one that is there, and no two places share an id."""

from __future__ import annotations

from weltoffen_eval.blocks import Entry, Facts, Heading, Link, Listing, Paragraph
from weltoffen_eval.publish.exporting.parts import Part, Place, Prose, Quote, Run
from weltoffen_eval.publish.exporting.places import Places, targets_of_blocks


def places() -> tuple[Places, list[str]]:
    said: list[str] = []
    return Places(said.append), said


def link(target: str) -> Prose:
    return Prose((Run("x", target=target),))


def targets(parts: list[Part]) -> list[str]:
    return [run.target for part in parts if isinstance(part, Prose) for run in part.runs]


def test_an_id_that_is_taken_gets_a_number_and_a_word() -> None:
    held, said = places()
    assert [held.anchor("a") for _ in range(3)] == ["a", "a-2", "a-3"]
    assert said == ["The anchor 'a' stands for two places."] * 2


def test_ids_of_the_frame_are_never_those_of_the_report() -> None:
    held, said = places()
    assert (held.anchor("main"), held.anchor("contents")) == ("main-2", "contents-2")
    assert said == []


def test_links_follow_names_of_authors_before_those_that_jupyter_makes() -> None:
    held, said = places()
    for made, own in (("Titel", ""), ("titel", "b"), ("titel", "")):
        held.wait(Place((own,) if own else (), (made,)))
        held.arrive(Heading(2, made, held.anchor(f"id-{len(held.anchors)}")))
    # GitHub counts the second heading of one text
    settled = held.settle([link("#b"), link("#Titel"), link("#titel"), link("#titel-1"), link("#TITEL-1")])
    assert targets(settled) == ["#id-1", "#id-0", "#id-1", "#id-2", "#id-2"]
    assert said == []


def test_a_link_to_nothing_leads_nowhere_and_one_to_the_top_to_the_title() -> None:
    held, said = places()
    held.title = held.anchor("titel")
    settled = held.settle([link("#fehlt"), link("#top"), link("#"), link("https://example.org/#x")])
    assert targets(settled) == ["", "#titel", "#titel", "https://example.org/#x"]
    assert said == ["A link leads to 'fehlt', which is not in the report."]


def test_a_letter_written_in_two_ways_is_one_and_so_is_its_escape() -> None:
    held, said = places()
    held.wait(Place(("Größe",)))
    held.arrive(Heading(2, "x", held.anchor("g")))
    settled = held.settle([link("#Gro\u0308ße"), link("#Gr%C3%B6%C3%9Fe")])
    assert (targets(settled), said) == (["#g", "#g"], [])


def test_only_places_to_which_a_link_leads_keep_an_id() -> None:
    held, _ = places()
    text = Prose((Run("", anchor="wanted"), Run("a"), Run("", anchor="alone")))
    text, leading = held.settle([text, link("#wanted")])
    assert isinstance(text, Prose)
    assert [run.anchor for run in text.runs if run.anchor] == ["wanted"]
    assert targets([leading]) == ["#wanted"]


def test_a_name_before_a_quote_stands_at_its_beginning() -> None:
    held, _ = places()
    held.wait(Place(("q",)))
    (quote, _) = held.settle([held.arrive(Quote((Prose((Run("a"),)),))), link("#q")])
    assert quote == Quote((Prose((Run("", anchor="q"), Run("a"))),))


def test_the_links_of_our_blocks_are_all_found() -> None:
    links = [(Link("x", name),) for name in "abc"]
    blocks = [
        Paragraph("", links=links[0]), Facts((("t", Entry("", links[1])),)), Quote((Listing((Entry("", links[2]),)),)),
    ]  # fmt: skip
    assert list(targets_of_blocks(blocks)) == ["a", "b", "c"]
