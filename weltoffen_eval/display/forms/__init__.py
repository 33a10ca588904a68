"""Forms in words: the pages of the questionnaire to fill in, in the language of the study."""
