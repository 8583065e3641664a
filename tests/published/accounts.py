"""The accounts of a unit that does not exist, for one year: every table of a set is built from them, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

D = Decimal
ZERO = D("0.00")
USED, DISTRIBUTED = D("1.00"), D("2.00")
Row = dict[str, Decimal]
Subjects = dict[str, Row]

NAMES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "2010303": "机关服务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120899": "其他国有土地使用权出让收入安排的支出",
    "213": "农林水支出",
    "21302": "林业和草原",
    "2130204": "事业机构",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
CLASSES = (
    *("一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出"),
    *("文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出"),
    *("交通运输支出", "资源勘探工业信息等支出", "商业服务业等支出", "金融支出", "援助其他地区支出"),
    *("自然资源海洋气象等支出", "住房保障支出", "粮油物资储备支出", "国有资本经营预算支出"),
    *("灾害防治及应急管理支出", "其他支出", "债务还本支出", "债务付息支出", "抗疫特别国债安排的支出"),
)
ECONOMIC = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30102": "津贴补贴",
    "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费",
    "30109": "职业年金缴费",
    "30110": "职工基本医疗保险缴费",
    "30113": "住房公积金",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
    "30304": "抚恤金",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30211": "差旅费",
    "30212": "因公出国（境）费用",
    "30213": "维修（护）费",
    "30217": "公务接待费",
    "30228": "工会经费",
    "30231": "公务用车运行维护费",
    "30239": "其他交通费用",
    "310": "资本性支出",
    "31002": "办公设备购置",
    "31013": "公务用车购置",
}
PERSONNEL = ("301", "303")


def amounts(**given: str) -> Row:
    return {name: D(value) for name, value in given.items()}


@dataclass(frozen=True)
class Accounts:
    """Leaf figures; all else is summed. Money is in 万元."""

    year: int = 2024
    owner: str = "云山县林业和草原局"
    income: Subjects = field(
        default_factory=lambda: {
            "2010301": amounts(财政="305.00"),
            "2010302": amounts(财政="123.75"),
            "2080505": amounts(财政="40.22"),
            "2080506": amounts(财政="12.08"),
            "2101101": amounts(财政="20.33"),
            "2120899": amounts(财政="60.00"),
            "2130204": amounts(财政="272.95", 事业="15.00", 其他="12.30"),
            "2210201": amounts(财政="35.67"),
        }
    )
    outlay: Subjects = field(
        default_factory=lambda: {
            "2010301": amounts(基本="300.15"),
            "2010302": amounts(项目="120.40"),
            "2080505": amounts(基本="40.22"),
            "2080506": amounts(基本="12.08"),
            "2101101": amounts(基本="20.33"),
            "2120899": amounts(项目="50.00"),
            "2130204": amounts(基本="210.50", 项目="88.75"),
            "2210201": amounts(基本="35.67"),
        }
    )
    general: Subjects = field(
        default_factory=lambda: {
            "2010301": amounts(基本="300.15", 人员="250.15", 公用="50.00"),
            "2010302": amounts(项目="120.40"),
            "2080505": amounts(基本="40.22", 人员="40.22"),
            "2080506": amounts(基本="12.08", 人员="12.08"),
            "2101101": amounts(基本="20.33", 人员="20.33"),
            "2130204": amounts(基本="205.00", 人员="174.00", 公用="31.00", 项目="68.00"),
            "2210201": amounts(基本="35.67", 人员="35.67"),
        }
    )
    fund: Subjects = field(
        default_factory=lambda: {"2120899": amounts(年初="5.00", 收入="60.00", 项目="50.00", 年末="15.00")}
    )
    basic: Mapping[str, Decimal] = field(
        default_factory=lambda: {
            "30101": D("200.00"),
            "30102": D("150.25"),
            "30103": D("60.00"),
            "30108": D("40.22"),
            "30109": D("12.08"),
            "30110": D("20.33"),
            "30113": D("35.67"),
            "30302": D("10.50"),
            "30304": D("3.40"),
            "30201": D("20.10"),
            "30211": D("18.20"),
            "30212": D("0.00"),
            "30213": D("1.00"),
            "30217": D("2.30"),
            "30228": D("11.00"),
            "30231": D("9.40"),
            "30239": D("14.00"),
            "31002": D("5.00"),
            "31013": D("0.00"),
        }
    )
    opening: Row = field(default_factory=lambda: amounts(一般="10.00", 基金="5.00", 其他="4.00"))
    used: Decimal = USED
    distributed: Decimal = DISTRIBUTED
    public_budget: Row = field(default_factory=lambda: amounts(出国="0.00", 购置="0.00", 运行="12.00", 接待="6.00"))
    public: Row = field(default_factory=lambda: amounts(出国="0.00", 购置="0.00", 运行="10.20", 接待="4.80"))

    # ---- what follows

    @property
    def fiscal_income(self) -> Row:
        fund = total(self.fund, "收入")
        return {"一般": total(self.income, "财政") - fund, "基金": fund, "国资": ZERO}

    @property
    def fiscal_outlay(self) -> Row:
        return {"一般": spent(self.general), "基金": spent(self.fund), "国资": ZERO}

    @property
    def closing(self) -> Row:
        other_income = total(self.income, "事业") + total(self.income, "其他")
        other_outlay = spent(self.outlay) - sum(self.fiscal_outlay.values(), ZERO)
        return {
            "一般": self.opening["一般"] + self.fiscal_income["一般"] - self.fiscal_outlay["一般"],
            "基金": self.opening["基金"] + self.fiscal_income["基金"] - self.fiscal_outlay["基金"],
            "其他": self.opening["其他"] + self.used + other_income - other_outlay - self.distributed,
        }

    @property
    def income_total(self) -> Decimal:
        return sum((total(self.income, c) for c in ("财政", "事业", "其他")), ZERO)

    def economic(self, code: str) -> Decimal:
        return sum((v for c, v in self.basic.items() if c.startswith(code)), ZERO)

    @property
    def personnel(self) -> Decimal:
        return sum((self.economic(c) for c in PERSONNEL), ZERO)

    @property
    def running(self) -> Decimal:
        return self.economic("302") + self.economic("310")


def total(subjects: Subjects, column: str, code: str = "") -> Decimal:
    return sum((row.get(column, ZERO) for c, row in subjects.items() if c.startswith(code)), ZERO)


def spent(subjects: Subjects, code: str = "") -> Decimal:
    return total(subjects, "基本", code) + total(subjects, "项目", code)


def levels(codes: Iterable[str]) -> list[str]:
    """All codes with those above them, in their order."""
    return sorted({c[:n] for c in codes for n in (3, 5, 7)})
