"""Runs roc-validator over a crate without a network: its context comes from the copy in ro-crate-py.

Called by the slow test of the validators, in an environment of its own: ``python crate_validation.py CRATE PROFILE``.
Prints what is not as REQUIRED, a line each.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

CONTEXTS = ("https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/crate/1.1")


class Served:
    """An answer as the validator takes it from the network."""

    status_code, ok, url = 200, True, CONTEXTS[0]

    def __init__(self, content: bytes):
        self.headers = {"Content-Type": "application/ld+json"}
        self.content, self.text = content, content.decode()

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        """Nothing is wrong with it."""


def main(crate: str, profile: str) -> int:
    from rocrate_validator import models, services
    from rocrate_validator.utils import http

    context = (files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()

    def get(_: object, address: str, **__: object) -> Served:
        if not str(address).startswith(CONTEXTS):
            raise OSError(f"there is no network: {address}")
        return Served(context)

    http.HttpRequester.get = http.HttpRequester.head = get
    settings = services.ValidationSettings(
        rocrate_uri=models.URI(str(Path(crate).resolve())),
        profile_identifier=profile,
        requirement_severity=models.Severity.REQUIRED,
    )
    found = services.validate(settings)
    for issue in found.get_issues():
        print(f"{issue.check.identifier}: {issue.message}")
    print(f"{len(found.executed_checks)} checks")
    return int(found.has_issues())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
