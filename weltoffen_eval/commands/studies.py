"""``weltoffen studies``: the studies under data/raw and those that come with the package."""

from __future__ import annotations

from weltoffen_eval import paths
from weltoffen_eval.commands import options
from weltoffen_eval.commands.listing import tell_rows
from weltoffen_eval.errors import RefusedError


@options.as_command("studies", "The studies under data/raw, and those of the package.")
@options.as_json
def command(as_json: bool) -> int:
    """One line per study."""
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
    return tell_rows(rows, as_json)
