"""The data model of the data file."""
