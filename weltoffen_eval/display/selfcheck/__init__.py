"""The Selbstcheck and its data quality: report, tables, figures, sentences."""
