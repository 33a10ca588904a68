"""The words of a [[file]] in study.toml, as the contract lists them."""

from __future__ import annotations

SETTINGS = ("questionnaire", "workshop", "dialogue")
#: At which people meet, so that there are minutes.
MEETINGS = ("workshop", "dialogue")
UNITS = ("institution", "persons")
SHEETS = ("average", "merge")
ITEM_HEADERS = ("id", "text")
FORMATS = ("limesurvey", "form")
#: What becomes of responses that were not sent off, and of a second form of one office.
INCOMPLETE = ("keep", "drop")
RESENT = ("refuse", "replace")
FILE_KINDS = (
    "responses",
    "field_ratings",
    "notes",
    "participants",
    "statements",
    "codes",
    "codebook",
    "questions",
    "outcomes",
    "events",
    "measures",
)
#: Ids of the guiding questions of a dialogue where a study has none of its own.
QUESTIONS = ("1", "2", "3", "4")
#: What a raw file may be headed otherwise, by its name in the contract.
COLUMNS = (
    "municipality",
    "ags",
    "respondent",
    "perspective",
    "item",
    "response",
    "comment",
    "office",
    "evidence",
)
#: Where a kind of file usually comes from, where nobody says it.
USUAL_SETTING = {"field_ratings": "workshop", "notes": "workshop", "statements": "dialogue", "measures": ""}
