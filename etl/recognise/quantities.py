"""Numbers with their units: 4.68万亿元 · 一百二十余家 · 3000+ · 八分之一 · 九成半 · 1.2EFLOPS · 百家.

In: the folded text and the unit words of the catalogue. Out: mentions of `Quantity`, and of `NotFigure` where the
digits are a name, an ordinal, a rank, a document or phone number. What is counted, the linker decides.
Source of the forms: reading.md §3; traps 余/多/几, 二十万亿 and 打, 收拾, 队伍 are known from other readers' issues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.model import Bound, Mention, Quantity, Span
from etl.recognise import literals

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

#: Hedges before and after a number, and the bound they set.
BEFORE: dict[Bound, str] = {
    ">": """超 超过 超过了 已超 已超过 逾 已逾 突破 突破了 已突破 首次突破 首破 破 已破 多于 多过 高于 大于 不少于 不低于 不会少于 不会低于 不小于 至少 超出 刚过
        越过 冲过 首度越过 跨过 迈过 首次超过 首度突破 成功突破 一举突破 再破 稳超 远超 已稳超 成功跨越 已越过 首超 冲破 升穿 达到或超过 ≥""",
    "<": "近 接近 不到 不足 未满 不超过 未达 低于 将近 少于 未超过 不多于 不大于 至多 逼近 ≤ 已近 已接近 直逼",
    "~": "约 大约 约为 大概 约达 约有 大致 大约为 估计约 徘徊在",
}
AFTER: dict[Bound, str] = {
    ">": "以上 之上 强 出头 有余 余 多 + 开外 大关",
    "<": "以内 以下 之内 弱",
    "~": "左右 上下 前后 许 上下浮动",
}
_BEFORE = {word: bound for bound, words in BEFORE.items() for word in words.split()}
_AFTER = {word: bound for bound, words in AFTER.items() for word in words.split() if word not in {"余", "多", "大关"}}

#: Measure words that count no indicator: recognised so that the number is whole, refused by the linker.
OTHER_MEASURES = frozenset(
    """个百分点 百分点 个点 倍 人次 家次 万次 次 场 天 日 年 个月 个季度 岁 小时 分钟 秒 分 条 种 篇 本 批次 亩 公里 千米 米 吨 公斤 千瓦
    千瓦时 度 只 台次 辆 张 件次 层 栋 幢 期 届 轮 字 页 ℃ 美元 欧元 港元 日元 英镑 台币 新台币 元/平方米 毫米 纳米 微米 厘米 克 立方米
    时 周 月 站 班 站点 头 颗 粒 片 瓦 兆瓦 吉瓦 平方公里 方面 步 道 对 双 句 块 折 阶 席 万元/亩 里 份 成 公顷 亿次 根 支 顶 艘 架 倍多 宗 桩 度电 架次 航班 TEU 标箱 公里/小时 K""".split()
)

_ARABIC = r"(?:(?<=[。；：\n])\d{1,2}(?=\.20\d\d年)|\d+(?:\.\d+)?)"  # 。2.2023年…: an item and its year
_HAN = "[零〇一二两三四五六七八九十百千万亿兆]+(?:点[零〇一二三四五六七八九]+[百千万亿]{0,2})?"
_STARTS = "".join(sorted({word[0] for word in _BEFORE})) + r"\d+\-零〇一二两三四五六七八九十百千万亿兆半人"
_BEFORE_PATTERN = literals.pattern(_BEFORE)
_AFTER_PATTERN = literals.pattern(_AFTER)


@dataclass(frozen=True, slots=True)
class NotFigure:
    """Digits that state no quantity. `reason` is a code of `model.REASONS`."""

    reason: str


#: 八十三亿七, 三万二: a digit alone behind a multiplier counts the next place.
_NEXT = re.compile("([百千万亿])[一二两三四五六七八九]$")


def han(text: str) -> Decimal | None:
    """A number in Chinese numerals, or None where the signs are no number.

    >>> [int(han(t)) for t in ("两千一百", "一百二十", "十五", "千亿", "二十万亿", "三十一")]
    [2100, 120, 15, 100000000000, 20000000000000, 31]
    >>> [int(han(t)) for t in ("三万二", "八十三亿七", "一百二", "一百零二")]
    [32000, 8370000000, 120, 102]
    >>> han("四点六八万亿")
    Decimal('4680000000000.00')
    """
    whole, _, fraction = text.partition("点")
    if len(whole) > 1 and all(sign in DIGITS for sign in whole):
        return None if fraction or len(whole) > 4 else Decimal("".join(str(DIGITS[sign]) for sign in whole))
    total = section = digit = Decimal(0)
    seen = False
    last = 10**16  # the last 万 or 亿: a larger one multiplies all before it (二十万亿), a smaller one its own section
    for sign in whole:
        if sign in DIGITS:
            if seen and DIGITS[sign]:
                return None  # 三五, 七八: vague, not a number
            digit, seen = Decimal(DIGITS[sign]), DIGITS[sign] != 0
            continue
        size = MULTIPLIERS[sign]
        if size < 10**4:
            section += (digit if seen else Decimal(1)) * size
        else:
            here = section + digit
            total = (total + here or Decimal(1)) * size if size > last or not total else total + (here or 1) * size
            section, last = Decimal(0), size
        digit, seen = Decimal(0), False
    if not fraction and (short := _NEXT.search(whole)):
        digit *= MULTIPLIERS[short[1]] // 10
    digits = fraction.rstrip("".join(MULTIPLIERS))
    value = total + section + digit + Decimal("0." + "".join(str(DIGITS[sign]) for sign in digits) if digits else "0")
    return value * _multiplier(fraction)


TIMES = "×"  # 省级智能车间×15: so many of them, whatever their measure word


class Reader:
    """The number pattern of one catalogue. Units are words, longest first."""

    def __init__(self, unit_words: Iterable[str]) -> None:
        words = {
            word.replace("(", "（").replace(")", "）") for word in unit_words if not re.fullmatch("[a-z ]{4,}", word)
        }
        unit = literals.pattern((words | OTHER_MEASURES) - {"成"})
        currency = "(?:人民币)?"
        self._number = re.compile(
            rf"(?=[{_STARTS}])"
            rf"(?P<before>(?:{_BEFORE_PATTERN}|[+\-])(?:了|到|达)?)?(?P<currency>{currency})"
            rf"(?:(?P<parts>{_HAN}|\d+)分之(?P<of>{_HAN}|\d+(?:\.\d+)?)"
            rf"|(?P<tenths>[一二两三四五六七八九十]|[1-9])成(?:(?P<half>半)|(?P<tenth>[一二三四五六七八九])(?!家|个))?"
            rf"|(?P<one_half>一半|半数)"
            rf"|(?P<arabic>{_ARABIC})(?P<scale>(?:兆|万亿|亿|万)(?=\d+[百千万亿])|[百千万亿兆]{{0,3}})(?P<rest>(?<=[亿兆万])\d+(?:万亿|亿|万|千|百))?"
            rf"|(?P<han>{_HAN}))"
            rf"(?P<more>余|多|来(?!自)|几)?(?P<later>(?:个(?=亿(?!级)))?[百千万亿]{{0,2}})"
            rf"(?: (?=[A-Z]))?(?P<unit>{unit})?"
            rf"(?P<more2>余|多(?![了出约近超\d一二两三四五六七八九十百]))?(?P<after>(?:{_AFTER_PATTERN})(?<!\+(?=\d)))?"
        )

    def mentions(self, folded: str) -> Iterator[Mention[Quantity] | Mention[NotFigure]]:
        """Every number of the folded text, left to right."""
        at = 0
        while match := self._number.search(folded, at):
            at = max(match.end(), at + 1)
            if found := _quantity(match, folded):
                yield found
            elif match["arabic"]:
                at = match.end("arabic")


def _quantity(match: re.Match[str], folded: str) -> Mention[Quantity] | None:
    value, step, rule = _value(match)
    if (
        value is None
        or step is None
        or (match["after"] in ("强", "弱") and rule != "fraction" and match["unit"] != "%")
    ):
        return None
    if rule == "bare multiplier" and not match["before"] and folded.startswith(("级", "量级"), match.end()):
        return None  # 写进万亿元级: a class of size; 突破千亿元级 says that it is more
    times = rule == "figure" and folded.endswith(TIMES, max(0, match.start() - 2), match.start())
    unit = match["unit"] or ("%" if rule == "fraction" else TIMES if times else "")
    bound = _bound(match)
    if not _is_figure(match, rule, unit, bound):
        return None
    start = match.start()
    if match["before"] in ("-", "+") and start and re.match("[0-9A-Za-z]", folded[start - 1]):
        start = match.start("arabic") if match["arabic"] else start  # 1-11, DFM-2: no sign
    elif match["before"] == "-" and rule.startswith("figure"):
        value = -value
    return Mention(Quantity(value, unit, bound, step / 2), Span(start, match.end()), rule)


def _bound(match: re.Match[str]) -> Bound:
    """The hedge that stands nearest behind the number, else the one before it."""
    if match["after"] in _AFTER:
        return _AFTER[match["after"]]
    if match["more"] == "来":
        return "~"  # 四百八十来家: about so many
    if match["more"] or match["more2"]:
        return ">"
    before = match["before"] or ""
    return _BEFORE.get(before) or _BEFORE.get(re.sub("[了到达]$", "", before)) or "="


def _is_figure(match: re.Match[str], rule: str, unit: str, bound: Bound) -> bool:
    """百家 and 千名 say nothing without a hedge (千亿元 does); 一, 破零 and 亿元 are words."""
    if unit == "年" and match["more2"] and re.fullmatch("(?:19|20)\\d\\d", match["arabic"] or ""):
        return False  # 比2020年多31%: a year, and more
    if rule == "bare multiplier":
        hedged = bool(match["before"]) if unit == "元" else bound != "="  # 亿元以上 is a class of size
        return (hedged and bool(unit)) or (unit == "元" and len(match["han"]) > 1 and not match["after"])
    if rule == "numeral":
        counted = unit or match["before"] or match["after"] or _sum(match["han"] + (match["later"] or ""))
        return bool(counted) and han(match["han"]) != 0
    return True


def _sum(numeral: str) -> bool:
    """三百二十二亿: said of money, 元 is left out."""
    return bool(re.search("亿[一二三四五六七八九]?$", numeral)) and not set(numeral[:-1]).isdisjoint("十百千万")


def _value(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, one unit of the last printed digit, and the shape."""
    scale = _multiplier((match["scale"] or "") + (match["later"] or ""))
    if match["of"]:
        whole, part = _any(match["parts"]), _any(match["of"])
        if not whole or part is None:
            return None, None, ""
        value = (part * 100 / whole).quantize(Decimal("0.0001")) if whole not in (10, 100, 1000) else part * 100 / whole
        printed = _last_place(match["of"]) * 100 / whole if whole in (10, 100, 1000) else Decimal("0.1")
        return value.normalize(), printed, "fraction"
    if match["tenths"]:
        tenths = _any(match["tenths"]) or Decimal(0)
        value = tenths * 10 + (5 if match["half"] else DIGITS.get(match["tenth"] or "零", 0))
        return value, Decimal(1 if match["tenth"] else 5), "fraction"
    if match["one_half"]:
        return Decimal(50), Decimal(5), "fraction"
    if match["arabic"]:
        digits = len(match["arabic"].partition(".")[2])
        if match["rest"]:  # 1兆2846亿元
            small = _multiplier(match["rest"])
            return (
                Decimal(match["arabic"]) * scale + Decimal(match["rest"].rstrip("百千万亿")) * small,
                small,
                "figure with multiplier",
            )
        return (
            Decimal(match["arabic"]) * scale,
            Decimal(1).scaleb(-digits) * scale,
            "figure with multiplier" if scale > 1 else "figure",
        )
    numeral = han(match["han"])
    if numeral is None:
        return None, None, ""
    bare = all(sign in MULTIPLIERS for sign in match["han"]) and match["han"] != "十"
    return (
        numeral * scale,
        scale * _last_place(match["han"]),
        "bare multiplier" if bare else "numeral",
    )


