"""An archive put together: what of a study, its reports and the program goes into the bag, and where."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.program import lock_hash, program_tree
from weltoffen_eval.publish.keeping.bag import Member, write_bag
from weltoffen_eval.publish.keeping.codecheck import codecheck_files
from weltoffen_eval.publish.keeping.crate import Action, CrateFile, CrateText, crate_parts
from weltoffen_eval.publish.keeping.data_package import DESCRIPTION, package_of
from weltoffen_eval.publish.keeping.manifest import Manifest, hash_file, read_json
from weltoffen_eval.publish.keeping.public_names import title_in
from weltoffen_eval.publish.keeping.wheel import exact_requirements, own_wheel
from weltoffen_eval.results.repository_metadata import KEYWORDS, codebook_csv, datacite, ddi_codebook
from weltoffen_eval.results.scheme_places import chosen_path
from weltoffen_eval.runs.jobs import OF_STUDY
from weltoffen_eval.runs.kinds import KINDS
from weltoffen_eval.runs.verification import SCHEME_KEY
from weltoffen_eval.study.definition import Study
from weltoffen_eval.study.questionnaire.files import instrument_folder

CRATE = "ro-crate-metadata.json"
#: Of processed tables those that are archived as CSV, whoever reads them.
_TABLES = ("responses", "scores", "reference")
#: What a run leaves for itself in a folder of reports.
_NOT_REPORTS = ("run.json",)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """What is to be archived. ``reports``: the folder of the study's reports for the audience."""

    study: Study
    scheme: ScoringScheme
    scheme_named: str | None
    reports: Path
    public: bool
    creators: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The folder of the bag, and of the reports' own."""
        return f"{self.study.id}-public" if self.public else self.study.id

    @cached_property
    def manifest(self) -> Manifest:
        return Manifest(self.reports, look_only=True)

    def made_otherwise(self) -> list[str]:
        """The reports that name another program, lock or scheme than would be archived with them."""
        now = {"program_tree": program_tree(), "lock_sha256": lock_hash()}
        found = []
        for name in self.manifest.reports:
            twin = read_json(self.reports / f"{name}.json")
            told = {part: twin.get(part) for part in now}
            scheme = (twin.get("scheme") or {}).get("sha256")
            if twin and (told != now or scheme != self.scheme.sha256):
                found.append(name)
        return found

    def write(self, out: Path) -> int:
        """Write the bag; how many files it holds.

        Raises
        ------
        CallError
            If there are no reports to be archived, or the file would lie among what is archived.
        SurroundingsError
            If something cannot be read or written.
        """
        if not self.manifest.reports:
            raise CallError(f"There are no reports in {self.reports}; make them by weltoffen run.")
        for folder in (self.study.folder, self.reports):
            if out.resolve().is_relative_to(folder.resolve()):
                raise CallError(f"{out} lies in {folder}, which is archived; name another place.")
        with tempfile.TemporaryDirectory(prefix="weltoffen-archive-") as made:
            payload = _Payload(self, Path(made))
            crate = Path(made) / "crate.json"
            with crate.open("wb") as stream:
                for part in crate_parts(self._crate_text(), payload.crate_files(), payload.actions()):
                    stream.write(part)
            members = (Member(CRATE, crate), *payload.members)
            info = self._info()
            tags = codecheck_files(self.study.title, payload.outputs(), version("weltoffen-eval"))
            return write_bag(out, self.name, members, info, tags)

    def _info(self) -> dict[str, str]:
        return {
            "External-Identifier": self.name,
            "External-Description": f"{self.study.title}: {'public' if self.public else 'internal'} archive",
            "Bag-Software-Agent": f"weltoffen-eval {version('weltoffen-eval')}",
            "Weltoffen-Audience": "public" if self.public else "internal",
            **({SCHEME_KEY: self.scheme.id} if self.scheme_named else {}),
        }

    def _crate_text(self) -> CrateText:
        return CrateText(
            title=self.study.title,
            description=f"{self._info()['External-Description']}. "
            + (
                "It shows that files, twins and manifest agree, not that numbers follow from answers."
                if self.public
                else "It holds answers of persons and is not for publication."
            ),
            date=self.study.waves[-1].date.isoformat(),
            licence=self.study.licence,
            creators=self.creators,
            keywords=KEYWORDS,
            software="weltoffen-eval",
            version=version("weltoffen-eval"),
            software_licence="https://spdx.org/licenses/Apache-2.0",
        )


