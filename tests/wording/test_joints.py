"""Marks and conjunctions between items: none that could be misread."""

from __future__ import annotations

from decimal import Decimal

from draftgen.planning.messages import Counted, Listing, Message
from draftgen.wording.phrases import Phrase
from draftgen.wording.results import Said, go_on
from tests.desk import Desk, fact


def listed(*items: str) -> str:
    printer = Desk().realiser().printer
    return "".join(i.text for i in printer.listing(Listing(tuple((item,) for item in items))))


def result(item: str) -> Message:
    number = Counted(fact(f"成果.{item}", Decimal(7), "件"))
    return Message("achievement", "s", "成果", "count", {"number": number}, {"item": item, "verb": "通报"})


def test_a_conjunction_in_an_item_takes_the_place_of_the_last_one() -> None:
    assert listed("办公费", "水费", "电费") == "办公费、水费和电费"
    assert listed("办公费", "其他商品和服务支出", "办公设备购置") == "办公费、其他商品和服务支出、办公设备购置"


def test_a_comma_parts_results_whose_names_are_lists() -> None:
    phrase = Phrase("x", "achievement", "{{ verb }}{{ item }}{{ number }}", {})
    plain = go_on(Said(result("典型问题"), phrase), result("责任人员"))
    of_lists = go_on(Said(result("形式主义、官僚主义问题"), phrase), result("责任人员"))
    assert (plain.mark, of_lists.mark) == ("、", "，")
