"""Drop-down lists of the form: words to choose from, 是 and 否, names of another sheet."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from draftgen.figures.schema_fields import Shape

_LONGEST = 255  # of a list that stands in the rule itself


class Choices:
    """Gathers the cells of a sheet that have the same list, so that each list stands in the file once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._lists: dict[str, DataValidation] = {}

    def offer(self, shape: Shape, row: int, column: int, last: int | None = None) -> None:
        """Offer what a field declares, from a row down to another."""
        self.offer_words(shape.choices or (("是", "否") if shape.kind == "flag" else ()), row, column, last)

    def offer_words(self, words: tuple[str, ...], row: int, column: int, last: int | None = None) -> None:
        """Offer some words, unless they are too many for a list."""
        source = f'"{",".join(words)}"'
        if words and len(source) <= _LONGEST and not any("," in word or '"' in word for word in words):
            self.offer_from(source, row, column, last)

    def offer_from(self, source: str, row: int, column: int, last: int | None = None) -> None:
        """Offer a list or the cells of a range; another word may be typed all the same, after a question."""
        if source not in self._lists:
            rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
            rule.errorStyle, rule.errorTitle, rule.error = "warning", "请核对", "所填内容不在下拉列表中。"
            self._lists[source] = rule
        letter = get_column_letter(column)
        self._lists[source].add(f"{letter}{row}:{letter}{last}" if last else f"{letter}{row}")

    def add_to_sheet(self) -> None:
        """Write the lists."""
        for rule in self._lists.values():
            self._sheet.add_data_validation(rule)
