"""Data files by chance: any topics and fields that the model declares, with the odd values that offices type.

A file is decided by the topics it holds, how full they are, and a number; so a failing file shrinks to few topics.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from draftgen.figures.model.dataset import Dataset
from draftgen.figures.model.fields import Figure, Topic
from draftgen.figures.quantities import MONEY, POINT, RATE, YEAR
from draftgen.figures.schema_fields import FieldSpec, Shape, fields_of
from draftgen.kinds import load_kind
from tests.desk import FOLDERS, KIND, KINDS

FIXED = frozenset({"报告", "年度", "金额单位", "单位"})
OUTSIDE = ("词库", "用语")  # name what stands outside of the data file; a name that is not there is told (exit code 5)
TOPICS = tuple(spec.zh for spec in fields_of(Dataset) if spec.zh not in FIXED)
UNITS = ("元", "万元", "亿元")
COUNTED = frozenset({"人", "辆", "个", "批次", "人次", "台", "件"})

NAMES = (
    "甲",
    "甲",
    "乙局",
    "春节系列活动经费",
    "No.1",
    "A [b] 项",
    "“双随机”检查",
    "《工作简报》",
    "丙（含工勤）",
    "a.b*c?{d}",
)
REASONS = (
    "人员增加",
    "主要原因是由于人员调出。",
    "由于疫情影响，会议减少；培训减少",
    "因公出国团组减少",
    "主要系单位划出所致",
    "，压减一般性支出，",
    "一是甲；二是乙。",
    "原因：机构改革；",
    "调整了口径：按新科目填列。",
    "主要原因是",
    "领导批示“按期办结。”",
    "第一行。\n第二行",
    "长" * 70,
)
PROSE = (
    "，严格执行制度，",
    "落实“过紧日子”要求。",
    "办公设备、家具等……",
    "完成了吗？",
    "第一行；\n第二行",
    "No.1 [A] {x} 95%",
    "依据《会议费管理办法》办理；",
    "领导批示“按期办结。”",
    "（详见附件）",
    "涉密",
    "长" * 70,
)
PROSE_FIELDS = {
    "用途",
    "说明",
    "口径变化",
    "概述",
    "成效",
    "设置情况",
    "职责",
    "审批流程",
    "执行情况",
    "内容",
    "总目标",
}
PROSE_FIELDS |= {"目标", "思路", "目的", "对象", "结论", "经济性", "效率性", "效益性", "佐证"}
DAYS = ("2020-12-31", "2020年12月", "2020/1/5", "2021年3月31日", "2019-06-30")
EXACT = (
    "0",
    "0.00",
    "0.001",
    "0.004",
    "0.005",
    "0.01",
    "1",
    "100",
    "100.00",
    "100.01",
    "100.004",
    "1234.56",
    "99999999.99",
)
HUGE = ("9999999999999.99", "123456789012345.6789")
CODES = ("201", "20101", "2010101", "2010102", "205", "2050201", "2080505", "2210201", "22", "甲")
UNITS_OF_MEASURE = ("期", "次", "件", "%", "万元", "场次", "元/人", "分")


@cache
def _free_names(kind_id: str) -> dict[str, tuple[str, ...]]:
    """The names that freely named entries may bear, by the field that holds them."""
    kind = load_kind(FOLDERS.templates, kind_id)
    codes = tuple(i.code for g in kind.system.groups for i in g.indicators()) if kind.system else ()
    staff = ("行政", "行政工勤", "事业", "行政（含工勤）", "No.1 [A]")
    return {
        "标志": tuple(t.flag for t in kind.triggers if t.flag),
        "阈值": tuple(kind.thresholds),
        "指标": codes,
        "权重": codes,
        "编制": staff,
        "实有": staff,
        "供给方式": ("财政全供给", "部分供给", "自收自支"),
        "单位类型": ("行政单位", "参公管理事业单位"),
        "功能分类": ("一般公共服务支出", "社会保障和就业支出", "其他.支出"),
    }


@dataclass
class _Chance:
    """Fills in one topic. Two figures of a pair are often equal, nearly equal, or zero."""

    draw: random.Random
    fill: float
    kind: str = KIND
    last: str = "100.00"

    def topic(self, topic: type[Topic]) -> dict[str, Any]:
        chosen = [s for s in fields_of(topic) if s.required or self.draw.random() < self.fill]
        chosen = [s for s in chosen if s.zh not in OUTSIDE]
        return {spec.zh: self.value(spec, spec.shape) for spec in chosen}

    def value(self, spec: FieldSpec, shape: Shape, unit: str = "") -> Any:
        unit = spec.unit or unit
        if shape.topic is not None:
            return self.figure(spec.unit) if shape.topic is Figure else self.topic(shape.topic)
        if shape.kind == "list" and shape.item is not None:
            return [self.value(spec, shape.item) for _ in range(self.draw.randrange(1, 6))]
        if shape.kind == "named" and shape.item is not None:
            pool = _free_names(self.kind).get(spec.zh, NAMES)
            names = self.draw.sample(pool, min(len(pool), self.draw.choice((1, 2, 3, len(pool)))))
            return {name: self.value(spec, shape.item) for name in dict.fromkeys(names)}
        if shape.kind == "number":
            return self.number(spec, unit)
        if shape.kind == "text":
            return self.text(spec)
        choices = {"date": DAYS, "flag": ("是", "否"), "choice": shape.choices}[shape.kind]
        return self.draw.choice(choices)

    def figure(self, unit: str) -> dict[str, Any] | str:
        if self.draw.random() < 0.2:
            return self.amount(unit)
        figure = {s.zh: self.value(s, s.shape, unit) for s in fields_of(Figure) if self.draw.random() < self.fill}
        return figure or self.amount(unit)

    def text(self, spec: FieldSpec) -> str:
        pools = {
            "编码": CODES,
            "版式": tuple(v.name for v in load_kind(FOLDERS.templates, self.kind).outline.variants if v.name)
            or ("全国",),
            "单位": UNITS_OF_MEASURE,
            "编号": ("Q01", "Q06", "Q16", "自编1"),
            "动词": ("承办", "完成"),
            "等级": ("优", "良好", "特优"),
            "体系": ("department-abc",),
            "方式": ("报废。", "独立核算"),
            "文号": ("办发〔2020〕1号", "〔2019〕3号，"),
            "范围": ("面向各单位", "在全区，"),
        }
        if "原因" in spec.zh:
            return self.draw.choice(REASONS)
        return self.draw.choice(pools.get(spec.zh, PROSE if spec.zh in PROSE_FIELDS else NAMES))

    def number(self, spec: FieldSpec, unit: str) -> str:
        if spec.zh == "金额小数位":
            return str(self.draw.randrange(5))
        if spec.zh == "比率小数位":
            return str(self.draw.randrange(4))
        if unit == YEAR or spec.zh == "成立年份":
            return self.draw.choice(("2020", "2019"))
        if spec.zh == "阈值":
            return self.draw.choice(("0%", "50%", "100%", "130%", "0.9"))
        return self.amount(unit)

    def amount(self, unit: str) -> str:
        draw = self.draw
        if unit in COUNTED:
            return str(draw.choice((0, 0, 1, 2, 54, 99999)))
        if unit == RATE:
            return draw.choice(("0%", "95%", "100%", "-3.5%", "98.765%", "250%", "57.25"))
        if unit == POINT:
            return draw.choice(("0", "1", "2", "0.5", "4.75", "1.333", "100"))
        if unit == MONEY:
            return self.money()
        return draw.choice((*EXACT, "95%", "66", "2.5"))

    def money(self) -> str:
        draw, kind = self.draw, self.draw.random()
        if kind < 0.25:
            return self.last
        if kind < 0.35:
            near = Decimal(self.last) + draw.choice((Decimal("0.01"), Decimal("-0.01"), Decimal("0.001")))
            return f"{near:f}"
        sign = "-" if draw.random() < 0.1 else ""
        if kind < 0.6:
            text = sign + draw.choice(EXACT)
        elif kind < 0.62:
            text = sign + draw.choice(HUGE)
        elif kind < 0.7:
            return f"{sign}{draw.randrange(1, 99999)}{draw.choice(UNITS)}"
        else:
            text = f"{sign}{Decimal(draw.randrange(1, 10_000_000)) / 100:f}"
        self.last = text
        return text


def data_file(topics: frozenset[str], fill: float, seed: int, kind: str = KIND) -> str:
    """Write the data file of these topics as JSON."""
    draw = random.Random(f"{seed}.head")
    unit: dict[str, str] = {"全称": draw.choice(("某某区委员会办公室", "某局.办公室（本级）"))}
    for name, options in {"简称": ("区委办",), "自称": ("我办",), "标题用名": ("中共某某区委办公室",)}.items():
        if draw.random() < fill:
            unit[name] = options[0]
    tree: dict[str, Any] = {
        "报告": kind,
        "年度": draw.choice(("2020", "2024年")),
        "金额单位": draw.choice(UNITS),
        "单位": unit,
    }
    for spec in fields_of(Dataset):
        if spec.zh in topics:
            tree[spec.zh] = _Chance(random.Random(f"{seed}.{spec.zh}"), fill, kind).value(spec, spec.shape)
    return json.dumps(tree, ensure_ascii=False, indent=1)


def data_files() -> st.SearchStrategy[str]:
    """Any data file of any kind."""
    topics = st.one_of(st.frozensets(st.sampled_from(TOPICS)), st.just(frozenset(TOPICS)))
    fill = st.sampled_from((0.3, 0.5, 0.7, 0.9, 1.0))
    return st.builds(data_file, topics, fill, st.integers(0, 1_000_000), st.sampled_from(KINDS))
