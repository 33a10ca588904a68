"""``weltoffen form --to pdf``: the questionnaire on paper, to be prepared together."""

from __future__ import annotations

from pathlib import Path

from weltoffen_eval.commands.form import FormCall, asked_form
from weltoffen_eval.errors import CallError


def write_forms(call: FormCall) -> dict[Path, str]:
    """Write it; by file for whom it is."""
    from weltoffen_eval.display.brands import brand_data
    from weltoffen_eval.display.forms.printed import printed_form
    from weltoffen_eval.publish.exporting.brand_head import brand_head
    from weltoffen_eval.publish.exporting.contents import Report
    from weltoffen_eval.publish.exporting.frame_words import Words
    from weltoffen_eval.publish.exporting.pdf import make_pdf
    from weltoffen_eval.publish.keeping.files import write_whole

    if call.by_office:
        raise CallError("--by office is for workbooks; a form on paper is the same for every office.")
    if call.out.suffix.lower() != ".pdf":
        raise CallError(f"--out is {call.out}, but --to pdf writes a PDF; name {call.out.stem}.pdf.")
    asked = asked_form(call)
    report = Report(
        asked.title,
        call.study.wave(asked.wave).date.isoformat(),
        list(printed_form(asked)),
        words=Words(asked.language.id),
        brand=brand_head(brand_data(call.study.brand_of(asked.wave), asked.language)),
    )
    write_whole(call.out, make_pdf(report))
    return {call.out: ""}
