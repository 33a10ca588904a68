"""What our exporters share: the reading of the notebook, strict or not, and what they say about it."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import Bool

from weltoffen_eval.publish.contents import Report, read_report


class ReportExporter(Exporter):
    """An exporter that works from the parts of a report."""

    strict = Bool(
        False,
        help="Refuse a notebook that makes no accessible report, instead of mending and remarking it.",
    ).tag(config=True)

    def from_notebook_node(  # type: ignore[override]  # the base class names its own type wrongly
        self, nb: NotebookNode, resources: Any = None, **kwargs: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        # with nbconvert's own steps before it, such as --execute; a template is for HTML only
        nb, resources = Exporter.from_notebook_node(self, nb, resources, **kwargs)
        report = read_report(nb, self.strict, resources["metadata"].get("name", ""))
        for remark in report.remarks:
            self.log.warning("%s", remark)
        return self.render(report, resources), resources

    def render(self, report: Report, resources: dict[str, Any]) -> str | bytes:
        """The report in the format of the exporter."""
        raise NotImplementedError
