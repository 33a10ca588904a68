"""The scoring lab without its controls: what can be changed, what that moves, how it is kept."""
