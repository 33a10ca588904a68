"""What somebody needs who runs an archive again and signs that the same comes out (CODECHECK).

Source: the CODECHECK configuration file, version 1.0 (https://codecheck.org.uk/spec/config/1.0/).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

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
env/bin/weltoffen verify ../ARCHIVE.zip{level}
```

Without a network, with a folder WHEELS that was filled elsewhere by the same Python
(`pip download -r data/software/requirements.txt -d WHEELS`):

```sh
python3 -m venv env
env/bin/pip install --no-index --find-links WHEELS -r data/software/requirements.txt data/software/*.whl
env/bin/weltoffen verify ../ARCHIVE.zip{level}
```

`make {target} ARCHIVE=../ARCHIVE.zip`, with `WHEELS=FOLDER` where there is no network, does the same.

## What came out

{outcome}
## Judgement

{judgement}
"""
_MADE_ANEW = """`verify` makes every file of `data/reports/` anew, also those in the manifest of
codecheck.yml ({count}); it names each that is not identical, and says at the end how many are:
`made anew: … identical`.

- Identical: [number]
- Equal after rounding: [number; which]
- Different: [number; which, and where they first differ]
"""
_HELD_TOGETHER = """A public archive holds no answers, so the files in the manifest of codecheck.yml ({count})
cannot be made anew from it. `verify` shows that no file was changed, and that reports, tables, twins and
manifest say the same; what does not is named in a line that begins with WRONG. Who has the internal archive
can make all reports anew.

- Checks: [number]
- Wrong: [number; which]
"""
_MAKEFILE = """# {what}; see codecheck-certificate.md
#   make {target} ARCHIVE=../ARCHIVE.zip                  libraries from the network
#   make {target} ARCHIVE=../ARCHIVE.zip WHEELS=FOLDER    libraries from a folder of wheels, without a network
PYTHON = python3
FROM = $(if $(WHEELS),--no-index --find-links $(WHEELS) )

{target}: env/bin/weltoffen
\tenv/bin/weltoffen verify $(ARCHIVE){level}

env/bin/weltoffen:
\t$(PYTHON) -m venv env
\tenv/bin/pip install $(FROM)-r data/software/requirements.txt data/software/*.whl

.PHONY: {target}
"""


def codecheck_files(title: str, count: int, public: bool) -> dict[str, bytes]:
    """The files beside codecheck.yml, which names so many: the draft of the certificate, a target.

    ``public``: whether there are no data, so that nothing can be made anew.
    """
    level, target = ("", "check") if public else (" --level rerun", "rerun")
    report = _REPORT.format(
        title=" ".join(title.split()),
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        level=level,
        target=target,
        outcome=(_HELD_TOGETHER if public else _MADE_ANEW).format(count=count),
        judgement="[Files, reports and tables agree / do not, because …]"
        if public
        else "[The numbers of the reports came out again / did not, because …]",
    )
    what = "checks this archive" if public else "runs every report of this archive again"
    makefile = _MAKEFILE.format(what=what, target=target, level=level)
    return {"codecheck-certificate.md": report.encode(), "Makefile": makefile.encode()}


def codecheck_configuration(
    title: str, outputs: Iterable[str], version: str, creators: Sequence[str] = ()
) -> Iterator[bytes]:
    """The bytes of codecheck.yml; ``outputs``: the files that are to come out again."""
    # a text in JSON is one in YAML
    yield (
        "---\n"
        "version: https://codecheck.org.uk/spec/config/1.0/\n"
        "paper:\n"
        f"  title: {json.dumps(title, ensure_ascii=False)}\n"
        f"  authors: {json.dumps([{'name': name} for name in creators], ensure_ascii=False)}\n"
        f"software: {json.dumps(f'weltoffen-eval {version}')}\n"
        "manifest:\n"
    ).encode()
    for path in outputs:
        file = json.dumps(path, ensure_ascii=False)
        yield f"  - file: {file}\n    comment: report\n".encode()
    yield b"codechecker: []\nsummary: >\n  not checked yet\nreport: codecheck-certificate.md\n"
