"""The data file as a workbook: the form to fill in, and its reading. Sheets and labels follow the declaration."""
