"""Files of a survey's structure: .lss (of all versions), .txt and .lsa."""

from __future__ import annotations

import zipfile
from pathlib import Path

from weltoffen_eval.errors import Fault
from weltoffen_eval.study.limesurvey.lss_files import parse_lss
from weltoffen_eval.study.limesurvey.structure import Structure
from weltoffen_eval.study.limesurvey.structure_text import parse_text

#: A survey of a thousand questions in five languages takes 8 MB; in memory it may take fifty times that.
MOST_BYTES = 12_000_000
#: Of an archive, in which answers lie too.
MOST_ARCHIVE_BYTES = 50_000_000
ENDINGS = (".lss", ".txt", ".lsa")


def read_structure(path: Path, file: str, faults: list[Fault]) -> Structure | None:
    """The structure in a file; None, with a fault, where there is none."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        expected = "a structure file: " + ", ".join(ENDINGS)
        advice = "In LimeSurvey: Einstellungen → Exportieren → Umfragestruktur (.lss)."
        faults.append(Fault(file, f"a file {path.name!r}", expected, advice))
        return None
    before = len(faults)
    content = _of_archive(path, file, faults) if ending == ".lsa" else _bytes(path, file, faults)
    if content is None:
        return None
    structure = parse_text(content, file, faults) if ending == ".txt" else parse_lss(content, file, faults)
    if structure is not None and not structure.questions and len(faults) == before:
        faults.append(Fault(file, "a survey without questions", "questions with their codes and texts"))
        return None
    return structure


def _bytes(path: Path, file: str, faults: list[Fault]) -> bytes | None:
    if path.stat().st_size > MOST_BYTES:
        faults.append(Fault(file, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,} bytes"))
        return None
    return path.read_bytes()


def _of_archive(path: Path, file: str, faults: list[Fault]) -> bytes | None:
    """The structure in an archive (.lsa); answers and participants that lie beside it are not opened."""
    if path.stat().st_size > MOST_ARCHIVE_BYTES:
        advice = "Take the .lss out of it, and name that."
        found, expected = f"{path.stat().st_size:,} bytes", f"at most {MOST_ARCHIVE_BYTES:,} bytes"
        faults.append(Fault(file, found, expected, advice))
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [info for info in archive.infolist() if info.filename.lower().endswith(".lss")]
            if len(inside) != 1:
                faults.append(Fault(file, f"{len(inside)} structures in the archive", "one file .lss"))
                return None
            with archive.open(inside[0]) as stream:
                # what an archive says of its sizes may be wrong
                content = stream.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        faults.append(
            Fault(file, f"an archive that cannot be read ({error})", "an archive of LimeSurvey (.lsa)")
        )
        return None
    except Exception as error:  # zlib.error, lzma.LZMAError: what packs has errors of its own
        if type(error).__module__ not in ("zlib", "lzma", "_lzma", "bz2"):
            raise
        faults.append(
            Fault(file, f"an archive that cannot be read ({error})", "an archive of LimeSurvey (.lsa)")
        )
        return None
    if len(content) > MOST_BYTES:
        faults.append(Fault(file, "a structure that is too large", f"at most {MOST_BYTES:,} bytes unpacked"))
        return None
    return content
