"""The reports on a whole study: tables, figures, sentences; no municipality is named in them."""
