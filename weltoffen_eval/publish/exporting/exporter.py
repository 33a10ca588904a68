"""What our exporters share: the reading of the notebook, strict or not, and what they say about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Bool, TraitError, Unicode, validate

from weltoffen_eval.publish.exporting.contents import Report, read_report
from weltoffen_eval.publish.exporting.frame_words import language_of


class ReportExporter(Exporter):
    """An exporter that works from the parts of a report."""

    strict = Bool(
        False,
        help="Refuse a notebook that makes no accessible report, instead of mending and remarking it.",
    ).tag(config=True)

    language_code = Unicode(
        "", help="Language of the report (a tag such as de or en-GB); else that which the notebook names."
    ).tag(config=True)

    @validate("language_code")
    def _valid_language_code(self, proposal: Any) -> str:
        if proposal["value"] and language_of({"lang": proposal["value"]}, "") == "":
            raise TraitError(f"{proposal['value']!r} is no tag of a language, such as de or en-GB.")
        return str(proposal["value"])

    def from_notebook_node(  # type: ignore[override]  # the base class names its own type wrongly
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        # with nbconvert's own steps before it, such as --execute; a template is for HTML only
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)
        metadata = resources["metadata"]
        # nbconvert knows the folder where it has read the file itself
        folder = Path(metadata["path"] or ".") if "path" in metadata else None
        report = read_report(nb, self.strict, metadata.get("name", ""), folder, self.language_code)
        return self.write(report, resources)

    def write(self, report: Report, resources: dict[str, Any]) -> tuple[str | bytes, dict[str, Any]]:
        """A report that was read, with what is to be said of it."""
        for remark in report.remarks:
            self.log.warning("%s", remark)
        return self.render(report, resources), resources

    def warm(self, report: Report) -> None:
        """Make what is the same for all reports, by writing a short one."""
        self.render(report, {})

    def render(self, report: Report, resources: dict[str, Any]) -> str | bytes:
        """The report in the format of the exporter."""
        raise NotImplementedError
