"""JupyterLab on this machine alone, opened at one notebook."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from weltoffen_eval.errors import SurroundingsError


def serve_lab(notebook: Path, project: Path, port: int, browser: bool, tell: Callable[[str], None]) -> None:
    """Start JupyterLab and serve until it is interrupted.

    It listens to this machine only, and lets in only who has the token, whatever the user's settings say;
    nothing is asked of other servers.

    Parameters
    ----------
    project : what JupyterLab shows; ``notebook`` lies in it
    port : the first that is tried
    tell : is called with the address once the server listens
    """
    from jupyterlab.labapp import LabApp

    # kernels take the studies of the project, wherever the notebook lies
    os.environ["WELTOFFEN_PROJECT"] = str(project)
    token = secrets.token_urlsafe(24)
    place = quote(notebook.relative_to(project).as_posix())
    settings = [
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.allow_remote_access=False",
        f"--IdentityProvider.token={token}",
        "--PasswordIdentityProvider.hashed_password=",
        "--PasswordIdentityProvider.password_required=False",
        f"--ServerApp.root_dir={project}",
        "--ServerApp.answer_yes=True",
        "--ServerApp.log_level=ERROR",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.default_url=/lab/tree/{place}",
        f"--ServerApp.open_browser={browser}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        settings.append("--ServerApp.allow_root=True")
    try:
        server = LabApp.initialize_server(settings)
    except SystemExit as error:
        raise SurroundingsError("JupyterLab did not start; what it says stands above.") from error
    server.web_app.settings["page_config_hook"] = _without_news
    # first thing in its loop, when it listens and the port is certain
    server.io_loop.add_callback(
        lambda: tell(f"http://127.0.0.1:{server.port}/lab/tree/{place}?token={token}")
    )
    server.start()


def _without_news(_: Any, page: dict[str, Any]) -> dict[str, Any]:
    """JupyterLab asks, whatever is set, whether it may fetch news; here the part that asks is left out."""
    page["disabledExtensions"] = [*page["disabledExtensions"], "@jupyterlab/apputils-extension:announcements"]
    return page
