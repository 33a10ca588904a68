"""What a form says of itself, hidden inside: whose it is, of which questionnaire, and how it is headed."""

from __future__ import annotations

from collections.abc import Mapping

from weltoffen_eval.study.questionnaire.instrument import Instrument

#: What the form of a questionnaire is, beside the other kinds of form.
RESPONSES = "responses"
_HEAD, _ENTRY, _WORD = "head ", "entry ", "perspective "


def identity_of(
    study: str,
    instrument: Instrument,
    whose: Mapping[str, str],
    heads: Mapping[str, str],
    entries: Mapping[str, str],
    perspectives: Mapping[str, str],
) -> dict[str, str]:
    """The identity of a form of the questionnaire.

    Parameters
    ----------
    whose : municipality and its name, wave, setting, perspective and respondent
    heads, entries : by name how the tables, and the entries of the first page, are headed
    perspectives : by id their words, where the form asks who answers
    """
    return {
        "kind": RESPONSES,
        "study": study,
        **whose,
        "instrument": instrument.id,
        "edition": instrument.edition,
        "instrument_sha256": instrument.sha256,
        **{f"{_HEAD}{name}": text for name, text in heads.items()},
        **{f"{_ENTRY}{name}": text for name, text in entries.items()},
        **{f"{_WORD}{key}": word for key, word in perspectives.items()},
    }


def heads_in(identity: Mapping[str, str]) -> dict[str, str]:
    """By name how the tables are headed."""
    return {key.removeprefix(_HEAD): text for key, text in identity.items() if key.startswith(_HEAD)}


def entries_in(identity: Mapping[str, str]) -> dict[str, str]:
    """By name how the entries of the first page are headed."""
    return {key.removeprefix(_ENTRY): text for key, text in identity.items() if key.startswith(_ENTRY)}


def words_in(identity: Mapping[str, str]) -> dict[str, str]:
    """By id the words of the perspectives among which is chosen."""
    return {key.removeprefix(_WORD): text for key, text in identity.items() if key.startswith(_WORD)}
