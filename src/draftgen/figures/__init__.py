"""What is true: read, validate, check, derive. Knows no wording and no Word."""
