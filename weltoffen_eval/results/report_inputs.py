"""report_inputs.csv: on what the reports of each municipality rest, told without reading any answers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

FILE = "report_inputs.csv"
COLUMNS = ("municipality", "wave", "self_check", "answers", "reference", "settings", "groups")


@dataclass(frozen=True)
class ReportInputs:
    """One municipality in one wave: what became of its self-check, and hashes of its data and reference.

    ``self_check``: ``counted``; ``empty``, if sheets of the administration came, none with an answer; or
    an empty text, if none came. ``settings``: at which anybody answered; ``groups``: who
    answered at which, as questionnaire/residents.
    """

    self_check: str
    answers: str
    reference: str
    settings: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def read_report_inputs(folder: Path) -> dict[tuple[str, str], ReportInputs]:
    """What the reports of each municipality and wave rest on, of whom anything came."""
    return report_inputs_in((folder / FILE).read_bytes())


def report_inputs_in(content: bytes) -> dict[tuple[str, str], ReportInputs]:
    """As :func:`read_report_inputs`, of the bytes of the file."""
    return {
        (row["municipality"], row["wave"]): ReportInputs(
            row["self_check"],
            row["answers"],
            row["reference"],
            tuple(row["settings"].split()),
            tuple(row["groups"].split()),
        )
        for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    }
