"""JupyterLab's *Save and Export Notebook As…* for our exporters: a route that the server itself lacks.

The menu offers every exporter, but the server's own route takes only names without a hyphen.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import path_regex
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from jupyter_server.utils import url_path_join

_ROUTE = rf"/nbconvert/(?P<format>weltoffen-\w+){path_regex}"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    route = url_path_join(server.web_app.settings["base_url"], _ROUTE)
    server.web_app.add_handlers(".*$", [(route, NbconvertFileHandler)])
