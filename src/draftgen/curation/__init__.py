"""How phrasebanks are kept: seen, checked, mended, tried out and added to."""
