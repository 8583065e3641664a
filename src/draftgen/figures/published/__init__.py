"""Published tables (公开01–15表, budgets) read into figures: recognised by their words, never by number."""
