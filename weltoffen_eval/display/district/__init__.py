"""The Landkreis beside its members: report, figures, tables."""