def _last_place(numeral: str) -> Decimal:
    """One unit of the last written place of a Chinese numeral: 四百五十八亿 is printed to the 亿, 四点六八万亿 to 百亿."""
    if short := _NEXT.search(numeral):
        return Decimal(MULTIPLIERS[short[1]]) / 10
    digits = numeral.rstrip("".join(MULTIPLIERS))
    return _multiplier(numeral).scaleb(
        -len(re.split("[点.]", digits, maxsplit=1)[-1]) if re.search("[点.]", digits) else 0
    )


def _multiplier(text: str) -> Decimal:
    """The product of the multipliers a number ends with: 六八万亿 is 10^12; 1 where it ends with a digit."""
    product = Decimal(1)
    for sign in text[len(text.rstrip("".join(MULTIPLIERS))) :]:
        product *= MULTIPLIERS[sign]
    return product


def _any(text: str) -> Decimal | None:
    return Decimal(text) if text[0].isdigit() else han(text)


#: Shapes of digits that are names, ordinals, ranks or numbers of things other than counts: pattern → reason.
_SHAPES: tuple[tuple[str, str], ...] = (
    (
        r"第[零一二两三四五六七八九十百\d]+(?:批次|批|届|位|名|次|期|家|座|个|大|轮|版|季度?|产业|号|方阵|梯队|者|站|步|条|章|节|款|代|方)?",
        "rank",
    ),
    (r"(?<![目之此])前[一二两三四五六七八九十百\d]+(?:位|名|强|家|席|列|甲)?", "rank"),
    (r"(?m:^)\d{1,2}(?:[.、]|\. )(?!\d)", "rank"),
    (r"首批(?:次)?|首[个家座条台款]", "rank"),
    (r"(?:NO|No|no|TOP|Top|top)[.\s]?\d+", "rank"),
    (r"(?:全[球国省市]|中国|江苏|世界|国内)?[百千\d]+强(?:县|区|市|园区|榜|企业)?", "name"),
    (r"〔\d{4}〕\d+号|[（(]\d{4}[）)](?:第)?\d+号|\d+号(?:文|楼|线)?", "name"),
    (r"\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)|\d{7,}(?:-\d+)?号?(?![\d.]*[亿万%家个元])", "name"),
    (r"(?<![0-9])\d{1,2}：\d{2}(?:：\d{2})?(?!\d)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)", "name"),
    (
        r"[A-Za-z]+[-+/]?\d+(?:\.\d+)?[A-Za-z]*|\d+(?:\.\d+)?[A-Za-z]+(?=[\u3400-\u9fff])(?<!P)(?<!E)(?<!S)(?<!GW)(?<!MW)",
        "name",
    ),
    (r"[一二三四五六七八九十\d]\+[一二三四五六七八九十\dNXnx]+(?:\+[\dNXnx]+)?", "name"),
    (r"十[一二三四五]五(?:规划|时期|期间)?", "name"),
    (r"[345]G(?![a-zA-Z])(?:\+[^\s，。]{1,6})?|[一二三四五六七八九]位一体|[一二三四五]化(?:融合)?", "name"),
    (r"(?<!\d)(?:1030|623|1650|12345|400)(?:产业|体系|热线|问题)", "name"),
    (
        r"(?<!\d)\d{1,2}个人(?!工|才)|[一两二三四五]位数|一站式|(?<=[这那])一块|一度(?!电)|一律|一致|一同|一时|一些|一方面|十分|一带一路|一体化|一流|千方百计",
        "name",
    ),
    (r"[一二三四五六七八九十]个[一二三四五六七八九十]|[一二三四五六七八九十]单[一二三四五六七八九十][图]", "name"),
    (r"(?:上|成|数|几|若干)[十百千万亿]+(?:余|多)?(?:家|个|人|名|项|亿元|万元|元|台|套|座)?", "measure"),
    (r"[一二两三四五六七八九]{2}(?:[百千万亿]*)(?:家|个|名|项|成)", "measure"),
)
_NOT_FIGURES = re.compile(
    literals.starting(
        "0-9A-Za-z第前首全中江世国〔（(一二两三四五六七八九十百千上成数几若",
        "|".join(f"(?P<s{number}>{shape})" for number, (shape, _) in enumerate(_SHAPES)),
    )
)


def not_figures(folded: str) -> Iterator[Mention[NotFigure]]:
    """Digits that are no quantity, each with its reason."""
    for match in _NOT_FIGURES.finditer(folded):
        number = int((match.lastgroup or "s0")[1:])
        yield Mention(NotFigure(_SHAPES[number][1]), Span(*match.span()), "not a figure")
