"""What to say and in which order: content determination and document planning. Knows no wording and no Word."""
