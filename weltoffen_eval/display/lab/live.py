"""The state of a session in a notebook: drawn anew after each change, in the place where it stands."""

from __future__ import annotations

import uuid

from weltoffen_eval.display.lab.state import state
from weltoffen_eval.results.lab.session import ScoringLab


class LiveState:
    """Shows the state of a session; what a saved notebook holds is the state it was saved in."""

    def __init__(self, lab: ScoringLab):
        self.lab = lab

    def _ipython_display_(self) -> None:
        from IPython.display import display, update_display

        place = uuid.uuid4().hex

        def draw() -> None:
            shown = state(self.lab)
            update_display(shown._mimebundle(), metadata=shown._metadata(), raw=True, display_id=place)

        shown = state(self.lab)
        display(shown._mimebundle(), metadata=shown._metadata(), raw=True, display_id=place)
        # a cell that runs again shows it in another place
        self.lab.listeners["state"] = draw
