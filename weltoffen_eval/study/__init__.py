"""What was asked and answered: questionnaire, register, raw files, cleaning."""
