"""What somebody needs who runs an archive again and signs that the same comes out (CODECHECK).

Source: the CODECHECK configuration file, version 1.0 (https://codecheck.org.uk/spec/config/1.0/).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

_REPORT = """# CODECHECK certificate (draft)

For the person who signs: copy this page to a place outside of the archive and fill in there what stands in
brackets; changed here, the archive would not have its own hashes any more. The same holds for `codechecker`
and `summary` in `codecheck.yml`.

- Archive: {title}
- Codechecker: [name, ORCID]
- Date of check: [date]
- Machine: [system, Python]

## How it was run

Needed: Python {python} or a later {minor} (called `python3` below; the reports were made with {python}),
1.2 GB of disk for the libraries, and this archive as a zip file, which lies beside the folder to which it was
unpacked; NAME.zip stands for it. The libraries come from the network, or from a folder of wheels. Go into the
folder of `codecheck.yml`, and call:

```sh
python3 -m venv env
env/bin/pip install -r data/software/requirements.txt data/software/*.whl
env/bin/weltoffen verify ../NAME.zip{level}
```

Without a network, with a folder (WHEELS stands for it) that was filled elsewhere by the same version of
Python on the same kind of system (`pip download -r data/software/requirements.txt -d WHEELS`):

```sh
python3 -m venv env
env/bin/pip install --no-index --find-links WHEELS -r data/software/requirements.txt data/software/*.whl
env/bin/weltoffen verify ../NAME.zip{level}
```

`make {target} ARCHIVE=../NAME.zip` does the same; with `WHEELS=FOLDER` where there is no network, and with
`PYTHON=python{minor}` where `python3` is another one.

## What came out

{outcome}
## Judgement

{judgement}
"""
_MADE_ANEW = """`verify` makes every file of `data/reports/` anew, which takes about as long as it took
to make them; those in the manifest of codecheck.yml ({count}) are among them. It names each that is not
identical. Its last lines say how many: `made anew: … identical`, and `verified (rerun)` where all is well.

- Identical: [number]
- Equal after rounding (numbers that differ by less than a billionth of their size): [number; which]
- Different: [number; which, and where they first differ, as far as that is told]
"""
_HELD_TOGETHER = """A public archive holds no answers, so the files in the manifest of codecheck.yml ({count})
cannot be made anew from it. `verify` shows that no file was changed, and that reports, tables, twins and
manifest say the same; what does not is named in a line that begins with WRONG. Who has the internal archive
can make all reports anew.

- Checks: [number]
- Wrong: [number; which]
"""
_MAKEFILE = """# {what}; see codecheck-certificate.md. The zip file lies beside this folder:
#   make {target} ARCHIVE=../NAME.zip                  libraries from the network
#   make {target} ARCHIVE=../NAME.zip WHEELS=FOLDER    libraries from a folder of wheels, without a network
#   make {target} … PYTHON=python{minor}                   where python3 is another, or older than {python}
PYTHON = python3
FROM = $(if $(WHEELS),--no-index --find-links $(WHEELS) )

{target}: env/ready
	env/bin/weltoffen verify $(ARCHIVE){level}

# begun anew where it was left half made
env/ready: asked
	@test -f env/ready || rm -rf env
	@test -f env/ready || $(MAKE) --no-print-directory env

env:
	$(PYTHON) -m venv env
	env/bin/pip install $(FROM)-r data/software/requirements.txt data/software/*.whl
	@touch env/ready

asked:
	@test -f "$(ARCHIVE)" \\
	|| {{ echo "There is no such file: name it, as in make {target} ARCHIVE=../NAME.zip"; exit 2; }}
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != {pair} or sys.version_info < {triple})' \\
	|| {{ echo "Python {python} or a later {minor} is needed: name it, as in PYTHON=python{minor}"; exit 2; }}

.PHONY: {target} asked
"""


def codecheck_files(title: str, count: int, public: bool) -> dict[str, bytes]:
    """The files beside codecheck.yml, which names so many: the draft of the certificate, a target.

    ``public``: whether there are no data, so that nothing can be made anew.
    """
    used = sys.version_info
    told = {
        "title": " ".join(title.split()),
        "python": ".".join(map(str, used[:3])),
        "minor": f"{used.major}.{used.minor}",
        "level": "" if public else " --level rerun",
        "target": "check" if public else "rerun",
    }
    report = _REPORT.format(
        **told,
        outcome=(_HELD_TOGETHER if public else _MADE_ANEW).format(count=count),
        judgement="[Files, reports and tables agree / do not, because …]"
        if public
        else "[The numbers of the reports came out again / did not, because …]",
    )
    what = "Checks this archive" if public else "Runs every report of this archive again"
    makefile = _MAKEFILE.format(**told, what=what, pair=tuple(used[:2]), triple=tuple(used[:3]))
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
