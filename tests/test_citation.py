"""Citations: what is known stands there in its order; what is not known is left out."""

from datetime import date

import pytest

from etl.citation import Work, bibtex, gbt

DAY = date(2024, 9, 10)


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (Work("a", "标题", "科技日报", "张晔、唐晓雯", DAY, "month"), "张晔, 唐晓雯. 标题[N]. 科技日报, 2024-09."),
        (Work("a", "标题", "苏州日报（转载页）", None, DAY, "day"), "标题[N]. 苏州日报（转载页）, 2024-09-10."),
        (
            Work("a", "标题", "新华日报", None, DAY, "day", "https://x.cn/1"),
            "标题[N/OL]. 新华日报, 2024-09-10. https://x.cn/1.",
        ),
        (
            Work("a", "政府工作报告", "苏州市人民政府", None, DAY, "day", "https://x.cn/1"),
            "政府工作报告[EB/OL]. 苏州市人民政府, 2024(2024-09-10). https://x.cn/1.",
        ),
        (
            Work("a", "报告", "苏州市人民政府", None, DAY, "year", "https://x.cn/1"),
            "报告[EB/OL]. 苏州市人民政府, 2024. https://x.cn/1.",
        ),
        (Work("a", "标题", "苏州大学学报", "张桥", DAY, "year"), "张桥. 标题[J]. 苏州大学学报, 2024."),
        (Work("a", "标题", None, "甲、乙、丙、丁", None, None), "甲, 乙, 丙, 等. 标题[Z]."),
        (Work("a", "标题"), "标题[Z]."),
        (Work("000_44bb"), "000_44bb[Z]."),
    ],
)
def test_gbt(work: Work, expected: str) -> None:
    assert gbt(work) == expected


@pytest.mark.parametrize(
    ("publisher", "marker"),
    [
        ("苏州日报", "N"), ("中国电子报（转载页）", "N"), ("扬子晚报／紫牛新闻", "N"), ("China Daily (en.wiotexpo.cn)", "N"), ("Global Times", "N"),
        ("统计公报（仿写）", "Z"), ("中国日报网", "Z"), ("工信部示范区名单报道", "Z"), ("新华社（大同日报）", "Z"), ("苏州市人民政府", "Z"), (None, "Z"),
    ],
)  # fmt: skip
def test_what_is_a_newspaper(publisher: str | None, marker: str) -> None:
    assert Work("a", "标题", publisher).marker == marker


def test_bibtex_of_everything() -> None:
    work = Work("d_1", "5G & AI: 100% {ok}", "科技日报", "张晔、唐晓雯", DAY, "day", "https://x.cn/a_b")
    assert bibtex(work).splitlines() == [
        "@article{d_1,",
        "  author = {{张晔} and {唐晓雯}},",
        r"  title = {{5G \& AI: 100\% \{ok\}}},",
        "  journal = {科技日报},",
        "  year = {2024},",
        "  month = sep,",
        "  date = {2024-09-10},",
        "  url = {https://x.cn/a_b}",
        "}",
    ]


def test_bibtex_leaves_out_what_is_not_known() -> None:
    assert bibtex(Work("篇 1", "标题")) == "@misc{--1,\n  title = {{标题}}\n}"


def test_bibtex_is_no_more_precise_than_the_date() -> None:
    assert (
        bibtex(Work("a", "标题", None, None, DAY, "year"))
        == "@misc{a,\n  title = {{标题}},\n  year = {2024},\n  date = {2024}\n}"
    )
