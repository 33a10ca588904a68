"""What goes on, for who sits before a terminal and waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weltoffen_eval.commands.terminal import bare
from weltoffen_eval.errors import visible

if TYPE_CHECKING:
    from tqdm import tqdm


def tell(command: str, doing: str) -> None:
    """A line that says what begins."""
    if sys.stderr.isatty():
        print(f"weltoffen {command}: {visible(doing)} …", file=sys.stderr, flush=True)


@contextmanager
def shown_steps() -> Iterator[None]:
    """While this lasts, a bar shows how far what is calculated is; it is gone at the end."""
    if not sys.stderr.isatty():
        yield
        return
    from weltoffen_eval.analysis.progress import heard_by

    steps = _Steps()
    try:
        with heard_by(steps.show):
            yield
    finally:
        steps.close()


class _Steps:
    """The bar of what is calculated now; there is none before the first step is done."""

    def __init__(self) -> None:
        self.bar: tqdm[Any] | None = None

    def show(self, done: int, total: int) -> None:
        if self.bar is None or self.bar.total != total or done < self.bar.n:
            from tqdm import tqdm

            self.close()
            # as the bar of a run, past what makes texts visible
            stream = bare(sys.stderr)
            self.bar = tqdm(total=total, unit=" steps", file=stream, leave=False, dynamic_ncols=True)
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
