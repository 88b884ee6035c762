"""The deep stage: which number belongs to what.

In: an article and the catalogue. Out: a `Reading`: observations with their quotes, refusals with their reasons.
Where to start reading: `walk` (one sentence from left to right), then `shapes` (how a number is claimed), `scene`
(what place and date hold, and for how long), `timing` (what a date does; `bases` and `papers`: dates that frame nothing),
`counted` (new, an honour or a total) and `dating` (measure and period), `outlook` (what dates say of the status), `names`
(levels and themes), `narrower` (firms counted within others), `speakers` (whose 全市 it is), `plans`, `intents` and `denied` (what is no outcome, what is no fact), `rivals` (places compared with),
`rolls` (who is on a list that is out), `frameless` (places only said), `handed` (which dates go on), `leaning` (what bare dates lean on), `claimable` (what takes a number from a name), `arithmetic` (what sums bear out), `suspense` (figures before their names), `predicated` (names behind), `referred` (numbers that point back), `honours` (names in pieces), `made` (sums by who made them), `turns` (figures told one after the other), `sums` (counts of what was told before), `pointers` (前者, 这一数字), `portions` (parts of a larger place's figure), `ratios`, `footnotes` (what a note says of figures above or below it), `slips` (figures printed wrong), `horizons` (what a plan calls its years), `marks` (punctuation). Pages: `tables`, `columns`, `cards`, `headings`, `leadins`, `items`, `labels`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from etl import recognise
from etl.catalogue import Catalogue
from etl.link import cards, explained, footnotes, horizons, labels, leadins, pairs, slips, speakers, wholes
from etl.link.headings import Headings, Section
from etl.link.items import MARK, Items
from etl.link.scene import Dated, Scene
from etl.link.state import Claim
from etl.link.tables import Around, Row, woven
from etl.link.tokens import Token, pieces, sentences
from etl.link.walk import Walk
from etl.model import Article, Evidence, Mention, Observation, Quantity, Reading, Refusal, Span
from etl.period import Period
from etl.recognise import periods
from etl.recognise.periods import When
from etl.recognise.places import Where
from etl.text import LONGEST_QUOTE, Line, Text

_ANSWER = re.compile("答(?:（[^）]{1,20}）)?[：:]|A[：:]")
_SAYING = re.compile("(?:说法|误区|网[传帖文]|[讹误]传|[谣传流][言闻])[一二三四五六七八九十\\d]{0,2}[：\t ]")
_ASKS = re.compile("(?:问|Q|[^，。：\t]{0,12}(?:记者|媒体|主持人|网友“[^”]{1,12}”))[：:]")  # even without ？
_NAME = re.compile("[\u3400-\u9fff·]{2,8}：")  # who answers a reporter, by name alone
_PLANS_ASKED = re.compile("(?:打算|目标|安排|计划|部署)(?!完成|实现|达成)[^，。；]{0,6}[。？]$")
_TABLE_BELOW = re.compile("下表|(?:下面|以下|这)(?:的)?(?:这)?[张份]?(?:图?表|清单)|见表|列表如下")
_NOTE = re.compile("[*（(]*(?:备?注|说明)")
#: What may stand before and behind a quotation that is a line: ❸, 4., ❌, ——假.
_MARKED = re.compile("(?:\\d{1,2}|[一二三四五六七八九十]{1,2}|Q\\d?|[^\\w]|[❶-❿➀-➓①-⑳])*")
_JUDGED = re.compile(
    "[^\\w]*(?:假的?|不实|错误?|谣言|误读|有误|不对|不准确?|夸大|存疑|片面|以偏概全|张冠李戴|对一半|半真半假)?[^\\w]*"
)
_ORDINAL, _JUDGEMENT = 8, 16  # signs in which those stand
_REMEMBERED = 5_000  # characters after which nobody thinks of a comparison any more
_ABOVE = 500  # lines over a table in which its headings stand


def read(article: Article, catalogue: Catalogue) -> Reading:
    """Read an article: every figure of the catalogue as an observation, every other one as a refusal."""
    text = Text.fold(article.raw)
    page = _Page(article, catalogue, text)
    for walk in page.walks():
        page.keep(walk)
    return page.reading()


def explain(article: Article, catalogue: Catalogue, offset: int) -> str:
    """Which rules made or refused the figure at a raw offset: the mentions of its sentence, then the verdict."""
    text = Text.fold(article.raw)
    page = _Page(article, catalogue, text)
    at = text.folded_at(offset)
    for walk in page.walks():
        if walk.tokens[0].start <= at < walk.tokens[-1].end:
            return explained.chain(walk, at, text)
    return f"{article.name}:{offset}: no sentence stands there (furniture, or beyond the end)"


class _Page:
    """One article under reading: scenes handed from sentence to sentence, results gathered."""

    def __init__(self, article: Article, catalogue: Catalogue, text: Text) -> None:
        self.article, self.catalogue, self.text = article, catalogue, text
        self.recogniser = recognise.of(catalogue)
        self.mentions = self.recogniser.mentions(text)
        self.headings = Headings(article, catalogue, text, self.mentions)
        self._parted = self._into_sentences()
        self._years_named = horizons.told(text.folded)
        self._rows = self._table_rows()
        self._cards = self._card_lines()
        self._items = Items(text.folded, {line.start for line, found in self._lines() if any(map(_figure, found))})
        self.observations: list[Observation] = []
        self.refusals: dict[Span, Refusal] = {}
        self.dates: list[Span] = []
        self._review: Dated | None = None  # the year that the article itself reviews
        self._leading = 0  # the end of the last line that leads in
        self._headed = -1  # the end of the last heading
        self._kept = 0  # observations of the sentence before
        self._first = 0  # the first observation of the block

    def _into_sentences(self) -> Callable[[Line, list[Mention[Any]]], Iterator[list[Token]]]:
        """How the article's lines fall into sentences: English ones come in the order of Chinese."""
        if not self.text.english:
            return partial(sentences, self.text)
        from etl.link import english  # its patterns are compiled when the first English text comes

        return english.Sentences(self.text, self.catalogue, self.article.published, self.headings.first_scene.own).of

    def walks(self) -> Iterator[Walk]:
        """Each sentence of the article, read in the scene that those before it left."""
        scene, block = self.headings.first_scene, -1
        self._review = scene.review
        sections: list[Section] = []
        caption: Dated | None = None
        for line, mentions in self._lines():
            if line.block != block:
                scene, block, self._first = self._new_block(scene, line), line.block, len(self.observations)
                self._items.end()
            if line.start in self._cards:
                yield from self._card(line, scene)
                continue
            scene = self._paired(line, mentions, self._before(line, mentions, scene, sections))
            if line.kind == "row":
                for walk in self._table_row(line, scene, caption):
                    yield walk
                    if self._rows[line.start].caption and walk.latest:
                        caption = walk.latest
                        scene = replace(scene, opening=caption, last=_end_of(caption))  # 同期 behind the table
                continue
            said = map(pairs.named_first, map(cards.turned, self._sentences(line, mentions)))
            for tokens in map(self._rival, said):
                walk = self._walk(tokens, scene)
                walk.heads = line.kind == "heading" or (
                    line.start == 0 and not self.text.folded.endswith(("。", "."), 0, line.end)
                )
                scene = walk.run()
                yield walk
                self._items.opened(walk.date_first)
                footnotes.above(walk, self.observations, self._first)
                scene = self._standing(scene, walk, line)
                if not self._dateline(walk) and not leadins.made_on(
                    walk.tokens, self.text.folded, line
                ):  # 表1 2025年一季度…: the line over a table dates it
                    caption = self._captioned(walk, line, caption)
                if leadins.leads_in(walk, line):
                    scene = self._lead_in(scene, walk, line)

    def _before(self, line: Line, mentions: list[Mention[Any]], scene: Scene, sections: list[Section]) -> Scene:
        """The scene at the start of a line: a heading makes a new one, an item of a list has what led in to it."""
        scene = self._items.begin(line, scene) if line.kind == "text" else scene
        scene = self._spoken(self._reported(scene, line), line, mentions)
        led = self._led(scene, line)
        if line.kind == "heading" and not led:
            self._headed = line.end
            self._kept = 0  # 二、张冠李戴: a heading says nothing of the sentence above it
            return self.headings.read(line, mentions, scene, sections)
        if scene.leadin and not led and not MARK.match(self.text.folded, line.start):
            return replace(scene, leadin=None, leadin_new=False, leadin_planned=False)
        return replace(scene, opening=scene.leadin, last=self._over(scene.leadin)) if scene.leadin else scene

    def _over(self, leadin: Dated) -> Dated:
        """2024年：, and a count below it: as it stood at the end of that year, where it is over."""
        published = self.article.published
        over = published is not None and leadin.period.end <= published
        return (_end_of(leadin) or leadin) if over else leadin

    def _paired(self, line: Line, mentions: list[Mention[Any]], scene: Scene) -> Scene:
        """（左2020年末，右2025年末）: of when the two figures of each line below are."""
        words = self.text.folded[line.start : line.end]
        pair = pairs.legend(words, mentions, line.start, self.article.published)
        return replace(scene, pair=pair) if pair else scene

    def _reported(self, scene: Scene, line: Line) -> Scene:
        """…2025年统计公报里两节：, and below it “规上工业…”: what is quoted of a year's report is of that year."""
        if scene.quoting is None:
            return scene
        if self.article.raw.startswith(speakers.OPENING, self.text.starts[line.start] - 1):
            return replace(scene, review=scene.quoting)
        return replace(scene, review=self._review, quoting=None)

    def _led(self, scene: Scene, line: Line) -> bool:
        """Whether a line with a figure stands right below the one that leads in, among lines that end in no full stop."""
        if scene.leadin is None:
            return False
        between = self.text.folded[self._leading : line.end]
        marked = "\n\n" in between or "。" in between or self.text.folded.startswith("#", line.start)
        return not marked and bool(leadins.FIGURE.search(between.rpartition("\n")[2]))

    def _walk(self, tokens: list[Token], scene: Scene, *, tabular: bool = False) -> Walk:
        """A sentence, or a row, that is yet to be read."""
        tokens = slips.marked(tokens, self.text.folded) if self.headings.errata else tokens
        walk = Walk(tokens, scene, self.catalogue, self.recogniser, self.text.folded)
        walk.quoted, walk.tabular = self._quoted(tokens), tabular
        walk.errata = self.headings.errata
        walk.hearsay = scene.quoting is None and self._hearsay(tokens[0].start, tokens[-1].end, walk.quoted)
        return walk

    def _hearsay(self, start: int, end: int, quoted: tuple[Span, ...]) -> bool:
        """说法3 “小巨人”只有20家, or a line that is one quotation: what is said, and checked below."""
        told = self.headings.checks(start) or _SAYING.match(self.text.folded, start)
        within = any(
            (q.start <= start and end <= q.end and self._alone(q)) or (q.start < end and self._judged(q))
            for q in quoted
        )
        return bool(told) or within

    def _alone(self, quote: Span) -> bool:
        """Whether a quotation is a whole line among others; one whose speaker stands behind it on the line is none."""
        before, behind = (
            self.text.folded[max(0, quote.start - 1) : quote.start],
            self.text.folded[quote.end : quote.end + 1],
        )
        return "\n" in before + behind and before in ("", "\n") and behind in ("", "\n")

    def _judged(self, quote: Span) -> bool:
        """❸ “大模型备案17个” ❌: a line of its own, with nothing but a mark or an ordinal before, a judgement behind."""
        before = self.text.folded[max(0, quote.start - _ORDINAL) : quote.start].rpartition("\n")
        behind = self.text.folded[quote.end : quote.end + _JUDGEMENT].partition("\n")
        whole = before[1] or quote.start <= _ORDINAL
        ends = behind[1] or quote.end + _JUDGEMENT >= len(self.text.folded)
        return bool(whole and ends and _MARKED.fullmatch(before[2]) and _JUDGED.fullmatch(behind[0]))

    def _table_row(self, line: Line, scene: Scene, caption: Dated | None) -> Iterator[Walk]:
        """A row under the date of its caption; nothing that it says holds for the next one, nor for what follows."""
        row = self._rows[line.start]
        scene = replace(scene, topic=None, topics=(), named=())
        if caption:
            scene = replace(scene, opening=caption, last=_end_of(caption) or scene.last)
        refused = row.refused
        for tokens in pieces(row.tokens):
            walk = self._walk(tokens, scene, tabular=True)
            walk.run()
            for token, reason in refused:
                walk.refuse(token, reason)
            refused = []
            yield walk

    def _card_lines(self) -> dict[int, list[Token]]:
        """What to read at each line of a card of a big number."""
        mentioned = {line.start: mentions for line, mentions in self._lines()}
        return cards.found(self.text.lines, self.text.folded, lambda line: self._tokens(line, mentioned[line.start]))

    def _card(self, line: Line, scene: Scene) -> Iterator[Walk]:
        """The card of a line, read as a sentence of its own."""
        scene = replace(scene, opening=scene.leadin, last=scene.leadin) if scene.leadin else scene
        for tokens in pieces(self._cards[line.start]):
            walk = self._walk(tokens, replace(scene, topic=None, topics=(), named=()), tabular=True)
            walk.run()
            yield walk

    def _captioned(self, walk: Walk, line: Line, caption: Dated | None) -> Dated | None:
        """前10个月的账，拼成下面这张表。…: the date that the sentences right above a table give it."""
        if walk.claims:
            return None
        tells = _TABLE_BELOW.search(self.text.folded, walk.tokens[0].start, walk.tokens[-1].end)
        told = Dated(walk.attributed, "carried") if tells and walk.attributed else None
        return walk.latest or told or (caption if walk.tokens[0].start > line.start else None)

    def _dateline(self, walk: Walk) -> bool:
        """市统计局  2024年10月28日: the day of publication, which dates no table."""
        day = walk.latest.period if walk.latest else None
        return bool(day and day.instant and day.end == self.article.published and not walk.claims)

    def _lead_in(self, scene: Scene, walk: Walk, line: Line) -> Scene:
        """到2026年末：, or 重点抓好以下工作：, as the last words of a line: what it says holds for what follows."""
        led = leadins.lead_in(scene, walk, line)
        headed = self._headed >= 0 and not self.text.folded[self._headed : line.start].strip()
        place = leadins.subject(scene, walk) if headed else ""
        if place:
            led = replace(led or scene, section=place)
        if led is not None and led.leadin is not scene.leadin:
            self._leading = line.end
        return led or scene

    def _standing(self, scene: Scene, walk: Walk, line: Line) -> Scene:
        """What a sentence leaves behind: （以下存量数一律取去年末） holds for every count that says nothing else."""
        whole = wholes.told(walk, scene.whole)
        scene = replace(scene, whole=whole) if whole is not scene.whole else scene
        if scene.asked and walk.claims:
            scene = replace(scene, answering=False)  # the answer has been given
        if not walk.spoken and self.headings.opens_plans(walk.tokens[0].start, walk.tokens[-1].end):
            scene = replace(scene, plans_told=True)
        told = None if line.kind == "heading" else footnotes.below(walk)  # a heading dates its section itself
        if told is None:
            return scene
        scene = replace(scene, standing=Dated(Period.day(told.end), "carried"))
        return scene if told.instant else replace(scene, heading_date=Dated(told, "carried"))

    def _new_block(self, scene: Scene, line: Line) -> Scene:
        """A new paragraph; the answer to a question is still about what was asked."""
        fresh = scene.new_block()
        if scene.asked:
            return replace(fresh, topic=scene.topic, answering=True)
        question = self._line_before(line.start)
        asked = question.endswith("？") or bool(_ASKS.match(question))
        named = _ASKS.match(question) and _NAME.match(self.text.folded, line.start)
        answered = asked and (named or speakers.LABEL.match(self.text.folded, line.start))
        if _ANSWER.match(self.text.folded, line.start) or answered:
            plans = self._plans_asked(question, scene)
            asked_of = plans or scene.last or fresh.opening
            return replace(
                fresh,
                topic=scene.topic,
                answering=True,
                block_theme=scene.block_theme,
                opening=asked_of,
                plans_told=bool(plans),
            )
        return fresh

    def _quoted(self, tokens: list[Token]) -> tuple[Span, ...]:
        """What stands in quotation marks in a sentence, or around a part of it."""
        first, last, quoted = tokens[0].start, tokens[-1].end, self.text.quoted
        start = attrgetter("start")
        near = quoted[bisect_left(quoted, first - LONGEST_QUOTE, key=start) : bisect_left(quoted, last, key=start)]
        return tuple(quote for quote in near if quote.end > first)

    def _line_before(self, position: int) -> str:
        """The last line with something on it before a position."""
        folded = self.text.folded
        while position and folded[position - 1].isspace():
            position -= 1
        return folded[folded.rfind("\n", 0, position) + 1 : position]

    def _plans_asked(self, question: str, scene: Scene) -> Dated | None:
        """The year whose plans are asked for: 最后问问今年的打算."""
        asked = _PLANS_ASKED.search(question)
        dates = [mention.what for mention in periods.mentions(question)] if asked else []
        period = periods.resolve(dates[0], scene.published, None) if len(dates) == 1 else None
        return Dated(period, "carried") if period else None

    def _spoken(self, scene: Scene, line: Line, mentions: list[Mention[Any]]) -> Scene:
        """昆山市工信局有关负责人：…: who speaks, speaks of the own place."""
        speaker = speakers.speaker(line, mentions, self.text, self.catalogue)
        return replace(scene, speaker=speaker, block=speaker) if speaker else scene

    def _sentences(self, line: Line, mentions: list[Mention[Any]]) -> Iterator[list[Token]]:
        """The sentences of a line."""
        label = speakers.LABEL.match(self.text.folded, line.start)
        said = label.end() if label else line.start  # who speaks is not part of what is said
        for found in self._parted(line, mentions):
            for sentence in pieces([token for token in found if token.start >= said] or found):
                yield horizons.dated(labels.joined(sentence, self.text.folded), self.text.folded, self._years_named)

    def _rival(self, tokens: list[Token]) -> list[Token]:
        """有人拿我们跟坪山比。坪山去年…: a word that opens a sentence, and was compared with before, is another place."""
        first, rest = tokens[0], tokens[1:]
        if first.kind != "word" or not rest or rest[0].kind not in ("date", "name", "place"):
            return tokens
        rival = re.compile(f"[跟和与同]{re.escape(first.what)}(?:相|作|做|来)?比")
        compared = rival.search(self.text.folded, max(0, first.start - _REMEMBERED), first.start)
        return (
            [replace(first, kind="place", what=Where("elsewhere"), rule="compared with"), *rest] if compared else tokens
        )

    def _table_rows(self) -> dict[int, Row]:
        """Rows of every table by the start of their line: lines one after the other, all ruled or none."""
        lines = list(self._lines())
        found: dict[int, Row] = {}
        first = 0
        for ruled, group in groupby(lines, lambda one: (one[0].kind == "row", self._ruled(one[0]), one[0].block)):
            table = list(group)
            last = first + len(table)
            if ruled[0]:
                around = self._around(lines, first, last)
                rows = woven([self._tokens(*one) for one in table], self.text.folded, around)
                found.update(zip((line.start for line, _ in table), rows, strict=True))
            first = last
        return found

    def _tokens(self, line: Line, mentions: list[Mention[Any]]) -> list[Token]:
        """All tokens of a line."""
        return [token for sentence in self._sentences(line, mentions) for token in sentence]

    def _ruled(self, line: Line) -> bool:
        return self.text.folded.startswith("|", line.start)

    def _around(self, lines: list[tuple[Line, list[Mention[Any]]]], first: int, last: int) -> Around:
        """The line over a table, then the headings above it; and the note right below."""
        near = lines[max(0, first - _ABOVE) : first]
        over = 1 + bool(near and leadins.of_unit(self.text.folded, near[-1][0]))
        above = near[: -over - 1 : -1] + [one for one in reversed(near) if one[0].kind == "heading"]
        said = [leadins.undated(self._tokens(*one), self.text.folded, one[0]) for one in above]
        below = self.text.folded[lines[last][0].start : lines[last][0].end] if last < len(lines) else ""
        return Around(said, below if _NOTE.match(below) else "", self.article.published)

    def _lines(self) -> Iterator[tuple[Line, list[Mention[Any]]]]:
        at = 0
        for line in self.text.lines:
            while at < len(self.mentions) and self.mentions[at].span.start < line.start:
                at += 1
            first = at
            while at < len(self.mentions) and self.mentions[at].span.end <= line.end:
                at += 1
            yield line, self.mentions[first:at]

    # -- results ------------------------------------------------------------------------------------------------------
    def keep(self, walk: Walk) -> None:
        """Gather a sentence's claims and refusals in raw coordinates."""
        if walk.denies and self._kept:
            for seen in self.observations[-self._kept :]:
                figure = seen.evidence[0].figure
                self.refusals[figure] = Refusal(seen.article, figure, "not_fact", "", seen.indicator)
            del self.observations[-self._kept :]
        self._kept = 0 if walk.correction else len(walk.claims)
        self._take_back(walk)
        for claim in list(walk.claims):
            if self._printed_twice(claim):
                walk.claims.remove(claim)
                walk.refuse(claim.number, "repeated", "", claim.indicator)
                continue
            if self.text.english:
                claim.end = max(claim.end, _quote_end(walk.tokens, claim.number))
            self.observations.append(self._observation(claim))
        for token, reason, detail, indicator in walk.refusals:
            span = self.text.raw_span(token.span)
            self.refusals[span] = Refusal(self.article.name, span, reason, detail, indicator)
        for token in walk.tokens:
            if token.kind == "date":
                self.dates.append(self.text.raw_span(token.span))
            elif token.kind == "other" and any(sign.isdigit() for sign in self.text.folded[token.start : token.end]):
                span = self.text.raw_span(token.span)
                self.refusals.setdefault(span, Refusal(self.article.name, span, token.what.reason))

    def _printed_twice(self, claim: Claim) -> bool:
        """奔着奔着27502750亿元去亿元去: the digits of a headline set twice are not those that it prints."""
        span = claim.number.span
        raw = self.text.raw_span(span).of(self.article.raw)
        return len(re.findall("[0-9０-９]", raw)) > len(re.findall("[0-9]", span.of(self.text.folded)))

    def _take_back(self, walk: Walk) -> None:
        """文中“上市企业21家”系笔误，应为12家: what was told before, and is now quoted as a slip, is no fact."""
        slips = {token.what.value for token, reason, *_ in walk.refusals if reason == "not_fact"}
        if not (slips and walk.correction):
            return
        mended = {(c.indicator, c.place, c.measure, c.share_of, c.status, c.period) for c in walk.claims}
        for seen in self.observations[:]:
            key = (seen.indicator, seen.place, seen.measure, seen.share_of, seen.status, seen.period)
            if key in mended and seen.value in slips:
                figure = seen.evidence[0].figure
                self.observations.remove(seen)
                self.refusals[figure] = Refusal(seen.article, figure, "not_fact", "", seen.indicator)

    def _observation(self, claim: Claim) -> Observation:
        figure = self.text.raw_span(claim.number.span)
        quote = self.text.raw_span(Span(claim.start, claim.end))
        quote = _begin_at_word(Span(min(quote.start, figure.start), max(quote.end, figure.end)), self.article.raw)
        return Observation(
            article=self.article.name, indicator=claim.indicator, place=claim.place, measure=claim.measure, share_of=claim.share_of,
            scope=claim.scope, status=claim.status, period=claim.period, value=claim.value, bound=claim.bound, rounding=claim.rounding,
            printed="".join(figure.of(self.article.raw).split()), period_basis=claim.period_basis, place_basis=claim.place_basis,
            evidence=(Evidence(quote, figure, claim.why),),
        )  # fmt: skip

    def reading(self) -> Reading:
        """The whole article's reading; figures of furniture and of unread lines are refused as such."""
        known = {o.evidence[0].figure for o in self.observations}
        refusals = [r for span, r in self.refusals.items() if span not in known]
        refusals += self._unread([*known, *(r.span for r in refusals), *self.dates])
        return Reading(tuple(self.observations), tuple(sorted(refusals, key=lambda r: r.span)), tuple(self.dates))

    def _unread(self, spans: list[Span]) -> list[Refusal]:
        """Every run of digits that nothing accounts for: page furniture, or digits of names."""
        covered = bytearray(len(self.article.raw))
        for span in spans:
            covered[span.start : span.end] = b"\x01" * len(span)
        found = []
        for match in re.finditer(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*", self.article.raw):
            if covered.find(1, *match.span()) < 0:
                reason = "name" if self.text.holds(match.start()) else "furniture"
                found.append(Refusal(self.article.name, Span(*match.span()), reason))
        return found


def _figure(mention: Mention[Any]) -> bool:
    return isinstance(mention.what, Quantity)


def _quote_end(tokens: list[Token], number: Token) -> int:
    """Where the quote of an English figure ends: behind the dates and places that were put before the number."""
    before = tokens[: tokens.index(number)]
    brought = [t.end for t in before if t.kind in ("date", "place", "yoy") and t.start >= number.end]
    return max([number.end, *brought])


def _end_of(dated: Dated) -> Dated | None:
    """The day at which what stands is counted: of months from January on a table counts at their end."""
    period = dated.period
    if period.instant:
        return replace(dated, basis="carried")
    return Dated(Period.day(period.end), "carried") if period.start.month == 1 else None


def _begin_at_word(span: Span, raw: str) -> Span:
    """Widen a quote to the left until it begins with a letter or a digit: a cell must not begin with = + - @."""
    start = span.start
    while start > 0 and raw[start] in "=+-@＝＋－＠":
        start -= 1
    return Span(start, span.end)


__all__ = ["Token", "When", "explain", "read", "replace"]
