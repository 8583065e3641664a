"""How to say it: lexicalisation, aggregation, referring expressions, realisation. Knows no Word."""
