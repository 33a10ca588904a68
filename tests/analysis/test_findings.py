"""Findings as a table: the columns of the contract, one row each, in their order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import weltoffen_eval
from weltoffen_eval.analysis.findings import REASONS, Finding, findings_frame
from weltoffen_eval.display.sentences import load_catalogue

#: Rooms in which reasons of findings are given, and what takes one without naming it, with its place.
ROOMS = ("analysis", "results")
TAKES = {"no_interval": 0, "Interval": 2, "_closed": 1}


def test_findings_become_rows_with_the_columns_of_the_contract() -> None:
    frame = findings_frame([Finding("gap", 1.5, wave="w", id="x"), Finding("alpha", reason="no_variance")])
    # 06-methods, the command
    assert ",".join(frame.columns) == (
        "wave,setting,municipality,level,id,quantity,variant,perspective,other,value,low,high,n,n_applicable,"
        "method,reason"
    )
    assert frame[["quantity", "wave", "id", "value"]].iloc[0].tolist() == ["gap", "w", "x", 1.5]
    assert frame[["quantity", "reason"]].iloc[1].tolist() == ["alpha", "no_variance"]
    assert frame[["low", "high", "n", "n_applicable"]].isna().all(axis=None)
    assert len(findings_frame([])) == 0


def test_a_finding_that_differs_in_some_fields_keeps_the_others() -> None:
    finding = Finding("gap", 1.5, wave="w", id="x")
    assert finding.having(value=2.0, id="y") == Finding("gap", 2.0, wave="w", id="y")
    assert finding == Finding("gap", 1.5, wave="w", id="x")
    with pytest.raises(TypeError, match="no vlaue"):
        finding.having(vlaue=2.0)


def reasons_in(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given as a reason: by name, assigned to a name that says so, or in a known place of a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "reason")
            place = TAKES.get(getattr(node.func, "id", ""), len(node.args))
            yield from node.args[place : place + 1]
        if isinstance(node, ast.Assign) and any("reason" in ast.unparse(target) for target in node.targets):
            yield node.value
        if isinstance(node, ast.FunctionDef) and node.name == "too_few":
            yield from (
                inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value
            )


def texts_in(node: ast.expr) -> Iterator[str]:
    """Texts that an expression can be; what is compared or looked up is none of them."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield ast.unparse(node)
        case ast.IfExp():
            yield from (*texts_in(node.body), *texts_in(node.orelse))
        case ast.Subscript(value=ast.Name(id="_WHY"), slice=ast.Constant(value=str(text))):
            # the number by which a reason is kept, where there are as many as scores
            yield text
        case ast.BoolOp():
            yield from (text for value in node.values for text in texts_in(value))


def test_no_other_reason_is_given_than_those_of_the_list() -> None:
    given = set()
    for room in ROOMS:
        for path in sorted((Path(weltoffen_eval.__file__).parent / room).rglob("*.py")):
            for value in reasons_in(ast.parse(path.read_text(encoding="utf-8"))):
                given |= set(texts_in(value))
    # it finds what is there
    assert {"group_size", "too_few", "no_variance", "no_reference", "no_common_items", "coverage"} <= given
    assert given - {""} <= set(REASONS)


def test_each_reason_of_the_contract_has_its_sentence() -> None:
    # 11-keys-and-records, "reason"
    assert " ".join(REASONS) == (
        "not_chosen not_asked not_applicable group_size coverage disclosure no_responses no_reference "
        "no_common_items no_variance too_few not_estimable not_documented"
    )
    declared = load_catalogue("study", "de").declared
    assert {name.removeprefix("reason_") for name in declared if name.startswith("reason_")} == set(REASONS)
