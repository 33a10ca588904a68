"""The kit for a workshop: agenda, sheets for the wall, cards for the tables."""
