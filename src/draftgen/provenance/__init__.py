"""Where every figure and sentence of a draft comes from: the record of it, and the answers that it gives."""
