"""Drawings: what the allow-list names comes through, what acts or loads does not."""

from __future__ import annotations

import pytest

from weltoffen_eval.drawings import DrawingError, allowed_drawing, check_drawing, drawing_names

PLAIN = '<svg viewBox="0 0 9 9"><g id="a"><path d="M0 0" style="fill: red"/><text>ä &lt; b</text></g></svg>'


def test_a_plain_drawing_may_stand_in_a_page() -> None:
    check_drawing(PLAIN)
    assert drawing_names(PLAIN) == {"a"}


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        "<style>p { color: red }</style>",
        "<foreignObject/>",
        "<Path/>",
        '<path onload="x()"/>',
        '<path fill="url(https://example.org/a)"/>',
        '<path style="fill: url(https://example.org/a)"/>',
        '<path style="behaviour: x"/>',
        '<use href="https://example.org/a"/>',
        '<use xlink:href="javascript:x()"/>',
        "<path d='M0'/>",
        "<!-- words -->",
        "<g>",
        "</g>",
        "<svg ></svg>",
        "</svg><p>",
    ],
)
def test_nothing_else_may(inside: str) -> None:
    with pytest.raises(DrawingError):
        check_drawing(f"<svg >{inside}</svg>")


def test_addresses_within_the_drawing_and_pictures_written_out_may() -> None:
    check_drawing(
        '<svg ><use href="#a"/><use xlink:href="data:image/png;base64,AAAA"/><g fill="url(#b)"/></svg>'
    )


def test_a_drawing_of_somebody_else_loses_what_is_not_allowed_and_says_its_name() -> None:
    made, left = allowed_drawing(
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e "x">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script>behind'
        '<a href="https://example.org"><text>drawn</text></a><path d="M0 0" fill="red"/></svg>'
    )
    # the link's address goes with the link
    assert left == ["href", "onload", "script"]
    assert "x()" not in made
    assert "example.org" not in made
    for kept in ("behind", "<text>drawn</text>", 'd="M0 0"', 'fill="red"'):
        assert kept in made


@pytest.mark.parametrize("text", ["", "no markup", "<svg", "<p/>"])
def test_what_is_no_svg_is_refused(text: str) -> None:
    with pytest.raises(DrawingError, match="no SVG"):
        allowed_drawing(text)
