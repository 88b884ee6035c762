"""Reading one sentence from left to right: tokens change the state, numbers are handed to the shapes.

In: the tokens of a sentence and the scene it inherits. Out: claims, refusals and the scene for the next sentence.
How a frame is set and what ends it stands here, one method a kind of token; which figure belongs to what stands in
`shapes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from etl.catalogue import Catalogue
from etl.link import (
    behind,
    claims,
    denied,
    footnotes,
    ground,
    handed,
    intents,
    labels,
    marks,
    names,
    naming,
    papers,
    rolls,
    shapes,
    suspense,
    timing,
    verbs,
    wholes,
)
from etl.link.scene import COMPANY, Dated, Scene, Topic, encloses
from etl.link.state import Claim, State
from etl.link.tokens import Token
from etl.model import Basis, Span, Status
from etl.period import Period
from etl.recognise import Recogniser, cues, quantities

_NEW_BATCH = re.compile(
    "(?<!推出)(?<!打造)(?<!形成)(?<!培育)新的?一批(?!次)(?=[^，。；\\d]{0,24}(?:名单|企业|工厂|项目|入选|获评|上榜|，))"
)
_SAID_OF = re.compile("，?[是系](?=[^，。；]*(?:数量|总数|目标|目标值|数|数字|数据)[，。；])")
#: 累计数随之升到132家: of what was told of.
_COUNTS_OF_IT = re.compile("(?:累计数|总数|总家数|家数|有效总数)(?![里中内])")
_CONTINUES = ("同时", "此外", "另外", "还", "并", "还要", "还将", "并且", "力争", "确保")
#: 实施智改数转项目300个以上: what a plan goes on to do, where nothing says that it is done.
_UNDERTAKES = re.compile(
    "(?:实施|推进|推动|打造|培育|建设|引进|开展|组织|完成|加快|落地|支持|招引)(?![^，。；\\d]*[已了])"
)
_NO_PROJECTS = ("企业", "工厂", "车间", "平台", "中心", "机构")  # what 项目 behind them does not mean
_TURNOVER = re.compile(
    "(?:公司|企业|全年|年)?(?:营收|营业收入|净利润|销售额|销售收入)(?:为|达到?|约|超过?|近|突破|首次|就|已|有)*\\d"
)
#: 若只计人工智能，…: what is told from here on is of this alone.
_ONLY = re.compile(
    "(?:只|单|仅|光|专|单单|仅仅)(?:是|就|以|从|独)?(?:看|计|算|论|说|讲|数|谈|统计|计算)(?:其中|当中)?的?$"
)
_ALL_FIRMS = re.compile("(?:企业|工厂|公司)的?(?:总数|总量|数量|家数|个数)")
_NOUNS = ("企业", "产品", "平台", "机构", "单位", "公司")
_BLOCKS = ("一块", "这块", "这一块", "那块", "这一头", "这一端", "一端", "这部分", "这一部分", "环节", "这一环", "一环")
_REMEMBERED = 24  # names of a paragraph


class Walk:
    """One sentence under reading."""

    def __init__(
        self, tokens: list[Token], scene: Scene, catalogue: Catalogue, recogniser: Recogniser, folded: str
    ) -> None:
        self.tokens, self.scene, self.catalogue = tokens, scene, catalogue
        self.recogniser, self.folded = recogniser, folded
        self.state = State(theme="")
        self.claims: list[Claim] = []
        self.refusals: list[tuple[Token, str, str, str]] = []
        self.taken: set[int] = set()  # indices of numbers dealt with, and of names claimed from before
        self.spoken = False  # a figure has been seen
        self.placed: list[str] = []  # the known places that it names
        self.subjects: list[str] = []  # places that the sentence is about
        self.stated: Dated | None = None
        self.latest: Dated | None = None  # in brackets too
        self.attributed: Period | None = None  # 今年的盘子: a year that dates nothing, but whose words follow
        self.appeared: Period | None = None  # when the paper appeared that the sentence speaks of
        self.dates: list[Dated] = []  # of the sentence, facts only
        self.date_first: Dated | None = None  # a date that opens the sentence
        self.batched = any(t.kind == "other" and names.BATCH.match(folded, t.start) for t in tokens)
        self.batched = self.batched or bool(_NEW_BATCH.search(folded, tokens[0].start, tokens[-1].end))
        self.batch = (0, 0)  # ordinal of the last one named, and where
        self.answers = 0  # where the colon stands behind which the sentence before is answered
        self.listed = False  # a year's list, or an honour of a year's name, is what the sentence tells of
        self.in_a_row = False  # 论速度，太仓8.2%…: places are set in a row
        self.denies = False  # 数字漂亮，可惜不对: it is the sentence before that is wrong
        self.years_first = False  # 五年完成…；…: a span of years opens the sentence, and no date has followed it
        self.announced = 0  # where the colon stands of …列下四项硬指标：…: what follows is planned, whatever its dates
        self.by_paper = 0  # where the comma stands of 按照规划，…: what follows is planned
        self.plans_told = False  # 目标已定！: what follows in the paragraph is planned
        self.cleared: Topic | None = None  # 澄清，该数字混入了…: what that figure was of
        self.current = False  # 目前 was said: dates beside it only compare
        self.segment: Dated | None = None  # the last date since ；
        self.segment_place: tuple[str, Basis, Token | None] = ("", "carried", None)  # in force when that part began
        self.segment_start = 0  # where the part of the sentence since ； begins
        self.mentioned = ""  # the last known place of the sentence
        self.compared_place = ""  # 对照深圳，后者 …
        self.at = tokens[0]  # under reading
        self.named: list[Topic] = []  # every name that could be read
        self.brackets: list[State] = []
        self.quoted: tuple[Span, ...] = ()
        self.tabular = self.hearsay = False  # a row of a table; what is only said, and checked below
        self.heads = False  # a title or a heading
        self.errata = False  # on a page that puts slips right, what is quoted is the slip
        self.rumoured = False  # 坊间流传，…: what the sentence tells, nobody answers for
        self.row_status: Status | None = None  # as the row's own label says
        self.grown = 0  # index of the growth of that number
        self.dealt = (0, 0)  # how many numbers the last run dealt out had, and the index of its last
        self.suspended = scene.suspended  # a number that waits for its name
        self.correction = self._correction()
        self._inherit()

    # -- entry ------------------------------------------------------------------------------------------------------
    def run(self) -> Scene:
        """Read the sentence; the scene that the next one inherits."""
        intents.laid_open(self)
        skip = 0  # inside 《…》
        for index, token in enumerate(self.tokens):
            self.at = token
            if token.kind == "mark" and token.what in "《》":
                skip = max(0, skip + (1 if token.what == "《" else -1))
                self.word(token)
            elif skip:
                if token.kind == "number" and index not in self.taken:
                    self.refuse(token, "name")
            elif index in self.taken and token.kind != "name":
                continue
            else:
                _HANDLERS.get(token.kind, Walk.function)(self, token, index)
        suspense.reveal(self, self.tokens[-1].end)
        denied.uncorrected(self)
        denied.recalled(self)
        return self._hand_on()

    def refuse(self, token: Token, reason: str, detail: str = "", indicator: str = "") -> None:
        """Note a number that is no observation."""
        self.refusals.append((token, reason, detail, indicator))

    # -- what the sentence inherits and leaves ------------------------------------------------------------------------
    def _inherit(self) -> None:
        scene, state = self.scene, self.state
        state.place, state.place_basis = scene.place
        self.segment_place = (state.place, state.place_basis, None)
        if scene.topic and self._opens_with_frame() and not self._of_two_sums():
            state.topic, state.used, state.rated = scene.topic, True, scene.rated
            if self._counts_of_it() and len(set(scene.places)) > 1:  # of several, only the own place's is plain
                state.place = scene.own if scene.places[-1] == scene.own else ""
        if (opening := scene.opening) and scene.published and self._to_come(opening):
            state.status, state.date, state.plan_year = "target", opening, opening
        elif scene.leadin and scene.leadin_planned and scene.published and scene.leadin.period.end > scene.published:
            state.status, state.date, state.plan_year = "target", scene.leadin, scene.leadin
        elif scene.planned and scene.plan and self._goes_on():
            state.status, state.date, state.plan_year = "target", scene.plan, scene.plan
        elif scene.plan and not scene.planned:
            state.plan_year = scene.plan  # 2026年的账怎么记？目标是…
        if scene.section_new or (scene.leadin and scene.leadin_new):
            state.verb = "new"
        footnotes.closing(self)
        self._take_up()

    def _take_up(self) -> None:
        """What the sentence before told of, where this one answers it or breaks it down."""
        scene, state = self.scene, self.state
        if scene.added and cues.BROKEN_DOWN.match(self.folded, self.tokens[0].start):
            state.topic, state.used, state.verb = scene.topic, True, "new"
        if scene.answering:
            state.topic, state.used = scene.topic, False
        if rolls.called(self):
            state.topic, state.used, state.verb, self.batched, self.listed = scene.topic, False, "award", True, True
        self.answers = denied.answer_at(self) if scene.topic else 0
        if self.answers:
            state.topic, state.used = scene.topic, False

    def _to_come(self, dated: Dated) -> bool:
        """Whether a paragraph's date lies ahead, or a section of plans reaches past the publication."""
        published = self.scene.published
        assert published is not None
        return dated.period.start > published or (self.scene.ahead and dated.period.end > published)

    def _opens_with_frame(self) -> bool:
        """Whether the sentence names a date, a place or 这一数字 before anything unexplained."""
        if self._counts_of_it():
            return True
        for index, token in enumerate(self.tokens):
            if token.kind == "number":
                behind_it = behind.told_behind(self, index) or behind.whereabouts(self, index)
                return bool(_SAID_OF.match(self.folded, token.end) or behind_it)
            if token.kind in ("date", "place", "this", "correct", "label", "criterion"):
                return True
            other = names.thing(str(token.what)) or self.folded.startswith("方面", token.end)  # 外贸方面，昆山…
            if token.kind in ("name", "theme") or (token.kind == "word" and other):
                return False
        return False

    def _of_two_sums(self) -> bool:
        """…总产值3.4万亿元；…集群产值3.1万亿元。最大的是昆山，8421亿元: of which sum a part has so much, is open."""
        sums = {t.indicator for t in self.scene.topics if wholes.is_money(self, t.indicator)}
        other = (
            t for t in self.tokens if t.kind == "place" and t.what.kind == "known" and t.what.place != self.scene.own
        )
        first = next((t for t in self.tokens if t.kind in ("place", "name", "number", "date", "this", "label")), None)
        return len(sums) > 1 and first is not None and first is next(other, None)

    def _counts_of_it(self) -> bool:
        """累计数随之升到132家: whether a sentence opens with a count of what was told of."""
        return self.tokens[0].kind != "word" and bool(_COUNTS_OF_IT.match(self.folded, self.tokens[0].start))

    def _goes_on(self) -> bool:
        """Whether a list of targets goes on: the sentence opens with 同时, 还要, 新增, 其中 … and no date before."""
        first = next((t for t in self.tokens if t.kind != "mark"), None)
        return first is not None and bool(
            first.kind in ("and", "plan", "new")
            or (first.kind == "part" and all(c.status == "target" for c in self.scene.counts))
            or self.folded[first.start : first.end] in _CONTINUES
            or _UNDERTAKES.match(self.folded, first.start)
        )

    def _hand_on(self) -> Scene:
        """The scene that the next sentence inherits."""
        scene, state = self.scene, self.state
        changes: dict[str, object] = {"mentioned": self.mentioned, **handed.dates(self), **self._hand_on_topics()}
        if self.mentioned in self.catalogue.places and self.catalogue.places[self.mentioned].rank == "campus":
            changes["campus"] = self.mentioned
        if len(set(self.subjects)) == 1 and not self._in_a_larger(self.subjects[0]) and not self._in_a_row():
            changes["block"] = self.subjects[0]  # of several, none holds for the paragraph
        if not self.subjects and self._of_a_firm():
            changes["block"] = COMPANY
        if state.theme:
            changes["block_theme"] = state.theme
        if year := papers.lists_told(self):
            changes["listed"] = Dated(year, "carried")
        if (roll := rolls.told(self)) or self.named:
            changes["roll"] = roll
        if self.plans_told:
            changes["plans_told"], changes["opening"] = True, scene.opening or scene.last
        placed = tuple(  # of 园区、昆山领跑全市, the two
            at
            for at in dict.fromkeys(self.placed)
            if not any(encloses(at, place, self.catalogue) for place in self.placed)
        )
        changes["rivals"] = placed if len(placed) == 2 and len(self.named) < 2 and not self.claims else ()
        on = (
            scene.planned and bool(self.claims) and all(c.status == "target" for c in self.claims)
        )  # 实施项目140个以上。
        changes["planned"], changes["suspended"] = on or state.status == "target", suspense.waits(self)
        changes["rated"] = state.rated
        plan = state.plan_year or (state.date if state.status == "target" else None) or (scene.plan if on else None)
        changes["plan"] = plan or handed.year_asked(self)
        return replace(scene, **changes)  # type: ignore[arg-type]

    def _in_a_row(self) -> bool:
        """张家港10家、昆山9家、吴江5家: whether the subject is the first of a list of places with a figure each."""
        kinds = [t.kind for t in self.tokens if t.kind not in ("function", "link")]
        first = next((at for at, kind in enumerate(kinds) if kind == "place"), 0)
        return kinds[first : first + 5] == ["place", "number", "mark", "place", "number"]

    def _in_a_larger(self, place: str) -> bool:
        """AI companies in the city numbered 2,710, with SIP hosting 1,900: whether a place is told as a part of another."""
        own = self.scene.own
        return place != own and encloses(own, place, self.catalogue) and any(c.place == own for c in self.claims)

    def _of_a_firm(self) -> bool:
        """2025年营收1.9亿元，涨了36%: a turnover of nothing that has been named is a firm's, and what follows is too."""
        first = 1 if self.tokens[0].kind == "date" else 0
        told = len(self.tokens) > first and _TURNOVER.match(self.folded, self.tokens[first].start)
        topic = self.state.topic
        named = (topic and not topic.refused) or self.state.theme or self.scene.block_theme or self.named
        return bool(told) and not named and not self.claims

    def _hand_on_topics(self) -> dict[str, object]:
        scene, state, changes = self.scene, self.state, dict[str, object]()
        asked = self.tokens[-1].what in ("？", "?") or not self.spoken  # 工业投资是另一种排法。
        # 智能工厂的家底如何？ The answer will tell the levels apart
        told = state.topic and (not state.topic.refused or (asked and state.topic.refused == "level"))
        several = self.tokens[-1].what == "？" and len({name.indicator for name in self.named}) > 1  # which, is open
        topic = state.topic if told and not several and (asked or not state.unknown) else None
        topic = topic or self._last_told()
        lost = any(  # 园区AI产业“去年做到2000亿”，是否属实？
            t.kind == "theme" and names.another_industry(t, scene.topic, self.folded) for t in self.tokens
        )
        topic = None if lost and not self.claims else topic
        if topic is None and not state.named and scene.topic and not scene.topic_kept and not lost:
            changes["topic_kept"] = True  # a sentence without a name of its own does not end the topic
        else:
            answer = scene.topic if scene.answering and not lost else None
            changes["topic"], changes["topic_kept"] = topic or answer, False
        if ratios := [c.topic for c in self.claims if c.topic and claims.fits_percent(self, c.topic)]:
            changes["ratio"] = ratios[-1]
        if self.claims:
            counted = [c for c in self.claims if c.measure in ("value", "new")]
            changes["added"] = bool(counted) and counted[-1].measure == "new"
            changes["places"] = tuple(c.place for c in self.claims)
            changes["counts"] = tuple(c for c in self.claims if c.measure in ("value", "new"))
            changes["topics"] = tuple(dict.fromkeys(c.topic for c in self.claims if c.topic))
        if scene.titled and scene.called_short is None:
            changes["called_short"] = next(
                (t for c in self.claims if (t := c.topic) and t.call.head.endswith(scene.titled)), None
            )
        changes["named"] = (*scene.named, *self.named)[-_REMEMBERED:]
        return changes

    def _last_told(self) -> Topic | None:
        """What the last figure was of, unless something that is no indicator has been named since (…，财政收入1380亿元)."""
        last, named = self.claims[-1] if self.claims else None, self.state.topic
        other = named is not None and bool(named.refused) and not named.indicator
        since = last is not None and named is not None and named.start > last.number.start
        return last.topic if last and not (other and since) else None

    def _correction(self) -> int:
        """Position after which a corrected figure stands, or 0: 应为, 而是 put a new one in the place of the old."""
        spots = [t.start for t in self.tokens if t.kind == "correct"]
        return max(spots) if spots else 0

    # -- tokens -------------------------------------------------------------------------------------------------------
    def word(self, token: Token, index: int = 0) -> None:
        """An unknown word: it ends what a name to its left may claim."""
        state = self.state
        if token.what in "—…|【】[]·" or naming.said_again(self, token, index):
            return
        if state.topic and len(token.what) > 1 and str(token.what) in state.topic.call.head:
            return  # 备案的算法有9个: the name's own word
        state.word_end, state.theme_heads = token.end, False
        if self.folded.startswith(_BLOCKS, token.end) and state.topic and state.topic.end < token.start:
            state.topic, state.names = None, []  # 好在设备购置一块活跃，增幅18.3%: another subject
        if (
            names.thing(str(token.what))
            or self._of_sort(token, index)
            or any(s.start <= token.start < token.end <= s.end for s in self.quoted)
        ):
            state.unknown = state.unknown or str(token.what)
            state.unknown_here = state.unknown_here or str(token.what)
        else:
            state.doing = str(token.what)
        state.level_list = False

    def _of_sort(self, token: Token, index: int) -> bool:
        """配套企业86家: what unknown word a general noun follows, is a sort of thing of its own."""
        following = self.following(index)
        return (
            following is not None
            and following.start == token.end
            and self.folded[following.start : following.end] in _NOUNS
        )

    def function(self, token: Token, index: int) -> None:
        """A word that explains nothing away; 中 behind a name begins a part of it."""
        word = self.folded[token.start : token.end]
        if word == "两" and naming.of_sorts(self, index):
            return
        if word in ("名录", "名单") and naming.of_its_list(self, token, index):
            return
        again = len(word) > 1 and not self._of_a_field(token, index)
        if again and (naming.said_again(self, token, index) or naming.of_its_sort(self, token, index)):
            return
        if word == "项目" and self.state.topic and self.state.topic.call.head.endswith(_NO_PROJECTS):
            if not naming.said_again(self, token, index, least=len(word)):
                self.state.unknown = self.state.unknown or word  # 太仓全年项目任务为900个: not what was counted before
            return
        if names.of_another(self.tokens[max(0, index - 2) : index + 1], self.folded) or self._labelled(index):
            self.state.unknown = self.state.unknown or word
        if word in ("大关", "关口", "门槛"):
            self.state.fresh = True
        if index and word in ("中", "里") and self._contains_parts(index - 1):
            verbs.part(self, token, index)

    def _labelled(self, index: int) -> bool:
        """25年来孵化的企业：5000家: what a label calls by what it did is nothing named before."""
        token, before = self.tokens[index], self.tokens[max(0, index - 2) : index]
        label = self.folded[token.start : token.end] in _NOUNS and self.folded.startswith("：", token.end)
        if before and before[-1].kind == "place" and _ALL_FIRMS.match(self.folded, token.start):
            return True  # 昆山企业的总数
        return label and [t.kind for t in before] in (["origin", "function"], ["word", "function"])

    def _of_a_field(self, token: Token, index: int) -> bool:
        """具身智能、低空经济企业合计210家: firms of a field that stands right before them are not those named before."""
        before = self.tokens[index - 1] if index else None
        theme = before is not None and before.kind == "theme" and before.end == token.start
        return theme and before is not None and before.what.theme != self.state.name_theme

    def _contains_parts(self, index: int) -> bool:
        """上市企业中，11家…: a part of what the name counts; 培育库里，23家 is all that the list holds."""
        token = self.tokens[index]
        return token.kind == "name" and not token.what.head.endswith(("库", "名录", "名单", "榜"))

    def theme(self, token: Token, index: int) -> None:
        """What the sentence is about from here on."""
        state = self.state
        if state.name_theme != token.what.theme:
            state.name_theme = ""  # 人工智能企业超400家；智能网联汽车企业产值…: of another industry than the last name
        state.theme, state.theme_end = token.what.theme, token.end
        state.theme_heads = self.folded.startswith("：", token.end)
        if _ONLY.search(self.folded, self.tokens[0].start, token.start):
            state.theme_alone = token.what.theme
        if names.another_industry(token, state.topic, self.folded):
            self.word(Token("word", self.folded[token.start : token.end], token.start, token.end), index)

    def other(self, token: Token, index: int) -> None:
        """Digits that are no quantity: a rank explains nothing away, a name is a word."""
        if batch := names.BATCH.match(self.folded, token.start):
            ordinal = batch[1] if batch[1].isdecimal() else quantities.han(batch[1]) or 0
            self.batch = (int(ordinal), token.start)
            verbs.batch(self, index)
        idle = self.folded[token.start : token.end].endswith(
            ("一度", "位数")
        )  # 2023年一度不到5700亿元; 增速上两位数的…
        if token.what.reason != "rank" and not idle:
            self.word(Token("word", self.folded[token.start : token.end], token.start, token.end))

    def left_behind(self) -> bool:
        """去年…3家，今年8月又添6家；…: a later year than the one the sentence began with has been told since."""
        first, told = self.state.first_date, self.stated
        return bool(first and told and told.period.end.year > first.period.end.year)

    def following(self, index: int) -> Token | None:
        """The next token."""
        return self.tokens[index + 1] if index + 1 < len(self.tokens) else None


def _number(walk: Walk, token: Token, index: int) -> None:
    if naming.of_sorts(walk, index):
        return
    behind.set_behind(walk, index)
    refused = len(walk.refusals)
    shapes.settle(walk, index)
    suspense.note(walk, index, walk.refusals[-1][1] if len(walk.refusals) > refused else "")
    walk.spoken = walk.spoken or token.what.unit not in quantities.OTHER_MEASURES


#: What each kind of token does to the walk.
_HANDLERS: dict[str, Callable[[Walk, Token, int], None]] = {
    **verbs.HANDLERS,
    "date": timing.said,
    "label": labels.said,
    "place": ground.named,
    "name": naming.name,
    "level": naming.level,
    "value_added": naming.value_added,
    "theme": Walk.theme,
    "word": Walk.word,
    "other": Walk.other,
    "mark": marks.said,
    "function": Walk.function,
    "number": _number,
}
