"""What whoever opens an archive reads first: what lies where, how to check it, how to cite it.

Source of the citation: Citation File Format 1.2.0 (https://citation-file-format.github.io/).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

_README = """# {title}

{what} archive of a study that was evaluated with weltoffen-eval {version}.
{data}

Open `data/reports/index.html` first: it leads to all reports.

## What lies where

- `data/reports/`: the reports that were made, as people read them, with their tables and executed notebooks
  (`.ipynb`). For programs there is a `.json` file beside each report: all its numbers and computed sentences,
  and what each of them rests on.
{own}- `data/instrument/`, `data/codebook/`: the questionnaires, if there are any: wordings, codes, points.
- `data/scheme.toml`: the scoring scheme. `data/notebooks/`: the notebooks that make the reports.
- `data/software/`: the program as a wheel, its licence and citation, the libraries with their versions.
- `data/metadata/`: for repositories (DataCite; DDI-Codebook 2.5).
- `data/ro-crate-metadata.json`: what each file is, and which notebook made which report (RO-Crate).
- `data/datapackage.json`: the tables with their columns (Frictionless Data Package).
- `manifest-sha256.txt`: the SHA-256 of each file in `data/`; `tagmanifest-sha256.txt`: of the files beside it
  (BagIt, as are `bagit.txt` and `bag-info.txt`).
- `codecheck.yml`, `codecheck-certificate.md`, `Makefile`: for who checks independently and signs (CODECHECK).

## Check it

Without our program, in this folder:
`sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt` says nothing where no file was changed.

With it, in this folder and with the zip file beside it: `make {target} ARCHIVE=../NAME.zip`. That installs
the program and its libraries into a folder `env`; the certificate names the version of Python that it needs.
{checked}
`codecheck-certificate.md` has the same step by step, also for a machine without a network.

## Licence and citation

{licence} Questionnaires with a licence of their own have it beside them (`LICENCE.md`).
The program: Apache-2.0 (`data/software/LICENSE`).
To cite this archive: `CITATION.cff`; to cite the program: `data/software/CITATION.cff`.
"""
_OWN = """- `data/study/`: the data as they were received, and `study.toml`, which describes them.
- `data/processed/`: responses, scores and references as CSV and Parquet; `cleaning_log.csv` names every value
  that was corrected or left out.
"""
_INTERNAL = """It holds the answers as they came, of persons too where persons answered: it is for the team,
not for publication."""
_PUBLIC = "It holds no data: what is in it can be given to everybody."
_ANEW = "It makes every report anew from the data and compares each file of `data/reports/`."
_ALIKE = "It compares files, reports, tables and manifest; without data no report can be made anew."


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What is said of an archive. ``licence``: of the data, or empty; ``version``: of the program."""

    title: str
    public: bool
    licence: str
    creators: Sequence[str]
    version: str


def cover_files(cover: Cover) -> dict[str, bytes]:
    """The files at the top of an archive, by name."""
    return {"README.md": _readme(cover).encode(), "CITATION.cff": _citation(cover).encode()}


def _readme(cover: Cover) -> str:
    named = (
        f"The data and reports: {cover.licence}." if cover.licence else "No licence is named for the data."
    )
    return _README.format(
        title=" ".join(cover.title.split()),
        what="Public" if cover.public else "Internal",
        version=cover.version,
        data=_PUBLIC if cover.public else _INTERNAL,
        own="" if cover.public else _OWN,
        target="check" if cover.public else "rerun",
        checked=_ALIKE if cover.public else _ANEW,
        licence=named,
    )


def _citation(cover: Cover) -> str:
    """A text in JSON is one in YAML."""
    what = "public reports" if cover.public else "data and reports"
    told = {
        "cff-version": "1.2.0",
        "message": "If you use this archive, please cite it as below.",
        "type": "dataset",
        "title": f"{cover.title}: {what}",
        "authors": [{"name": name} for name in cover.creators or ("unknown",)],
        **({"license": cover.licence} if cover.licence and " " not in cover.licence else {}),
        "references": [
            {
                "type": "software",
                "title": "weltoffen-eval",
                "version": cover.version,
                "license": "Apache-2.0",
                "authors": [{"name": "The weltoffen-eval maintainers"}],
            }
        ],
    }
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
    return "".join(lines)
