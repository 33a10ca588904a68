"""Formulas: set as they are written, or their source unchanged."""

from __future__ import annotations

import pytest

from weltoffen_eval.publish.formula_trees import formula_tree
from weltoffen_eval.publish.formulas import read_formula, read_latex
from weltoffen_eval.publish.markdown import markdown_html
from weltoffen_eval.publish.parts import Formula


@pytest.mark.parametrize(
    "source",
    [r"\foo x", "{", "x_", r"\frac{1", r"\ce{H2O}", r"\unicode{x2211}", "", "x" * 20_000],
)
def test_what_cannot_be_set_whole_keeps_its_source(source: str) -> None:
    assert read_formula(source) == Formula(source, "")


@pytest.mark.parametrize(
    ("source", "mathml"),
    [
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (
            r"\begin{gather} a\\b \end{gather}",
            "<mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr>",
        ),
    ],
)
def test_a_formula_becomes_mathml(source: str, mathml: str) -> None:
    assert mathml in read_formula(source).mathml


def test_a_formula_is_a_tree_of_what_it_holds() -> None:
    tree = formula_tree(read_formula(r"\frac{1}{x}"))
    assert (tree["kind"], tree["above"]["text"], tree["below"]["text"]) == ("fraction", "1", "x")


def test_words_between_formulas_stay() -> None:
    first, formula, last = read_latex(r"Es gilt $a^2$ immer")
    assert (first, last) == ("Es gilt ", " immer")
    assert isinstance(formula, Formula)
    assert formula.source == "a^2"


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("5 $ und 10 $ je Bogen", 0),
        ("zwischen $5 und $10", 0),
        ("$x$ und $ y $", 2),
        (r"$ \alpha $", 1),
        (r"3 \$", 0),
        ("`$x$`", 0),
    ],
)
def test_prices_in_dollars_are_no_formulas(text: str, formulas: int) -> None:
    assert markdown_html(text, "m", "zurück").count("<tex>") == formulas
