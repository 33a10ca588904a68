"""What is shown of a session in a notebook: drawn anew after each change, in the place where it stands."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from weltoffen_eval.display.shown import Shown
from weltoffen_eval.results.lab.session import ScoringLab


class LiveState:
    """Shows a part of a session; what a saved notebook holds is the state it was saved in.

    ``part``: its name among the listeners of the session; ``make``: what there is to see of it now.
    """

    def __init__(self, lab: ScoringLab, part: str, make: Callable[[ScoringLab], Shown]):
        self.lab, self.part, self._make = lab, part, make

    def _ipython_display_(self) -> None:
        from IPython.display import display, update_display

        place, seen = uuid.uuid4().hex, [self._content()]

        def draw() -> None:
            content = self._content()
            if content != seen[0]:
                seen[0] = content
                update_display(content[0], metadata=content[1], raw=True, display_id=place)

        display(seen[0][0], metadata=seen[0][1], raw=True, display_id=place)
        # a cell that runs again shows it in another place
        self.lab.listeners[self.part] = draw

    def _content(self) -> tuple[dict[str, object], dict[str, object]]:
        shown = self._make(self.lab)
        return shown._mimebundle(), shown._metadata()
