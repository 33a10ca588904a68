"""``weltoffen studies``, ``instruments`` and ``schemes``: what is there."""

from __future__ import annotations

import argparse
import json
from typing import Any

from weltoffen_eval import paths
from weltoffen_eval.errors import RefusedError


def add_to(commands: Any) -> None:
    """Add the three commands to the parser."""
    for name, function, text in (
        ("studies", run_studies, "the studies under data/raw"),
        ("instruments", run_instruments, "the questionnaires that come with the package"),
        ("schemes", run_schemes, "the scoring schemes that come with the package"),
    ):
        parser = commands.add_parser(name, help=text)
        parser.add_argument("--json", action="store_true", help="print what a script needs")
        parser.set_defaults(run=function)


def _print(rows: list[dict[str, object]], as_json: bool) -> int:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print("  ".join(str(value) for value in row.values()))
    return 0


def run_studies(call: argparse.Namespace) -> int:
    """One line per study under data/raw."""
    from weltoffen_eval.study.definition import load_study

    rows: list[dict[str, object]] = []
    for name in paths.study_names():
        try:
            study = load_study(name)
        except RefusedError as error:
            rows.append({"study": name, "title": f"refused: {len(error.faults)} faults, see weltoffen check"})
            continue
        rows.append(
            {
                "study": name,
                "title": study.title,
                "waves": ",".join(wave.id for wave in study.waves),
                "municipalities": len(study.register.municipalities),
            }
        )
    return _print(rows, call.json)


def run_instruments(call: argparse.Namespace) -> int:
    """One line per shipped questionnaire."""
    from weltoffen_eval.study.questionnaire.files import instrument_names, load_instrument

    rows: list[dict[str, object]] = []
    for name in instrument_names():
        instrument = load_instrument(name)
        rows.append(
            {
                "instrument": name,
                "title": instrument.title["de"],
                "dimensions": len(instrument.dimensions),
                "items": len(instrument.items),
            }
        )
    return _print(rows, call.json)


def run_schemes(call: argparse.Namespace) -> int:
    """One line per shipped scheme."""
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.scheme_places import scheme_names

    rows: list[dict[str, object]] = []
    for name in scheme_names():
        scheme = load_scheme(name)
        rows.append({"scheme": name, "title": scheme.title["de"], "note": scheme.note})
    return _print(rows, call.json)
