"""The settings of a scheme in words: what they are called, and their values."""

from __future__ import annotations

from typing import Any

from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.display.language import Label
from weltoffen_eval.display.sentences import Catalogue, load_catalogue
from weltoffen_eval.results.lab.session import ScoringLab
from weltoffen_eval.results.lab.settings import SettingError, entries_of, value_of
from weltoffen_eval.study.questionnaire.instrument import Instrument, Item

#: Digits behind the decimal sign of weights and points.
_DIGITS = 4


def said_in_scoring_lab() -> Catalogue:
    """The catalogue of the scoring lab with its controls; there are sentences in German."""
    return load_catalogue("scoring_lab", "de")


def setting_name(setting: str, instrument: Instrument) -> str:
    """What a setting is called."""
    said = said_in_scoring_lab()
    first, _, rest = setting.partition(".")
    if first == "weights":
        kind, _, name = rest.partition(".")
        return said.text("setting_weight_dimension", entry=Label(entry_name(kind, name, instrument), "de"))
    if first == "points":
        scale, _, code = rest.rpartition(".")
        options = {
            str(option.code): option.label
            for one in instrument.scales
            if one.id == scale
            for option in one.options
        }
        option = said.language.of(options[code]).text if code in options else code
        if len([one for one in instrument.scales if one.options]) > 1:
            return said.text("setting_points_of", option=option, scale=scale)
        return said.text("setting_points", option=option)
    return said.text(f"setting_{setting.replace('.', '_')}")


def entry_name(kind: str, name: str, instrument: Instrument) -> str:
    """The title of a dimension or criterion, id and short name of an item."""
    language = said_in_scoring_lab().language
    entry = next((one for one in entries_of(instrument, kind) if one.id == name), None)
    if entry is None:
        return name
    if isinstance(entry, Item):
        return f"{name} {language.of(entry.label or entry.text).text}"
    return language.of(entry.title).text


def setting_value(setting: str, scheme: ScoringScheme, instrument: Instrument, otherwise: str) -> str:
    """The value of a setting in words; ``otherwise`` where the questionnaire does not know the setting."""
    try:
        return _in_words(value_of(scheme, instrument, setting), setting)
    except SettingError:
        return otherwise


def _in_words(value: Any, setting: str) -> str:
    said = said_in_scoring_lab()
    if setting == "min_coverage":
        return said.language.share(value)
    if setting == "bands":
        return "; ".join(said.text("band", below=below, word=word) for below, word in value)
    if isinstance(value, bool):
        return said.text("value_true" if value else "value_false")
    return said.text(f"value_{value}") if isinstance(value, str) else said.language.decimal(value, _DIGITS)


def refusal(error: SettingError) -> str:
    """Why a value is refused, as a sentence."""
    said = said_in_scoring_lab()
    if error.reason == "number":
        return said.text("refused_number", least=error.least, most=error.most)
    return said.text(f"refused_{error.reason}")


def scheme_name(lab: ScoringLab) -> str:
    """The title of the standard."""
    return said_in_scoring_lab().language.of(lab.standard.title).text
