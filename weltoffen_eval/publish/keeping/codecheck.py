"""What somebody needs who runs an archive again and signs that the same comes out (CODECHECK).

Source: the CODECHECK configuration file, version 1.0 (https://codecheck.org.uk/spec/config/1.0/).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

_REPORT = """# CODECHECK certificate (draft)

For the person who signs: fill in what stands in brackets.

- Archive: {title}
- Codechecker: [name, ORCID]
- Date of check: [date]
- Machine: [system, Python]

## How it was run

Needed: Python {python} (called `python3` below), this archive (ARCHIVE.zip), and the libraries: from the
network, or from a folder of wheels. Unpack the archive, go into the folder of `codecheck.yml`, and call:

```sh
python3 -m venv env
env/bin/pip install -r data/software/requirements.txt data/software/*.whl
env/bin/weltoffen verify ../ARCHIVE.zip --level rerun
```

Without a network, with a folder WHEELS that was filled elsewhere by the same Python
(`pip download -r data/software/requirements.txt -d WHEELS`):

```sh
python3 -m venv env
env/bin/pip install --no-index --find-links WHEELS -r data/software/requirements.txt data/software/*.whl
env/bin/weltoffen verify ../ARCHIVE.zip --level rerun
```

## What came out

`verify` makes every file of `data/reports/` anew, also those in the manifest of codecheck.yml ({count}); it
names each that is not identical, and says at the end how many are: `made anew: … identical`.

- Identical: [number]
- Equal after rounding: [number; which]
- Different: [number; which, and where they first differ]

## Judgement

[The numbers of the reports came out again / did not, because …]
"""


def codecheck_files(title: str, count: int) -> dict[str, bytes]:
    """The files beside codecheck.yml, which names so many: the draft of the certificate, a target."""
    return {
        "codecheck-certificate.md": _REPORT.format(
            title=title, count=count, python=f"{sys.version_info.major}.{sys.version_info.minor}"
        ).encode(),
        "Makefile": b"# runs every report of this archive again; see codecheck-certificate.md\n"
        b"# make rerun ARCHIVE=the-zip-file\nrerun:\n\tweltoffen verify $(ARCHIVE) --level rerun\n",
    }


def codecheck_configuration(title: str, outputs: Iterable[str], version: str) -> Iterator[bytes]:
    """The bytes of codecheck.yml; ``outputs``: the files that are to come out again."""
    # a text in JSON is one in YAML
    yield (
        "---\n"
        "version: https://codecheck.org.uk/spec/config/1.0/\n"
        "paper:\n"
        f"  title: {json.dumps(title, ensure_ascii=False)}\n"
        "  authors: []\n"
        f"software: {json.dumps(f'weltoffen-eval {version}')}\n"
        "manifest:\n"
    ).encode()
    for path in outputs:
        file = json.dumps(path, ensure_ascii=False)
        yield f"  - file: {file}\n    comment: report, made anew by verify\n".encode()
    yield b"codechecker: []\nsummary: >\n  not checked yet\nreport: codecheck-certificate.md\n"
