"""How Word sets a draft, and how a Word file is read back."""
