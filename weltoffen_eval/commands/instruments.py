"""``weltoffen instruments``: the questionnaires that come with the package."""

from __future__ import annotations

from weltoffen_eval.commands import options
from weltoffen_eval.commands.listing import tell_rows


@options.as_command("instruments", "The questionnaires that come with the package.")
@options.as_json
def command(as_json: bool) -> int:
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
    return tell_rows(rows, as_json)
