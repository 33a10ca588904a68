"""What a reader sees: figures, tables, wording, and the blocks that a notebook shows."""
