"""Random small studies of all modules: few persons answered, rated and talked, and some of it may not be known."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from foreign import write_csv
from places import REFERENCE, ROOT

from weltoffen_eval.runs.kinds import choose_kinds
from weltoffen_eval.runs.plan import plan_run
from weltoffen_eval.runs.reports import make_reports
from weltoffen_eval.runs.settings import Asked, How

#: In every text that is not released, and in the name of every person.
MARK = "Vertraulich"
#: Those of which the public is told, and that tell of persons.
REPORTS = ("selfcheck", "workshop", "dialogue", "final_report")
_GROUPS = ("Politik", "Zivilgesellschaft", "Wirtschaft", "Einwohnerschaft")
_ITEMS = ("A1", "A2", "A3", "B1", "B2")
_HEAD = """id = "zufall"
title = "Zufällige kleine Studien (synthetisch)"
instrument = "./instrument"
scheme = "./scheme.toml"
synthetic = true
"""
#: By file: kind, where it was asked, and the heads beside the municipality.
_FILES: dict[str, tuple[str, str, Sequence[str]]] = {
    "eigene": ("", "questionnaire", ("respondent", *_ITEMS)),
    "workshop": ("", "workshop", ("respondent", "Gruppe", *_ITEMS)),
    "ratings": ("field_ratings", "workshop", ("respondent", "perspective", "dimension", "rating")),
    "notes": ("notes", "workshop", ("dimension", "text", "kind", "released")),
    "invited": ("participants", "workshop", ("participant", "perspective", "organisation", "present")),
    "statements": ("statements", "dialogue", ("statement", "question", "text", "group", "released")),
    "codes": ("codes", "dialogue", ("statement", "coder", "code")),
    "codebook": ("codebook", "dialogue", ("code", "title")),
    "outcomes": ("outcomes", "dialogue", ("position", "text")),
    "drawn": ("participants", "dialogue", ("participant", "perspective", "organisation", "present")),
    "events": ("events", "", ("setting", "date", "participants", "registered", "groups")),
    "measures": ("measures", "", ("what", "who", "status", "origin")),
}
#: Without these there is no report at all, or what is there could not be read.
_ALWAYS = ("eigene", "codebook", "codes")


class RandomModules:
    """One such study; in half of them persons answered in the place of the administration, in half twice.

    ``least``: from how many persons on a group is shown.
    """

    def __init__(self, project: Path, seed: int, municipalities: int = 1, least: int = 5):
        self.random = np.random.default_rng(seed)
        self.project, self.study = project, project / "data" / "raw" / "zufall"
        example = REFERENCE / "example" / "study"
        shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=shutil.ignore_patterns(".*"))
        shutil.copytree(example / "instrument", self.study / "instrument")
        scheme = (example / "scheme.toml").read_text(encoding="utf-8")
        changed = scheme.replace("min_group_size = 3", f"min_group_size = {least}")
        (self.study / "scheme.toml").write_text(changed, encoding="utf-8")
        self.keys = [f"m{n}" for n in range(municipalities)]
        write_csv(
            self.study / "municipalities.csv",
            [["municipality", "name", "status", "released_on"]]
            + [[key, f"Ort {key}", "released", "2024-10-14"] for key in self.keys],
        )
        self.of_persons = bool(seed % 2)
        # two waves of every second pair, so that each of the four mixtures comes
        self.waves = ("2021", "2024") if seed % 4 < 2 else ("2024",)
        self.write()

    def write(self) -> None:
        """The study with new random answers."""
        told = [_HEAD, *(f'[[wave]]\nid = "{wave}"\ndate = {wave}-06-30\n' for wave in self.waves)]
        for wave in self.waves:
            rows = {name: [row for key in self.keys for row in self.rows(name, key)] for name in _FILES}
            for name, (kind, setting, head) in _FILES.items():
                # the codebook is one for all, and what became of measures is no matter here
                if not rows[name] or (name == "measures" and wave != self.waves[-1]):
                    continue
                path = f"{name}-{wave}.csv"
                whose = [] if name == "codebook" else ["municipality"]
                write_csv(self.study / path, [[*whose, *head], *rows[name]])
                told.append(f'[[file]]\npath = "{path}"\nwave = "{wave}"')
                told += [f'kind = "{kind}"'] if kind else []
                told += [f'setting = "{setting}"'] if setting else []
                told += self.about(name)
        (self.study / "study.toml").write_text("\n".join(told) + "\n", encoding="utf-8")

    def about(self, name: str) -> list[str]:
        """Who answered, of a file of answers."""
        if name == "workshop":
            return ['perspective_column = "Gruppe"', 'unit = "persons"']
        if name == "eigene":
            return ['perspective = "administration"', *(['unit = "persons"'] if self.of_persons else [])]
        return []

    def count(self, most: int) -> int:
        return int(self.random.integers(0, most))

    def sheet(self) -> list[str]:
        answers = [*(str(self.count(3)) for _ in range(4)), str(20 * self.count(11))]
        return ["" if self.random.random() < 0.15 else answer for answer in answers]

    def people(self, most: int = 9) -> list[tuple[str, str]]:
        """Persons with their group, in each from none to more than are needed."""
        return [(f"{group[0]}{n}", group) for group in _GROUPS for n in range(self.count(most))]

    def rows(self, name: str, key: str) -> list[list[object]]:
        """The rows of a file that a municipality has; nothing where it has not sent it."""
        # most is there, so that all mixtures come
        if name not in _ALWAYS and self.random.random() < 0.25:
            return []
        return [row if name == "codebook" else [key, *row] for row in getattr(self, f"_{name}")(key)]

    def _eigene(self, key: str) -> Iterable[list[object]]:
        sheets = 1 + self.count(14) if self.of_persons else 1
        return [[f"{key}p{n}", "1", *self.sheet()[1:]] for n in range(sheets)]

    def _workshop(self, key: str) -> Iterable[list[object]]:
        return [[name, group, *self.sheet()] for name, group in self.people()]

    def _ratings(self, key: str) -> Iterable[list[object]]:
        return [
            [name, group, field, 5 * self.count(21)]
            for name, group in self.people()
            for field in ("alpha", "beta")
            if self.random.random() < 0.8
        ]

    def _notes(self, key: str) -> Iterable[list[object]]:
        kinds = ("strength", "need", "idea", "dissent", "remark")
        return [["alpha", *self.text(n), kind, "no" if n % 2 else "yes"] for n, kind in enumerate(kinds)]

    def text(self, number: int) -> list[str]:
        return [f"{MARK} {number}" if number % 2 else f"Das darf man lesen: {number}."]

    def _invited(self, key: str) -> Iterable[list[object]]:
        present = ("yes", "yes", "no")
        return [
            [f"{MARK} {name}", group, f"{MARK} e. V.", present[self.count(3)]]
            for name, group in self.people()
        ]

    _drawn = _invited

    def _statements(self, key: str) -> Iterable[list[object]]:
        self.told = {
            f"{key}s{n}": [1 + self.count(4), *self.text(n), f"G{self.count(4)}", "no" if n % 2 else "yes"]
            for n in range(1 + self.count(9))
        }
        return [[name, *cells] for name, cells in self.told.items()]

    def _codes(self, key: str) -> Iterable[list[object]]:
        said, self.told = getattr(self, "told", {}), {}
        return [[name, coder, f"c{self.count(3)}"] for name in said for coder in ("a", "b")]

    def _codebook(self, key: str) -> Iterable[list[object]]:
        return [[f"c{n}", f"Thema {n}"] for n in range(3)] if key == self.keys[0] else []

    def _outcomes(self, key: str) -> Iterable[list[object]]:
        return [[n, f"Ergebnis {n}"] for n in range(1, 1 + self.count(3))]

    def _events(self, key: str) -> Iterable[list[object]]:
        return [
            [setting, "2024-03-01", self.count(20), self.count(25), 1 + self.count(4)]
            for setting in ("workshop", "dialogue")
        ]

    def _measures(self, key: str) -> Iterable[list[object]]:
        return [[f"Vorhaben {n}", "Hauptamt", "planned", "gap:alpha"] for n in range(self.count(3))]

    def make(self, audience: str = "public") -> Path:
        """All reports that tell of persons, by the code of the command; the folder in which they lie."""
        asked = Asked(
            folder=self.study, kinds=choose_kinds(REPORTS), audience=audience, out=self.project / "reports"
        )
        plan = plan_run(asked)
        batch = make_reports(asked, plan, How(workers=1), lambda stale: lambda outcome: None)
        failed = [
            (outcome.job.title, outcome.reason) for outcome in batch.outcomes if outcome.state != "done"
        ]
        assert failed == []
        return plan.out
