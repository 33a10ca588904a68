"""What is said where persons answered, so that nobody can be recognised: sentences and a table, in German."""

from __future__ import annotations

from weltoffen_eval.blocks import Column, Table
from weltoffen_eval.display import numbers
from weltoffen_eval.display.selfcheck import appendix_wording
from weltoffen_eval.results.profile import Profile


def not_told() -> str:
    """That and why the answers of persons are not shown."""
    return (
        "Den Selbstcheck haben hier Personen anstelle der Verwaltung ausgefüllt. Damit niemand erkennbar "
        "wird, sind ihre Antworten nicht gezeigt."
    )


def cleaning(profile: Profile) -> str:
    """How many values of persons were changed; empty where none was."""
    changes = len(profile.persons_log)
    if changes == 0:
        return ""
    changed = numbers.count(changes, "Angabe von Personen wurde", "Angaben von Personen wurden")
    return (
        f"{changed} vereinheitlicht oder berichtigt; zum Schutz der Personen steht nur da, wie oft welche "
        "Regel angewandt wurde."
    )


def cleaning_log(profile: Profile) -> Table:
    """How often each rule was applied to values of persons."""
    counts = profile.persons_log["rule"].map(appendix_wording.persons_rule).value_counts().sort_index()
    return Table(
        "Bereinigung der Angaben von Personen",
        (Column("Regel"), Column("wie oft", True)),
        tuple((str(rule), str(int(count))) for rule, count in counts.items()),
        "cleaning-persons",
    )