class _Payload:
    """The files of an archive: ``members`` in the order of their paths."""

    def __init__(self, archive: Archive, made: Path):
        self._archive, self._made = archive, made
        self.members = sorted([*self._lying(), *self._write()], key=lambda member: member.path)

    def crate_files(self) -> list[CrateFile]:
        """Each with its size; those that lie on the disk with their hash."""
        return [
            CrateFile(member.path, len(member.source))
            if isinstance(member.source, bytes)
            else CrateFile(member.path, member.source.stat().st_size, hash_file(member.source) or "")
            for member in self.members
        ]

    def actions(self) -> list[Action]:
        """One per report that lies in the folder."""
        archive = self._archive
        inputs = ["scheme.toml"]
        if not archive.public:
            inputs += [member.path for member in self.members if member.path.startswith("study/")]
        found = []
        for name, filed in sorted(archive.manifest.reports.items()):
            files = [f"reports/{path}" for path in filed.files]
            notebook = notebook_of(name, archive.study.id)
            made_from = [*inputs, *([notebook] if notebook else [])]
            found.append(Action(f"report/{name}", f"Report {name}", made_from, files))
        return found

    def outputs(self) -> list[str]:
        """The reports as pages, for whoever is to check that they come out again."""
        files = (path for filed in self._archive.manifest.reports.values() for path in filed.files)
        return sorted(f"data/reports/{path}" for path in files if path.endswith(".html"))

    def _lying(self) -> Iterator[Member]:
        """Files that are taken as they lie."""
        archive = self._archive
        if not archive.public:
            yield from _files_in(archive.study.folder, "study")
            yield from _files_in(paths.processed_folder(archive.study.id), "processed")
        yield from _files_in(archive.reports, "reports", _NOT_REPORTS)
        for kind in KINDS:
            if not archive.public or "public" in kind.audiences:
                yield Member(f"notebooks/{kind.file}", paths.notebook_file(kind.file))
        for named in dict.fromkeys(wave.instrument for wave in archive.study.waves if wave.instrument):
            folder = instrument_folder(named, archive.study.folder)
            yield from _files_in(folder, f"instrument/{folder.name}")
        yield Member("scheme.toml", chosen_path(archive.scheme_named, archive.study))
        lock = paths.lock_file()
        if lock.is_file():
            yield Member("software/uv.lock", lock)

    def _write(self) -> Iterator[Member]:
        """Files that are made for the archive."""
        archive, study = self._archive, self._archive.study
        name, wheel = own_wheel()
        yield Member(f"software/{name}", wheel)
        yield Member("software/requirements.txt", exact_requirements())
        yield Member("metadata/datacite.json", datacite(study, archive.creators, archive.public))
        if study.instruments:
            yield Member("metadata/ddi-codebook-2.5.xml", ddi_codebook(study))
        tables: dict[str, Path] = {}
        for instrument in {one.id: one for one in study.instruments.values()}.values():
            path = self._made / f"{instrument.id}.csv"
            path.write_bytes(_as_csv(codebook_csv(instrument, study.language)))
            tables[f"codebook/{instrument.id}.csv"] = path
        if not archive.public:
            for table in _TABLES:
                path = self._made / f"{table}.csv"
                _parquet_as_csv(paths.processed_folder(study.id) / f"{table}.parquet", path)
                tables[f"processed/{table}.csv"] = path
        for path_in_bag, path in tables.items():
            yield Member(path_in_bag, path)
        package = package_of(study.id, study.title, study.licence, tables)
        yield Member(DESCRIPTION, (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode())


def notebook_of(report: str, study: str) -> str:
    """The notebook, by its path in the archive, of a report of the manifest; empty for none of ours."""
    *_, key, name = ("", *report.split("/"))
    title = title_in(name, study if key == OF_STUDY else key)
    found = (kind for kind in KINDS if kind.name == name or (title and kind.file_title == title))
    return next((f"notebooks/{kind.file}" for kind in found), "")


def _files_in(folder: Path, prefix: str, without: Sequence[str] = ()) -> Iterator[Member]:
    """The ordinary files of a folder but hidden ones, under a path of the bag."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~")) for part in parts) or parts[-1] in without:
            continue
        if path.is_file() and not path.is_symlink():
            yield Member(f"{prefix}/{'/'.join(parts)}", path)


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _parquet_as_csv(source: Path, target: Path) -> None:
    """A stored table as CSV, group by group."""
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    with pq.ParquetFile(source) as stored, pa_csv.CSVWriter(target, stored.schema_arrow) as writer:
        for batch in stored.iter_batches():
            writer.write_batch(batch)
