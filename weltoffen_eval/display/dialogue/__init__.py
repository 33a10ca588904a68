"""The report on a dialogue: what groups said, in their words where they allow it, and what is planned."""
