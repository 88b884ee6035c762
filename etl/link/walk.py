"""Reading one sentence from left to right: tokens change the state, numbers are handed to the shapes.

In: the tokens of a sentence and the scene it inherits. Out: claims, refusals and the scene for the next sentence.
How a frame is set and what ends it stands here, one method a kind of token; which figure belongs to what stands in
`shapes`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.catalogue import Catalogue
from etl.link import names, shapes
from etl.link.scene import COMPANY, ELSEWHERE, PART, Dated, Scene, holds_for, larger, located
from etl.link.state import Claim, State
from etl.link.tokens import Token
from etl.model import Span
from etl.period import Period
from etl.recognise import Recogniser, periods
from etl.recognise.periods import When

LIST_MARKS = "、"
_APPEARED = re.compile("(?:初|底|末)?(?:，)?(?:发布|出台|印发|召开|举行|刊发|公布|成立|启动|制定|开幕|闭幕)(?:的|了|《)")
_BATCH = re.compile("第[一二三四五六七八九十\\d]+批")
_IS = re.compile("就?是|为")
_SAID_OF = re.compile("[是系](?=[^，。；]*(?:数量|总数|目标数|数)[，。；])")
_CONTINUES = ("同时", "此外", "另外", "还", "并", "还要", "还将", "并且", "力争", "确保")


class Walk:
    """One sentence under reading."""

    def __init__(self, tokens: list[Token], scene: Scene, catalogue: Catalogue, recogniser: Recogniser, folded: str) -> None:
        self.tokens, self.scene, self.catalogue, self.recogniser, self.folded = tokens, scene, catalogue, recogniser, folded
        self.state = State(theme="")
        self.claims: list[Claim] = []
        self.refusals: list[tuple[Token, str, str, str]] = []
        self.taken: set[int] = set()  # indices of numbers dealt with, and of names claimed from before
        self.spoken = False  # a figure has been seen
        self.subject: str = ""  # place for the paragraph that the sentence sets
        self.stated: Dated | None = None
        self.date_first: Dated | None = None  # a date that opens the sentence
        self._batched = any(t.kind == "other" and _BATCH.match(folded, t.start) for t in tokens)
        self.segment: Dated | None = None  # the last date since ；
        self.brackets: list[State] = []
        self.quoted: tuple[Span, ...] = ()
        self.correction = self._correction()
        self._inherit()

    # -- entry ------------------------------------------------------------------------------------------------------
    def run(self) -> Scene:
        """Read the sentence; the scene that the next one inherits."""
        skip = 0  # inside 《…》
        for index, token in enumerate(self.tokens):
            if token.kind == "mark" and token.what in "《》":
                skip = max(0, skip + (1 if token.what == "《" else -1))
                self._word(token)
            elif skip:
                if token.kind == "number" and index not in self.taken:
                    self.refuse(token, "name")
            elif index in self.taken and token.kind == "number":
                continue
            else:
                getattr(self, f"_{token.kind}", self._function)(token, index)
        return self._hand_on()

    def refuse(self, token: Token, reason: str, detail: str = "", indicator: str = "") -> None:
        """Note a number that is no observation."""
        self.refusals.append((token, reason, detail, indicator))

    # -- what the sentence inherits and leaves ------------------------------------------------------------------------
    def _inherit(self) -> None:
        scene, state = self.scene, self.state
        state.place, state.place_basis = scene.place
        if scene.topic and self._opens_with_frame():
            state.topic, state.used = scene.topic, True
        if (opening := scene.opening) and scene.published and opening.period.start > scene.published:
            state.status, state.date, state.plan_year = "target", opening, opening
        elif scene.planned and scene.plan and self._goes_on():
            state.status, state.date, state.plan_year = "target", scene.plan, scene.plan
        if scene.answering:
            state.topic, state.used = scene.topic, False

    def _opens_with_frame(self) -> bool:
        """Whether the sentence names a date, a place or 这一数字 before anything unexplained."""
        for token in self.tokens:
            if token.kind == "number":
                return bool(_SAID_OF.match(self.folded, token.end))
            if token.kind in ("date", "place", "this", "correct"):
                return True
            if token.kind in ("word", "name", "theme"):
                return False
        return False

    def _goes_on(self) -> bool:
        """Whether a list of targets goes on: the sentence opens with 同时, 还要, 新增 … and no date of its own."""
        first = next((t for t in self.tokens if t.kind != "mark"), None)
        return first is not None and (first.kind in ("and", "plan", "new") or self.folded[first.start : first.end] in _CONTINUES)

    def _hand_on(self) -> Scene:
        scene, state = self.scene, self.state
        changes: dict[str, object] = {}
        if self.subject:
            changes["block"] = self.subject
        if self.stated:
            changes["last"] = self.stated
            if self.date_first and scene.opening is None and scene.last is None and not self.date_first.period.instant:
                changes["opening"] = self.date_first
        if scene.lead is None and (flow := next((c for c in self.claims if c.status == "actual" and self._flow(c.indicator) and c.period_basis == "stated"), None)):
            changes["lead"] = Dated(flow.period, "carried")
        if state.theme:
            changes["block_theme"] = state.theme
        asked = self.tokens[-1].what in ("？", "?")
        topic = state.topic if state.topic and not state.topic.refused and (asked or not state.unknown) else None
        topic = topic or (self.claims[-1].topic if self.claims else None)
        if topic is None and not state.named and scene.topic and not scene.topic_kept:
            changes["topic_kept"] = True  # a sentence without a name of its own does not end the topic
        else:
            changes["topic"], changes["topic_kept"] = topic or (scene.topic if scene.answering else None), False
        if ratios := [c.topic for c in self.claims if c.topic and shapes.fits_percent(self, c.topic)]:
            changes["ratio"] = ratios[-1]
        changes["planned"] = state.status == "target"
        changes["plan"] = state.plan_year or (state.date if state.status == "target" else None)
        return replace(scene, **changes)  # type: ignore[arg-type]

    def _flow(self, indicator: str) -> bool:
        return self.catalogue.indicators[indicator].kind == "flow"

    def _correction(self) -> int:
        """Position after which a corrected figure stands, or 0: 应为, 而是 put a new one in the place of the old."""
        spots = [t.start for t in self.tokens if t.kind == "correct"]
        return max(spots) if spots else 0

    # -- tokens -------------------------------------------------------------------------------------------------------
    def _word(self, token: Token, index: int = 0) -> None:
        state = self.state
        if token.what in "—…|【】[]·":
            return
        state.unknown = state.unknown or str(token.what)
        if state.level_list:
            state.level_list = False

    def _function(self, token: Token, index: int) -> None:
        """A word that explains nothing away; 中 behind a name begins a part of it."""
        word = self.folded[token.start : token.end]
        if word in ("大关", "关口", "门槛"):
            self.state.fresh = True
        if index and word in ("中", "里") and self.tokens[index - 1].kind == "name":
            self._part(token, index)

    def _theme(self, token: Token, index: int) -> None:
        self.state.theme = token.what.theme

    def _other(self, token: Token, index: int) -> None:
        if _BATCH.match(self.folded, token.start):
            self._batch(index)
        if token.what.reason != "rank":
            self._word(Token("word", self.folded[token.start : token.end], token.start, token.end))

    def _batch(self, index: int) -> None:
        """第七批的241家, 第六批“小巨人”企业共711家: a batch is what is added."""
        if self._name_follows(index):
            self.state.verb = "new"
        else:
            self.state.verb_once = "new"

    def _mark(self, token: Token, index: int) -> None:
        state = self.state
        if token.what in "（(":
            self.brackets.append(state)
            self.state = state.copy()
            return
        if token.what in "）)":
            if self.brackets:
                inner, self.state = self.state, self.brackets.pop()
                if inner.status == "estimate" and self.state.status == "actual" and not any(c.number.start > token.start for c in self.claims):
                    self._estimate_back(token)
            return
        if token.what in "，,\t":
            self._end_clause()
        elif token.what in "；;":
            self._end_clause()
            state.date, state.date_at = state.first_date, state.first_date_at
            state.verb, state.part, state.level_list = "", False, False
            state.now = state.per_unit = state.granted = False
            self.segment = state.first_date
            if state.status == "estimate":
                state.status = "actual"
        elif token.what in "：:" and state.status == "target":
            state.plan_year = state.date or state.plan_year

    def _end_clause(self) -> None:
        state = self.state
        state.growth = state.growth_base = ""
        if not state.share_open:
            state.share = ""
        state.share_said = False
        state.number_date = state.number_date_at = None
        state.verb_once, state.since_january = "", False
        state.from_ = state.to = state.years = state.compared = False
        state.level_list = False
        if state.refuted:
            state.refuted = False
        state.fresh = state.fresh or False

    def _estimate_back(self, closing: Token) -> None:
        """（均为预计数）reaches back over the list before it."""
        for claim in self.claims:
            if claim.status == "actual":
                claim.status, claim.why = "estimate", claim.why + " · bracket"

    def _name(self, token: Token, index: int) -> None:
        state = self.state
        if token.what.level:
            state.level, state.level_list = token.what.level, True
        if theme := self.recogniser.indicators.themes_in(token.what.head):
            state.theme = state.name_theme = theme
        state.named, state.part, state.granted = True, False, False
        topic = names.named(token, state, self.scene)
        state.names = [*state.names, topic] if self._in_list(index) else [topic]
        if len(state.names) > 1:
            state.last_names = list(state.names)
        state.topic, state.used, state.fresh, state.unknown = topic, index in self.taken, index not in self.taken, ""
        state.growth = state.growth_base = ""
        if index in self.taken:
            state.names = []
        if state.share_open:
            state.share, state.share_open = "", False

    def _in_list(self, index: int) -> bool:
        """Whether a name goes on a list: only 、, 和, a level or the like since the name before."""
        for token in reversed(self.tokens[:index]):
            if token.kind == "name":
                return bool(self.state.names)
            if not (token.kind in ("level", "and") or (token.kind == "mark" and token.what in LIST_MARKS)):
                return False
        return False

    def _level(self, token: Token, index: int) -> None:
        state = self.state
        state.level, state.level_list, state.fresh = token.what.level, True, True
        following = self._next(index)
        if state.topic and (following is None or following.kind in ("number", "function", "mark", "total", "link", "new", "each")) and not self._name_before_number(index):
            call = self.recogniser.indicators.at_level(state.topic.call.head, token.what.level)
            if call:
                self._name(Token("name", call, token.start, token.end), index)
            else:
                state.topic, state.unknown = None, self.folded[token.start : token.end]

    def _name_before_number(self, index: int) -> bool:
        for token in self.tokens[index + 1 :]:
            if token.kind in ("name", "number") or (token.kind == "mark" and token.what in "，；。"):
                return token.kind == "name"
        return False

    def _next(self, index: int) -> Token | None:
        return self.tokens[index + 1] if index + 1 < len(self.tokens) else None

    # -- dates --------------------------------------------------------------------------------------------------------
    def _date(self, token: Token, index: int) -> None:
        state, when = self.state, token.what
        if when.base == "years" or self._attributive(index):
            self._years(token, index)
            return
        if self.scene.answering and state.topic == self.scene.topic:
            state.unknown = ""  # an answer keeps its topic past what leads in to a date
        if when.base == "now":
            state.now, state.fresh = True, True
            if state.status == "target" and not state.to:
                state.status = "actual"
            if self._bound_to_number(index):
                return
            state.date = state.date_at = None
            if self.scene.published:
                state.first_date = state.first_date if self.spoken else None
            return
        frame = self._frame(when)
        period = periods.resolve(when, self.scene.published, frame.period if frame else None)
        if period is None:
            return
        dated = Dated(period, "stated" if when.base in ("absolute", "publication", "month") or frame else "assumed")
        if self._compares(index):
            state.growth_base = "yoy" if self._year_before(period) else "other"
            state.compared = state.growth_base == "other"
            return
        state.fresh, state.now, state.part_framed = True, False, True
        self._judge(when, period, index)
        if index and self._bound_to_number(index):
            state.number_date, state.number_date_at = dated, token
            if state.date is None:
                state.date, state.date_at = None, None
            self._remember(token, dated, index)
            return
        if not self.spoken and not state.named and state.first_date is None:
            state.first_date, state.first_date_at = dated, token
        state.date, state.date_at = dated, token
        self._remember(token, dated, index)
        if not self.brackets:
            self.stated = dated if state.status == "actual" else self.stated
            self.segment = self.stated
            if not self.claims and all(t.kind in ("mark", "function", "other") for t in self.tokens[:index]):
                self.date_first = self.date_first or dated

    def _frame(self, when: When) -> Dated | None:
        """The date that a bare or relative one leans on: the sentence's, the paragraph's, the year under review.

        Months without a year in a new sentence (截至10月底) do not lean on a year that an earlier one only mentioned.
        """
        scene, own = self.scene, self.state.date or self.state.first_date
        if own or self.state.number_date:
            return own or self.state.number_date
        if when.months is not None:
            return scene.opening or scene.review
        return scene.last or scene.opening or scene.review

    def _remember(self, token: Token, dated: Dated, index: int) -> None:
        """Keep lists of dates: 2020年末、2025年9月末分别为 …"""
        before = [t for t in self.tokens[:index] if t.kind != "place"]
        listed = bool(before) and (before[-1].kind == "and" or (before[-1].kind == "mark" and before[-1].what in LIST_MARKS))
        if listed and self.state.last_dates and len(before) > 1 and before[-2].kind == "date":
            self.state.last_dates.append((dated, token))
            if self.state.first_date is self.state.last_dates[0][0]:  # a list of dates is dealt out and frames nothing
                self.state.first_date = self.state.first_date_at = None
        else:
            self.state.last_dates = [(dated, token)]

    def _attributive(self, index: int) -> bool:
        """2021年发布的《规划》: when a document appeared dates no figure."""
        if _APPEARED.match(self.folded, self.tokens[index].end):
            return True
        following = self.tokens[index + 1 : index + 3]
        return len(following) == 2 and following[0].kind == "function" and following[0].what.word == "的" and following[1].kind == "word"

    def _years(self, token: Token, index: int) -> None:
        state, when = self.state, token.what
        if when.year and when.last_year:
            state.last_dates = [(Dated(Period.year(year), "stated"), token) for year in range(when.year, when.last_year + 1)]
            state.fresh = True
        elif when.base == "years" and not self.folded[token.start : token.end].startswith(("用", "未来", "今后")):
            state.years = True

    def _expected(self, index: int) -> bool:
        """Whether 预计 stands in the same clause before a date: 预计2025年达 …"""
        for token in reversed(self.tokens[:index]):
            if token.kind == "expect":
                return True
            if token.kind == "mark" and token.what in "，；":
                return False
        return False

    def _judge(self, when: When, period: Period, index: int) -> None:
        """A date settles the status: what is still to come is no fact, what is past is no plan."""
        state, published = self.state, self.scene.published
        if published is None:
            return
        ahead = when.until and not state.now or self.scene.planned_section
        if state.status == "estimate" and not self._expected(index):
            state.status = "actual"
        closing = when.base == "frame" and when.point and (period.start - published).days <= 31  # 年末, said in December
        if (period.start > published and not closing) or (ahead and period.end > published):
            if state.status != "estimate":
                state.status = "target"
        elif state.status == "target" and period.end <= published:
            state.status, state.planned = "actual", False

    def _compares(self, index: int) -> bool:
        """Whether a date is only what a growth is measured against: 比2020年增长, 较2023年底."""
        before = self.tokens[index - 1] if index else None
        if before is None or before.kind != "compare" or before.what.word not in ("比", "较", "相比", "高于", "对比"):
            return False
        return self._ahead(index, ("grow", "fall", "new", "to")) and not self._ahead_number_first(index)

    def _ahead(self, index: int, kinds: tuple[str, ...]) -> bool:
        for token in self.tokens[index + 1 :]:
            if token.kind in kinds:
                return True
            if token.kind == "mark":
                return False
        return False

    def _ahead_number_first(self, index: int) -> bool:
        following = [t for t in self.tokens[index + 1 : index + 3] if t.kind != "function"]
        return bool(following) and following[0].kind == "number"

    def _year_before(self, base: Period) -> bool:
        own = self.state.date or self.state.first_date or self.scene.last
        if own is None and self.claims:
            own = Dated(self.claims[-1].period, "stated")
        year = own.period.end.year if own else (self.scene.published.year if self.scene.published else 0)
        return base.end.year == year - 1

    def _bound_to_number(self, index: int) -> bool:
        """Whether a date binds the next number only: 2023年底的14家, 去年同期是58家."""
        word = self.folded[self.tokens[index].start : self.tokens[index].end]
        following = self.tokens[index + 1 : index + 3]
        if following and following[0].kind == "number" and (self.state.from_ or self.state.to):
            return True
        if len(following) > 1 and following[0].kind == "function" and following[0].what.word == "的" and following[1].kind == "number":
            return True
        return "同期" in word or "这时候" in word or "此时" in word

    # -- places -------------------------------------------------------------------------------------------------------
    def _place(self, token: Token, index: int) -> None:
        state, where = self.state, token.what
        if where.kind == "organisation":
            return
        if where.kind == "company" and self._is_word(index) and not self._subject(index):
            self._word(Token("word", where.place, token.start, token.end))
            return
        place = located(where, self.catalogue, self.scene, state.place)
        previous = self.tokens[index - 1] if index else None
        if previous is not None and previous.kind == "place" and previous.end == token.start and where.kind == "rank" and state.place not in (ELSEWHERE,):
            place = state.place if previous.what.kind == "known" else place  # 苏州全市
        if self._share_place(token, index, place):
            return
        if self._compared(index) or where.place in ("world", "country", "province") and not self._opens(index):
            return
        if place == "":
            place = ELSEWHERE if where.kind != "rank" else state.place
        self._list_places(token, index, place)
        if self._awarding(index, place) or (where.kind in ("known", "weak") and self._object(index)):
            return
        state.place, state.place_basis, state.place_at = place, "stated", token
        state.fresh = state.part_framed = True
        if place == COMPANY:
            state.topic, state.names = None, []
        following = self._next(index)
        if following is not None and following.kind == "compare":
            return  # 深圳比我们…: for this sentence only
        if place == ELSEWHERE and (self.scene.block or any(t.kind == "place" and t.what.kind != "elsewhere" for t in self.tokens[:index])):
            return  # a comparison with another city, not a paragraph about it
        if not self.brackets and self._subject(index) and holds_for(place, self.scene, self.catalogue) == "paragraph":
            self.subject = place

    def _is_word(self, index: int) -> bool:
        """公司 inside a longer word or before a verb of no subject is no company of its own."""
        return self.folded[self.tokens[index].start : self.tokens[index].end] == "公司"

    def _share_place(self, token: Token, index: int, place: str) -> bool:
        """A place in a share (占全市的, 在苏州的占比): it compares and sets nothing."""
        state = self.state
        before = [t for t in self.tokens[max(0, index - 3) : index] if not (t.kind == "function" and t.what.word in ("到", "了", "约"))]
        word = self.folded[token.start : token.end]
        if before and before[-1].kind == "place" and state.share:  # 占苏州全市的
            return True
        if before and before[-1].kind == "share" and before[-1].what.word != "占比":
            state.share, state.share_open = self._whole(token, place), True
            return True
        if before and before[-1].kind == "mark" and before[-1].what in LIST_MARKS and state.share_said:
            state.share, state.share_open = self._whole(token, place), True
            return True
        if before and before[-1].kind in ("link", "function") and before[-1].what.word == "在" and self._ahead(index, ("share",)):
            state.share, state.share_open = self._whole(token, place), True
            return True
        return bool(word == "全市" and before and before[-1].kind == "share")

    def _whole(self, token: Token, place: str) -> str:
        """The larger place of a share; never the place itself."""
        if token.what.kind == "rank":
            own = self.state.place if self.state.place in self.catalogue.places else self.scene.own
            if place == own:
                return larger(own, self.catalogue) or "?"
        return place if place in self.catalogue.places else "?"

    def _compared(self, index: int) -> bool:
        before = self.tokens[index - 1] if index else None
        if before is None:
            return False
        if before.kind == "compare" or self.folded[before.start : before.end] in ("超过", "赶超", "追上", "不如"):
            return True
        following = self._next(index)
        if before.kind == "and" and before.what.word == "与" and following is not None and following.kind == "word":
            return True  # 与苏州相望
        if before.kind == "place" and index > 1 and self.tokens[index - 2].kind == "compare":
            return True
        return before.kind in ("and",) and before.what.word in ("与",) and self._ahead(index, ("compare",))

    def _awarding(self, index: int, place: str) -> bool:
        """A larger place inside the sentence of a smaller one names who awards: 园区获批…、苏州市首批…实验室."""
        at, following, before = self.state.place, self._next(index), self.tokens[index - 1] if index else None
        if self.state.place_at is None or following is None or before is None or following.kind not in ("other", "name", "level", "theme", "word"):
            return False
        if before.kind == "mark" and before.what in "，；：" or before.kind in ("date", "part"):
            return False
        while at in self.catalogue.places:
            at = self.catalogue.places[at].within
            if at == place:
                return True
        return False

    def _object(self, index: int) -> bool:
        """A place behind an unknown verb and before an unknown noun (承接江苏省…攻关项目) is no frame."""
        before, following = self.tokens[index - 1] if index else None, self._next(index)
        if before is None or before.kind not in ("word", "award", "new", "number"):
            return False
        return following is None or following.kind in ("word", "other") or (following.kind == "function" and before.kind == "number")

    def _opens(self, index: int) -> bool:
        """全国 and 全省 are places only where they open a clause or stand before a date, a name, a number or a verb."""
        before = self.tokens[index - 1] if index else None
        following = self._next(index)
        return (before is None or before.kind in ("mark", "date", "place", "part")) and following is not None and following.kind in (
            "date", "name", "number", "total", "new", "link", "mark", "level", "function", "grow",
        )  # fmt: skip

    def _subject(self, index: int) -> bool:
        """Whether a place is the subject or opens the clause."""
        for token in reversed(self.tokens[:index]):
            if token.kind == "mark":
                return token.what not in "、"
            if token.kind not in ("date", "place", "and", "function", "part", "link", "other"):
                return False
        return True

    def _list_places(self, token: Token, index: int, place: str) -> None:
        before = self.tokens[index - 1] if index else None
        listed = before is not None and (before.kind == "and" or (before.kind == "mark" and before.what in LIST_MARKS))
        if listed and self.state.last_places and index > 1 and self.tokens[index - 2].kind == "place":
            self.state.last_places.append((place, token))
        else:
            self.state.last_places = [(place, token)]

    # -- cues ---------------------------------------------------------------------------------------------------------
    def _new(self, token: Token, index: int) -> None:
        self._verb("new", index)

    def _award(self, token: Token, index: int) -> None:
        self._verb("award", index)

    def _total(self, token: Token, index: int) -> None:
        self._verb("total", index)

    def _verb(self, verb: str, index: int) -> None:
        state = self.state
        state.fresh = True
        if verb == "total" and state.verb == "new" and self._batched:
            return
        if verb == "award" and state.verb == "total" and not self._clause_opens(index):
            return  # 累计获评
        if verb == "total" and state.verb == "new" and self.tokens[index - 1].kind == "new":
            return
        if self._name_follows(index):
            state.verb, state.verb_once = verb, ""
        else:
            state.verb_once = verb

    def _clause_opens(self, index: int) -> bool:
        return index == 0 or self.tokens[index - 1].kind == "mark"

    def _name_follows(self, index: int) -> bool:
        """Whether a verb stands before its name, so that it governs the list that follows."""
        for number, token in enumerate(self.tokens[index + 1 :], index + 1):
            if token.kind == "name":
                return True
            if token.kind == "number":
                return shapes.name_after(self, number) is not None
            if token.kind == "mark" and token.what in "，；。":
                return False
        return False

    def _since_january(self, token: Token, index: int) -> None:
        self.state.since_january = True
        self.state.growth_base = "yoy"

    def _grow(self, token: Token, index: int) -> None:
        self._growth(token, "grow")

    def _fall(self, token: Token, index: int) -> None:
        self._growth(token, "fall")

    def _growth(self, token: Token, sign: str) -> None:
        state = self.state
        state.growth = sign
        if token.what.word.startswith("同比"):
            state.growth_base = "yoy"
        elif state.compared and not state.growth_base:
            state.growth_base = "other"

    def _yoy(self, token: Token, index: int) -> None:
        word = token.what.word
        if "同期" in word and self._bound_to_number(index):  # 较去年同期的85家
            self._date(Token("date", When("frame", -1), token.start, token.end), index)
            return
        self.state.growth_base = "yoy"
        self.state.since_january = word.endswith(("末", "底"))

    def _average_growth(self, token: Token, index: int) -> None:
        self.state.growth, self.state.growth_base = "grow", "average"

    def _from(self, token: Token, index: int) -> None:
        self.state.from_ = any(t.kind == "to" for t in self.tokens[index:])
        if not self.state.from_:
            self._function(token, index)

    def _to(self, token: Token, index: int) -> None:
        self.state.to, self.state.fresh, self.state.from_ = True, True, False

    def _share(self, token: Token, index: int) -> None:
        state = self.state
        if token.what.word in ("的占比", "的比重", "占比") and state.share:
            return
        if token.what.word == "占比" and (whole := self._whole_before()):
            state.share, state.share_open = whole, True
            return
        following = self._next(index)
        if following is not None and following.kind in ("word", "name"):
            state.share, state.share_open = "?", False
        elif not state.share:
            state.share, state.share_open = "open", True
        state.fresh = True

    def _whole_before(self) -> str:
        """全省760个，苏州224个，占比近三成: the whole is the larger place named before."""
        if not self.claims:
            return ""
        last = self.claims[-1]
        outer, at = set(), last.place
        while at in self.catalogue.places:
            at = self.catalogue.places[at].within
            outer.add(at)
        same = [c.place for c in self.claims if c.topic == last.topic and c.place in outer]
        return same[-1] if same else ""

    def _plan(self, token: Token, index: int) -> None:
        state, word, following = self.state, token.what.word, self._next(index)
        if word == "目标" and self._announces(index):
            pass
        elif word in ("目标", "目标数", "目标值") and not (following is not None and (following.kind == "link" or (following.kind == "mark" and following.what in "：:"))):
            if following is None or following.kind in ("mark",) or following.kind == "function":
                return
        if word in ("计划", "拟", "要求", "努力") and following is not None and (following.kind == "word" or following.what in ("项目",)):
            if word != "计划":
                return
        if word in ("将", "要") and state.date and self.scene.published and state.date.period.end < self.scene.published:
            return
        state.status, state.planned = "target", True
        state.fresh = True
        if state.date and self.scene.published and state.date.period.end < self.scene.published and self.scene.plan:
            state.date = self.scene.plan

    def _announces(self, index: int) -> bool:
        """目标已经排定：… and the like: a colon before any number."""
        for token in self.tokens[index + 1 :]:
            if token.kind == "mark" and token.what in "：:":
                return True
            if token.kind == "mark" and token.what == "，":
                return bool(_IS.match(self.folded, token.end))
            if token.kind in ("number", "name") or (token.kind == "mark" and token.what in "；。"):
                return False
        return False

    def _expect(self, token: Token, index: int) -> None:
        state = self.state
        state.fresh = True
        if not (state.status == "target" and state.planned):
            state.status = "estimate"

    def _refute(self, token: Token, index: int) -> None:
        self.state.refuted = True

    def _correct(self, token: Token, index: int) -> None:
        self.state.refuted, self.state.fresh, self.state.unknown = False, True, ""

    def _ask(self, token: Token, index: int) -> None:
        self.state.asked = True

    def _condition(self, token: Token, index: int) -> None:
        if not (token.what.word in ("若",) and (following := self._next(index)) is not None and self.folded.startswith("只看", following.start)):
            self.state.asked = True

    def _each(self, token: Token, index: int) -> None:
        self.state.each, self.state.fresh = True, True
        if "新增" in token.what.word:
            self.state.verb_once = "new"
        if "增长" in token.what.word:
            self.state.growth = "grow"
        if token.what.word.endswith("至"):
            self.state.to = True

    def _former(self, token: Token, index: int) -> None:
        self._of_list(token.what.word)

    def _latter(self, token: Token, index: int) -> None:
        self._of_list(token.what.word)

    def _of_list(self, word: str) -> None:
        """前者, 后者 point into the last list of figures, names or places."""
        state = self.state
        state.former, state.fresh = word, True
        place = 0 if word.startswith("前") else -1
        if "两" not in word and not state.rows and len(state.last_names) > 1:
            state.topic, state.used, state.unknown = state.last_names[place], False, ""

    def _every(self, token: Token, index: int) -> None:
        self.state.every, self.state.fresh = True, True

    def _part(self, token: Token, index: int) -> None:
        self.state.part, self.state.part_at, self.state.part_framed, self.state.fresh = True, token.start, False, True
        self.state.growth = self.state.growth_base = ""

    def _compare(self, token: Token, index: int) -> None:
        if token.what.word not in ("比", "较", "相比", "与"):
            self.state.unknown = self.state.unknown or token.what.word
        if token.what.word in ("高出", "高于", "低于", "多于", "少于", "超出", "相差", "领先", "多出"):
            self.state.compared = True

    def _average(self, token: Token, index: int) -> None:
        self.state.per_unit = True

    def _grant(self, token: Token, index: int) -> None:
        self.state.granted = True

    def _this(self, token: Token, index: int) -> None:
        topic = self.scene.ratio if "比" in token.what.word else self.scene.topic
        if topic and (self.state.topic is None or self.state.topic == self.scene.topic):
            self.state.topic, self.state.used = topic, False
        self.state.fresh, self.state.unknown = True, ""

    def _span_of_years(self, token: Token, index: int) -> None:
        self.state.years = True

    def _number(self, token: Token, index: int) -> None:
        shapes.settle(self, index)
        self.spoken = True


__all__ = ["COMPANY", "ELSEWHERE", "PART", "Walk"]
