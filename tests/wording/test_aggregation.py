"""Aggregation loses nothing: the figures that go into a group come out of its sentences, each as it should print."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

from draftgen.draft import Value
from draftgen.figures.facts import Facts
from draftgen.planning.messages import Counted, Group, Listing, Message, Role, Words
from draftgen.wording.realisation import Course, must_print
from tests.desk import Desk, fact
from tests.wording.test_truth import change_message, execution_message

DOCUMENTS = 10_000
UNITS = ("期", "次", "件", "篇", "条")


def random_message(draw: random.Random, number: int) -> Message:
    kind = draw.choice(("total", "change", "execution", "composition", "share", "achievement", "counts"))
    amount = Decimal(draw.randrange(-5_00, 900_000)) / 100
    other = Decimal(draw.randrange(-5_00, 900_000)) / 100
    if kind == "change":
        return change_message(amount, draw.choice((amount, other, Decimal(0))))
    if kind == "execution":
        return execution_message(amount, other) or change_message(amount, other)
    if kind == "composition":
        return composition(draw, number)
    if kind == "share":
        share = Facts([fact("项.占比", Decimal(draw.randrange(1, 10_000)) / 10_000, "%")])["项.占比"]
        return Message("share", f"t{number}", "项", "plain", {"share": share}, {"item": "项目支出", "base": "支出合计"})
    if kind == "achievement":
        count = Counted(
            fact(f"成果.{number}", Decimal(draw.randrange(1, 3000)), draw.choice(UNITS)), draw.choice(("", "余"))
        )
        names = {"item": draw.choice(("督查通知", "专题会议", "信息")), "verb": "", "among": ""}
        return Message("achievement", f"t{number}", "成果", "count", {"number": count}, names, {"style": "analysis"})
    if kind == "counts":
        listing = Listing(
            (("编制", fact("编制", Decimal(5), "辆")), ("实有", fact("实有", Decimal(4), "辆"))), "clauses"
        )
        return Message("counts", f"t{number}", "杂项", "plain", {"counts": listing}, {"item": "公务用车"})
    total: dict[str, Role] = {"amount": fact(f"总.{number}", abs(amount))}
    return Message("total", f"t{number}", "杂项", "plain", total, {"item": "支出合计"}, {"measure": "money"})


def composition(draw: random.Random, number: int) -> Message:
    parts = []
    for part in range(draw.randrange(1, 6)):
        amount = fact(f"部分.{number}.{part}", Decimal(draw.randrange(1, 99_999)) / 100)
        share = fact(f"部分.{number}.{part}.占比", Decimal(draw.randrange(1, 9_999)) / 10_000, "%")
        names = {"item": f"第{part}项", "base": "支出合计"}
        roles: dict[str, Role] = {"amount": amount, "share": share}
        parts.append(
            Message("part", f"t{number}.{amount.key}", amount.key, "shared", roles, names, {"measure": "money"})
        )
    return Message(
        "composition", f"t{number}", "杂项", "plain", {"parts": tuple(parts)}, {"item": "支出"}, {"measure": "money"}
    )


def test_no_fact_is_lost_over_ten_thousand_random_documents() -> None:
    draw = random.Random(20201231)
    for number in range(DOCUMENTS):
        realiser = Desk(number % 97).realiser()
        messages = [random_message(draw, n) for n in range(draw.randrange(1, 5))]
        items: list[Message | Words] = [*messages]
        if draw.random() < 0.2:
            items.insert(draw.randrange(len(items) + 1), Words("由单位手工填写的一句话", "手工"))
        sentences = list(realiser.group(Group(tuple(items), f"g{number}"), Course()))
        printed = Counter(i.key for s in sentences for i in s.inlines if isinstance(i, Value) and i.role == "figure")
        for message in messages:
            missing = {key for key in must_print(message, realiser) if key not in printed}
            assert not missing, f"document {number}: {missing} not in {''.join(s.text for s in sentences)}"
        assert all(s.text.endswith("。") for s in sentences), [s.text for s in sentences]
        assert "。。" not in "".join(s.text for s in sentences)
