"""LimeSurvey: its response exports read, its structure files read, and a survey written that it imports."""
