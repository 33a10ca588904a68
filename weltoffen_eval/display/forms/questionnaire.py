"""The questionnaire as a form to fill in."""

from __future__ import annotations

from weltoffen_eval.display.forms.asked import AskedForm
from weltoffen_eval.display.forms.field_pages import field_page, fields_of
from weltoffen_eval.display.forms.first_page import PERSPECTIVES, first_page
from weltoffen_eval.display.forms.scales import choices
from weltoffen_eval.study.forms.identity import identity_of
from weltoffen_eval.study.forms.pages import Form
from weltoffen_eval.study.perspectives import PERSPECTIVES as USUAL


def make_form(asked: AskedForm) -> Form:
    """The form: its first page, then a page for each field, before them the questions of an office."""
    fields, perspectives = fields_of(asked), _perspectives(asked)
    return Form(
        asked.title,
        identity_of(
            asked.study.id,
            asked.instrument,
            {
                "municipality": asked.municipality.key,
                "municipality_name": asked.municipality.name,
                "wave": asked.wave,
                "setting": asked.setting,
                "perspective": asked.perspective,
                "respondent": asked.office,
            },
            asked.heads,
            asked.entries,
            perspectives,
        ),
        (
            first_page(asked, fields),
            *(field_page(asked, field) for field in fields),
        ),
        {**choices(asked), **({PERSPECTIVES: tuple(perspectives.values())} if perspectives else {})},
        running=asked.words.text(
            "running",
            title=asked.title,
            municipality=asked.municipality.name,
            edition=asked.instrument.edition,
        ),
        page_of=asked.words.text("page_of", page="{page}", pages="{pages}"),
        language="de-DE" if asked.language.id == "de" else asked.language.id,
    )


def _perspectives(asked: AskedForm) -> dict[str, str]:
    """By id what can be chosen where the form asks who answers."""
    if asked.perspective:
        return {}
    words = asked.language.words["perspectives"]
    return {key: words.get(key, key) for key in (*USUAL, *asked.study.perspectives)}
