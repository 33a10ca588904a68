"""What reports are made from: what has come of a municipality, a hash of each thing they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from weltoffen_eval.runs.kinds import Kind, Need
from weltoffen_eval.runs.listed_rows import ListedRows

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.results.given import GivenHash
    from weltoffen_eval.results.report_inputs import ReportInputs
    from weltoffen_eval.study.definition import Study, Wave
    from weltoffen_eval.study.register import Municipality
    from weltoffen_eval.study.responses.faulty_rows import FaultyRows

#: What a report can depend on, besides files of a kind that study.toml lists.
INPUTS = ("answers", "earlier", "all_waves", "register", "questionnaire", "scheme", "reference", "left_out")


class Inputs:
    """The data of a study as reports depend on them; nothing is read of which nobody asks.

    ``rests_on``: what came of each municipality and wave; ``faulty``: whose rows are left out; ``given``:
    what the files of other kinds than responses hold.
    """

    def __init__(
        self,
        study: Study,
        scheme: ScoringScheme,
        rests_on: Mapping[tuple[str, str], ReportInputs],
        faulty: FaultyRows,
        given: Sequence[GivenHash] = (),
    ):
        self.study, self.scheme, self.rests_on, self.faulty = study, scheme, rests_on, faulty
        self.listed = ListedRows(given)

    def met(self, kind: Kind, municipality: str, wave: str) -> bool:
        """Whether what a kind of report needs has come of a municipality in a wave."""
        return any(all(self._came(need, municipality, wave) for need in needs) for needs in kind.needs)

    def _came(self, need: Need, municipality: str, wave: str) -> bool:
        if need.kind != "responses":
            return self.listed.came(need.kind, need.setting, municipality, wave)
        here = self.rests_on.get((municipality, wave))
        if here is None or need.setting == "questionnaire":
            return here is not None and here.self_check == "counted"
        return need.setting in ("", *here.settings)

    def of_municipality(
        self, names: Iterable[str], municipality: Municipality, waves: Sequence[Wave]
    ) -> dict[str, str]:
        """A hash of each of these inputs, of one municipality in these waves."""
        found = {}
        for name in names:
            values = {wave.id: self._value(name, municipality, wave) for wave in waves}
            if any(values.values()):
                found[name] = values[waves[0].id] if len(waves) == 1 else hash_of_all(values)
        return found

    def _value(self, name: str, municipality: Municipality, wave: Wave) -> str:
        """Empty where there is nothing of it."""
        here = self.rests_on.get((municipality.key, wave.id))
        match name:
            case "answers" | "reference":
                return getattr(here, name) if here is not None else ""
            case "earlier":
                return self._before(municipality.key, wave)
            case "all_waves":
                return self._of_all_waves(municipality.key)
            case "register":
                return hash_register(self.study, municipality, wave)
            case "questionnaire":
                instrument = self.study.instruments.get(wave.id)
                return instrument.sha256 if instrument is not None else ""
            case "scheme":
                return self.scheme.sha256
            case "left_out":
                return str(self.faulty.count_in([wave.id]) or "")
            case _:
                return self.listed.hash_of(name, municipality.key, wave.id)

    def _before(self, municipality: str, wave: Wave) -> str:
        """What was answered in the last wave before in which the self-check came, and to which questions."""
        waves = self.study.waves[: self.study.waves.index(wave)]
        for one in reversed(waves):
            there, instrument = self.rests_on.get((municipality, one.id)), self.study.instruments.get(one.id)
            if there is not None and there.self_check == "counted" and instrument is not None:
                return hash_of_all({one.id: there.answers, "questionnaire": instrument.sha256})
        return ""

    def _of_all_waves(self, municipality: str) -> str:
        """What was answered to which questions in all waves: what may be told of one hangs on the others."""
        said = {wave: here.answers for (key, wave), here in self.rests_on.items() if key == municipality}
        asked = {f"questionnaire of {wave}": one.sha256 for wave, one in self.study.instruments.items()}
        return hash_of_all({**said, **asked}) if said else ""

    def of_study(self, names: Iterable[str], waves: Sequence[Wave]) -> dict[str, str]:
        """A hash of each of these inputs, of all municipalities in all waves."""
        found = {}
        for name in names:
            value = self._value_of_study(name, waves)
            if value:
                found[name] = value
        return found

    def _value_of_study(self, name: str, waves: Sequence[Wave]) -> str:
        match name:
            case "answers" | "earlier" | "all_waves" | "reference":
                name = "reference" if name == "reference" else "answers"
                return hash_of_all({key: getattr(entry, name) for key, entry in self.rests_on.items()})
            case "register":
                everybody = self.study.register.municipalities
                said = {(m.key, w.id): hash_register(self.study, m, w) for m in everybody for w in waves}
                return hash_of_all(said)
            case "questionnaire":
                return hash_of_all({wave: i.sha256 for wave, i in self.study.instruments.items()})
            case "scheme":
                return self.scheme.sha256
            case "left_out":
                return str(len(self.faulty.waves) or "")
            case _:
                return self.listed.hash_of_all(name)


def hash_of_all(hashes: Mapping[str, str] | Mapping[tuple[str, str], str]) -> str:
    """One hash of several."""
    text = json.dumps(sorted((str(key), digest) for key, digest in hashes.items()))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_register(study: Study, municipality: Municipality, wave: Wave) -> str:
    """A hash of what study.toml and the register say of a municipality and wave."""
    said = [*vars(municipality).values(), wave.id, wave.date, study.id, study.title, study.source]
    said += [study.licence, study.synthetic, study.report, study.words, study.brand, study.perspectives]
    if study.brand and study.brand.logo:
        said.append(hashlib.sha256(study.brand.logo.read_bytes()).hexdigest())
    return hashlib.sha256(json.dumps([str(entry) for entry in said]).encode("utf-8")).hexdigest()
