"""``weltoffen scheme check``: every fault of a scoring scheme, and what in it moves nothing."""

from __future__ import annotations

import json

import click

from weltoffen_eval.commands import options
from weltoffen_eval.errors import visible


@options.as_command("check", "Every fault of a scheme, and what in it moves nothing.")
@click.argument("scheme", metavar="F")
@options.study
@options.as_json
def command(scheme: str, study: str | None, as_json: bool) -> int:
    """F is a path, or the name of a scheme; STUDY is that whose questionnaires it is held against."""
    from weltoffen_eval.analysis.scheme_difference import remarks_on
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.study.definition import load_study

    loaded = load_study(study)
    found = load_scheme(scheme, loaded)
    remarks = remarks_on(found, list(loaded.instruments.values()))
    if as_json:
        print(
            json.dumps({"scheme": found.id, "sha256": found.sha256, "remarks": remarks}, ensure_ascii=False)
        )
        return 0
    print(f"{visible(found.id)}: no faults ({found.sha256[:12]}), held against {loaded.id}.")
    for remark in remarks:
        print(visible(remark))
    return 0
