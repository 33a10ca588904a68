"""The Selbstcheck: report, tables, figures, sentences."""
