"""Findings as a table: the columns of the contract, one row each, in their order."""

from __future__ import annotations

from weltoffen_eval.analysis.findings import Finding, findings_frame


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
