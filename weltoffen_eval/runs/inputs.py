"""What reports are made from: what has come of a municipality, a hash of each thing they depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from weltoffen_eval.runs.kinds import Kind, Need
from weltoffen_eval.runs.listed_rows import ListedRows
from weltoffen_eval.study.earlier_answers import earlier_of

if TYPE_CHECKING:
    from weltoffen_eval.analysis.scheme import ScoringScheme
    from weltoffen_eval.results.given import GivenHash
    from weltoffen_eval.results.report_inputs import ReportInputs
    from weltoffen_eval.study.definition import Study, Wave
    from weltoffen_eval.study.register import Municipality
    from weltoffen_eval.study.responses.faulty_rows import FaultyRows

#: What a report can depend on, besides files of a kind that study.toml lists.
INPUTS = (
    "answers", "earlier", "all_waves", "members", "register", "questionnaire", "scheme", "reference",
    "left_out",
)  # fmt: skip


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

    def refused(self, kind: Kind, municipality: str, wave: str) -> bool:
        """Whether what a kind of report needs has come, though a fault lies in rows of the municipality."""
        faulty = self.faulty
        if wave not in faulty.waves.get(municipality, ()):
            return False
        waves = [one.id for one in self.study.waves]

        def came(need: Need) -> bool:
            if need.kind == "earlier":
                before = waves[: waves.index(wave)]
                return any(faulty.has_come(municipality, one, "responses", "questionnaire") for one in before)
            return faulty.has_come(municipality, wave, *need)

        return any(all(came(need) for need in needs) for needs in kind.needs)

    def _came(self, need: Need, municipality: str, wave: str) -> bool:
        if need.kind == "earlier":
            return bool(self._before(municipality, self.study.wave(wave)))
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
            case "members":
                return self._members(municipality.key, wave)
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
        study, before = self.study, self.study.successions.predecessors(municipality)
        waves = [one.id for one in study.waves[: study.waves.index(wave)] if one.id in study.instruments]
        found = earlier_of(study.successions, municipality, wave.id, waves, self._answered)
        if not found.wave and not found.holder.wave:
            return ""
        said = {}
        if found.holder.wave:
            # a report names those whose place was taken, and says where a fault lies in their rows
            everybody = (*before, *found.holder.names)
            names = sorted({study.register.by_key[key].name for key in everybody})
            said["holder"] = repr((found.holder, names, bool(self.faulty.of(before))))
        if found.wave:
            answers = self.rests_on[found.holder.municipality, found.wave].answers
            said |= {found.wave: answers, "questionnaire": study.instruments[found.wave].sha256}
        return hash_of_all(said)

    def has_members(self, municipality: str, wave: str) -> bool:
        """Whether it is a Landkreis of which a member that lets itself be seen beside others answered."""
        return any(
            member.consent == "yes" and self._answered(member.key, wave) for member in self._of(municipality)
        )

    def _of(self, municipality: str) -> list[Municipality]:
        return self._by_parent.get(municipality, [])

    @cached_property
    def _by_parent(self) -> dict[str, list[Municipality]]:
        found: dict[str, list[Municipality]] = {}
        for member in self.study.register.municipalities:
            if member.parent:
                found.setdefault(member.parent, []).append(member)
        return found

    def _members(self, municipality: str, wave: Wave) -> str:
        """Who is a member, who lets itself be seen, and what these answered."""
        said = {}
        for member in self._of(municipality):
            seen = member.consent == "yes"
            there = self.rests_on.get((member.key, wave.id)) if seen else None
            said[member.key] = repr((seen, member.name if seen else "", member.kind, there))
        return hash_of_all(said) if said else ""

    def _answered(self, municipality: str, wave: str) -> bool:
        there = self.rests_on.get((municipality, wave))
        return there is not None and there.self_check == "counted"

    def _of_all_waves(self, municipality: str) -> str:
        """What was answered to which questions in all waves: what may be told of one hangs on the others."""
        said = self._answers_by_wave.get(municipality, {})
        asked = {f"questionnaire of {wave}": one.sha256 for wave, one in self.study.instruments.items()}
        return hash_of_all({**said, **asked}) if said else ""

    @cached_property
    def _answers_by_wave(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for (municipality, wave), here in self.rests_on.items():
            found.setdefault(municipality, {})[wave] = here.answers
        return found

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
            case "earlier":
                # the answers themselves are an input of their own
                return repr(self.study.successions.records) if self.study.successions else ""
            case "answers" | "all_waves" | "reference":
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
    said += [study.licence, study.synthetic, study.report, study.words, study.perspectives]
    brand = study.brand
    if brand and brand.logo:
        # what it holds, not where it lies
        said.append(hashlib.sha256(brand.logo.read_bytes()).hexdigest())
        brand = replace(brand, logo=None)
    said.append(brand)
    return hashlib.sha256(json.dumps([str(entry) for entry in said]).encode("utf-8")).hexdigest()
