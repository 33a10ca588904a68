"""An archive put together: what of a study, its reports and the program goes into the bag, and where."""

from __future__ import annotations

import csv
import heapq
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from weltoffen_eval import paths
from weltoffen_eval.analysis.scheme import ScoringScheme
from weltoffen_eval.errors import CallError
from weltoffen_eval.program import lock_hash, program_tree
from weltoffen_eval.publish.keeping.bag import Member, write_bag
from weltoffen_eval.publish.keeping.codecheck import codecheck_configuration, codecheck_files
from weltoffen_eval.publish.keeping.cover import Cover, cover_files
from weltoffen_eval.publish.keeping.crate import Action, CrateFile, CrateText, crate_parts
from weltoffen_eval.publish.keeping.data_package import DESCRIPTION, package_of
from weltoffen_eval.publish.keeping.finished_run import FinishedRun
from weltoffen_eval.publish.keeping.listing import FileList, files_in_order
from weltoffen_eval.publish.keeping.manifest import read_json
from weltoffen_eval.publish.keeping.public_names import title_in
from weltoffen_eval.publish.keeping.sorted_lines import SortedLines
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
#: So few that a table of a hundred times the rows takes no more memory.
_ROWS_AT_ONCE = 2_000
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
    def run(self) -> FinishedRun:
        """What lies in the folder of reports."""
        return FinishedRun(self.reports)

    def made_otherwise(self) -> Iterator[str]:
        """The reports that name another program, lock or scheme than would be archived with them."""
        now = {"program_tree": program_tree(), "lock_sha256": lock_hash()}
        for name, _ in self.run.reports():
            twin = read_json(self.reports / f"{name}.json")
            told = {part: twin.get(part) for part in now}
            scheme = (twin.get("scheme") or {}).get("sha256")
            if twin and (told != now or scheme != self.scheme.sha256):
                yield name

    def check_place(self, out: Path) -> None:
        """Raise CallError if the file would lie among what is archived, or if there is nothing to archive."""
        if next(self.run.reports(), None) is None:
            raise CallError(f"There are no reports in {self.reports}; make them by weltoffen run.")
        for folder in (self.study.folder, self.reports):
            if out.resolve().is_relative_to(folder.resolve()):
                raise CallError(f"{out} lies in {folder}, which is archived; name another place.")

    def write(self, out: Path) -> int:
        """Write the bag; how many files it holds.

        Raises
        ------
        CallError
            If something has a name that cannot be archived.
        SurroundingsError
            If something cannot be read or written.
        """
        with tempfile.TemporaryDirectory(prefix="weltoffen-archive-") as made:
            payload = _Payload(self, Path(made))
            crate = Path(made) / CRATE
            _write(crate, crate_parts(self._crate_text(), payload.crate_files, payload.actions))
            with payload.outputs() as outputs:
                checked = Path(made) / "codecheck.yml"
                paths_of = (line.removesuffix("\n") for line in outputs)
                title, program = self.study.title, version("weltoffen-eval")
                _write(checked, codecheck_configuration(title, paths_of, program, self.creators))
                beside = {**codecheck_files(self.study.title, len(outputs), self.public), **self._cover()}
            members = chain([Member(CRATE, crate)], payload.members())
            return write_bag(out, self.name, members, self._info(), {"codecheck.yml": checked, **beside})

    def _cover(self) -> dict[str, bytes]:
        return cover_files(
            Cover(
                title=self.study.title,
                public=self.public,
                licence=self.study.licence,
                creators=self.creators,
                version=version("weltoffen-eval"),
            )
        )

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
    """The files of an archive, in the order of their paths."""

    def __init__(self, archive: Archive, made: Path):
        """``made``: a folder for what is made for the archive."""
        self._archive, self._made = archive, made
        few = sorted([*self._chosen(), *self._described()])
        self._listing = FileList(made / "listing", heapq.merge(few, *self._folders()))

    def members(self) -> Iterator[Member]:
        """Each with the hash that the crate tells."""
        return (Member(one.path, Path(one.source), one.sha256) for one in self._listing)

    def crate_files(self) -> Iterator[CrateFile]:
        return (CrateFile(one.path, one.size, one.sha256) for one in self._listing)

    def actions(self) -> Iterator[Action]:
        """One per report that lies in the folder."""
        archive = self._archive
        inputs = ["scheme.toml"]
        if not archive.public:
            inputs += [path for path, _ in files_in_order(archive.study.folder, "study")]
        for name, filed in archive.run.reports():
            files = [f"reports/{path}" for path in filed]
            notebook = notebook_of(name, archive.study.id)
            made_from = [*inputs, *([notebook] if notebook else [])]
            yield Action(f"report/{name}", f"Report {name}", made_from, files)

    def outputs(self) -> SortedLines:
        """The reports as pages, a line each, for whoever is to check that they come out again."""
        found = SortedLines()
        for _, filed in self._archive.run.reports():
            for path in filed:
                if path.endswith(".html"):
                    found.add(f"data/reports/{path}\n")
        return found

    def _folders(self) -> Iterator[Iterator[tuple[str, Path]]]:
        """Folders of which there is no saying how much lies in them."""
        archive = self._archive
        yield files_in_order(archive.reports, "reports", _NOT_REPORTS)
        if not archive.public:
            _check_no_links(archive.study.folder)
            yield files_in_order(archive.study.folder, "study")
            yield files_in_order(paths.processed_folder(archive.study.id), "processed")

    def _chosen(self) -> Iterator[tuple[str, Path]]:
        """Files that are taken as they lie."""
        archive = self._archive
        for kind in KINDS:
            if not archive.public or "public" in kind.audiences:
                yield f"notebooks/{kind.file}", paths.notebook_file(kind.file)
        for named in dict.fromkeys(wave.instrument for wave in archive.study.waves if wave.instrument):
            folder = instrument_folder(named, archive.study.folder)
            yield from files_in_order(folder, f"instrument/{folder.name}")
        yield "scheme.toml", chosen_path(archive.scheme_named, archive.study)
        for path in (paths.lock_file(), paths.licence_file(), paths.citation_file()):
            if path.is_file():
                yield f"software/{path.name}", path

    def _described(self) -> Iterator[tuple[str, Path]]:
        """Files that are made for the archive."""
        archive, study = self._archive, self._archive.study
        name, wheel = own_wheel()
        yield self._file(f"software/{name}", wheel)
        yield self._file("software/requirements.txt", exact_requirements())
        yield self._file("metadata/datacite.json", datacite(study, archive.creators, archive.public))
        if study.instruments:
            yield self._file("metadata/ddi-codebook-2.5.xml", ddi_codebook(study))
        tables: dict[str, Path] = {}
        for instrument in {one.id: one for one in study.instruments.values()}.values():
            path, file = self._file(
                f"codebook/{instrument.id}.csv", _as_csv(codebook_csv(instrument, study.language))
            )
            tables[path] = file
        if not archive.public:
            for table in _TABLES:
                path, file = self._file(f"processed/{table}.csv")
                _parquet_as_csv(paths.processed_folder(study.id) / f"{table}.parquet", file)
                tables[path] = file
        yield from tables.items()
        package = package_of(study.id, study.title, study.licence, tables)
        yield self._file(DESCRIPTION, (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode())

    def _file(self, path: str, content: bytes = b"") -> tuple[str, Path]:
        """A file of this path in the archive, with where it lies until then."""
        file = self._made / "files" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return path, file


def _check_no_links(folder: Path) -> None:
    """Refuse a study that is read through links: an archive would be without what they lead to."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
        if path.is_symlink() and not hidden:
            raise CallError(f"{path} is a link, which is not archived: put there what it leads to.")


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as stream:
        stream.writelines(parts)


def notebook_of(report: str, study: str) -> str:
    """The notebook, by its path in the archive, of a report of the manifest; empty for none of ours."""
    *_, key, name = ("", *report.split("/"))
    title = title_in(name, study if key == OF_STUDY else key)
    found = (kind for kind in KINDS if kind.name == name or (title and kind.file_title == title))
    return next((f"notebooks/{kind.file}" for kind in found), "")


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _parquet_as_csv(source: Path, target: Path) -> None:
    """A stored table as CSV, group by group."""
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq

    with pq.ParquetFile(source) as stored, pa_csv.CSVWriter(target, stored.schema_arrow) as writer:
        for batch in stored.iter_batches(_ROWS_AT_ONCE, use_threads=False):
            writer.write_batch(batch)
