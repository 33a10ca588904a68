"""``weltoffen schemes``: the scoring schemes that come with the package."""

from __future__ import annotations

from weltoffen_eval.commands import options
from weltoffen_eval.commands.listing import tell_rows


@options.as_command("schemes", "The scoring schemes that come with the package.")
@options.as_json
def command(as_json: bool) -> int:
    """One line per shipped scheme."""
    from weltoffen_eval.results.scheme_files import load_scheme
    from weltoffen_eval.results.scheme_places import scheme_names

    rows: list[dict[str, object]] = []
    for name in scheme_names():
        scheme = load_scheme(name)
        rows.append({"scheme": name, "title": scheme.title["de"], "note": scheme.note})
    return tell_rows(rows, as_json)
