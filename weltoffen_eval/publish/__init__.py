"""How it gets out: notebooks are executed and exported; a score is never seen here."""
