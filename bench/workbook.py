"""Read workbooks of 2,000 and 20,000 rows: ten times the rows should take ten times the time and memory, not more.

Beside it stands openpyxl reading the same cells twice (values, then formulas), which it would take to know as much.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

SIZES = (2_000, 20_000)
ROUNDS = 3


def write(path: Path, rows: int) -> None:
    """Write a workbook whose list of results has this many rows, nine columns of them filled."""
    from draftgen.figures.source_tree import Node
    from draftgen.figures.workbook.form import blank_workbook

    results: list[Node] = [
        {
            "事项": f"第{n}项通知",
            "名称": f"指标{n}",
            "动词": "印发",
            "数量": f"{n}.50",
            "单位": "期",
            "目标": str(n),
            "上年": f"{n // 2}.25",
            "比上年": "12.5%",
            "范围": "面向各单位",
        }
        for n in range(1, rows + 1)
    ]
    data: dict[str, Node] = {"报告": "报告", "工作": {"事项": [{"事项": "督查督办", "成果": results}]}}
    path.write_bytes(blank_workbook("报告", topics=[], data=data))


def ours(path: Path) -> None:
    from draftgen.figures.source import read_source

    read_source(path)


def theirs(path: Path) -> None:
    from openpyxl import load_workbook

    for values in (True, False):
        for sheet in load_workbook(path, read_only=True, data_only=values).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    _ = (cell.value, cell.number_format) if cell.value is not None else None


READERS = {"draftgen": ours, "openpyxl, twice": theirs}


def one(name: str, path: Path) -> None:
    """Print the best of some rounds in milliseconds, and the most memory that Python held in one more, in MiB."""
    read = READERS[name]
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read(path)
        times.append((time.perf_counter() - start) * 1000)
    tracemalloc.start()
    read(path)
    print(min(times), tracemalloc.get_traced_memory()[1] / 1024 / 1024)


def measured(name: str, path: Path) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.workbook", name, str(path)], capture_output=True, text=True, check=True
    )
    spent, memory = map(float, done.stdout.split())
    return spent, memory


def main() -> None:
    if len(sys.argv) > 2:
        one(sys.argv[1], Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"{rows}.xlsx" for rows in SIZES}
        for rows, path in paths.items():
            write(path, rows)
        print(f"reading a workbook, best of {ROUNDS}")
        small, large = SIZES
        spent: dict[str, float] = {}
        for name in READERS:
            (t1, m1), (t2, m2) = measured(name, paths[small]), measured(name, paths[large])
            spent[name] = t2
            print(f"  {name:26} {small} rows {t1:8.1f} ms {m1:6.0f} MiB   {large} rows {t2:8.1f} ms {m2:6.0f} MiB")
            print(f"    ratio of time {t2 / t1:5.2f}, of memory {m2 / m1:5.2f} for {large // small} times the rows")
        print(f"  ratio draftgen / openpyxl  {spent['draftgen'] / spent['openpyxl, twice']:8.2f}")


if __name__ == "__main__":
    main()
