"""The worked example with persons who answer in the place of an administration."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval import load_profile
from weltoffen_eval.results.profile import Profile


def answered_by_persons(study: Path, sheets: list[str]) -> Profile:
    """The self-check of bestadt, answered by persons."""
    path = study / "verwaltung.csv"
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("bestadt")]
    head, *others = rows
    path.write_text("\n".join([head, *others]) + "\n", encoding="utf-8")
    (study / "personen.csv").write_text(
        head.replace("municipality,", "municipality,respondent,") + "\n"
        + "".join(f"bestadt,q{n},{sheet}\n" for n, sheet in enumerate(sheets)),
        encoding="utf-8",
    )  # fmt: skip
    with (study / "study.toml").open("a", encoding="utf-8") as stream:
        stream.write(
            '\n[[file]]\npath = "personen.csv"\nwave = "2021"\nsetting = "questionnaire"\n'
            'perspective = "administration"\nunit = "persons"\nlayout = "wide"\n'
        )
    return load_profile(study, "bestadt", "2021")
