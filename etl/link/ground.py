"""Places in a sentence: subject, whole of a share, member of a list, or only compared with.

In: a place token of the walk. Out: the walk's state, changed. Source: reading.md §1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.link import bases, frameless, never, offices, rivals
from etl.link.scene import COMPANY, ELSEWHERE, PART, encloses, holds_for, larger, located
from etl.link.tokens import BEHIND, LIST_MARKS, WHOLE, Token

if TYPE_CHECKING:
    from etl.link.walk import Walk


def named(walk: Walk, token: Token, index: int) -> None:
    """Take a place in: as the place that holds, as the whole of a share, or as only compared with."""
    state, where = walk.state, token.what
    if where.kind == "organisation":
        if offices.FIRM.search(walk.folded, token.start, token.end) and _subject(walk, index):
            offices.firm(walk, token)
        else:
            offices.spoken(walk, token, index)
        return
    if _is_word(walk, index):
        walk.word(Token("word", where.place, token.start, token.end))
        return
    place = _place_of(walk, index)
    if _share_place(walk, token, index, place):
        return
    _remember(walk, token, place)
    if _compared(walk, index):
        walk.compared_place = place
        return
    if _sets_nothing(walk, index):
        return
    if place == "":
        place = ELSEWHERE if where.kind != "rank" else PART if where.place == "campus" else state.place
    _list_places(walk, token, index, place)
    attribute = where.kind in ("known", "weak") and place != PART and frameless.attribute(walk, index)
    if frameless.awarding(walk, index, place) or attribute:
        return
    state.place, state.place_basis, state.place_at = "" if _title(walk, index) else place, "stated", token
    state.fresh = state.part_framed = True
    state.part_place = any(t.kind == "part" and t.start >= walk.segment_start for t in walk.tokens[:index])
    if place == COMPANY:
        state.topic, state.names = None, []
    _note_subject(walk, index, place)


def _remember(walk: Walk, token: Token, place: str) -> None:
    """Keep the known places of the sentence, for 这里 and for 前者."""
    if place not in walk.catalogue.places:
        return
    attribute = walk.folded.startswith("的", token.end) and encloses(place, walk.mentioned, walk.catalogue)
    if token.what.kind == "known" and not attribute:  # 把相城唤作苏州的“后来者”
        walk.mentioned = place
    if not walk.brackets:
        walk.placed.append(place)


def _note_subject(walk: Walk, index: int, place: str) -> None:
    """What the sentence is about: a subject, or all of a list that begins with one (园区、相城、昆山三地…)."""
    listed = walk.state.last_places
    if _turned_to(walk, index, place):
        walk.subjects.append(place)
        return
    if _rules_paragraph(walk, index, place):
        walk.subjects.append(place)
    elif len(listed) > 1 and walk.subjects:
        walk.subjects += [listed_place for listed_place, _ in listed]


_FIGURES_OF = re.compile(
    "(?:全市|全省|全国|大市)?(?:的)?(?:数据|数字|层面|大盘|面上|账本|账面|情况)(?![^，。；]{0,4}[没未缺尚])"
)


def _turned_to(walk: Walk, index: int, place: str) -> bool:
    """翻查苏州全市数据，盘子依然很大。 A sentence without a figure that turns to a larger place's data leaves the own one."""
    larger_place = encloses(place, walk.scene.own, walk.catalogue)
    told = bool(_FIGURES_OF.match(walk.folded, walk.tokens[index].end))
    return larger_place and told and not any(t.kind == "number" for t in walk.tokens)


def _place_of(walk: Walk, index: int) -> str:
    """The place that a token means here; 全市 behind a list of its parts (园区、昆山…，全市) is none of those."""
    state, where = walk.state, walk.tokens[index].what
    if _said_again(walk, index) or _of_the_speaker(walk, index):
        return state.place
    listed = [place for place, _ in state.last_places]
    several = len(listed) > 1 and state.place == listed[-1]
    here = larger(listed[-1], walk.catalogue) if several and listed[-1] != ELSEWHERE else state.place
    place = located(where, walk.catalogue, walk.scene, here)
    if _own_zone(walk, index, place):
        return PART
    outer = several and where.kind == "rank" and place in listed
    return larger(place, walk.catalogue) or place if outer else place


def _own_zone(walk: Walk, index: int, place: str) -> bool:
    """高新区 in an article on Kunshan is a part of Kunshan; 开发区 is the park only where the park is spoken of."""
    word, scene = walk.folded[walk.tokens[index].start : walk.tokens[index].end], walk.scene
    if word == "高新区" and scene.own != place and _named_zone(walk, index):
        return True
    if word == "高新区" and _among_peers(walk, index):
        return False
    if word not in ("高新区", "开发区") or place in (walk.state.place, scene.block, scene.section, scene.own):
        return False
    own = walk.catalogue.places.get(scene.own)
    return word == "开发区" or (own is not None and own.rank in ("city_county", "district"))


_DISTRICTS = ("city_county", "district", "park")


def _among_peers(walk: Walk, index: int) -> bool:
    """比总量，高新区2715亿元，吴中区1872.5亿元: whether another place of its rank stands in the row, and no part of one.

    高新区2715亿元、昆山8610亿元: without a word for the row, right behind its figure.
    """
    own, places = walk.catalogue.places.get(walk.scene.own), walk.catalogue.places
    if own is None:
        return False
    if walk.in_a_row:
        known = [places[t.what.place] for t in walk.tokens if t.kind == "place" and t.what.kind == "known"]
        parts = any(t.kind == "place" and t.what.kind == "part" for t in walk.tokens)
        return not parts and any(at.within == own.within and at != own for at in known)
    rest = walk.tokens[index + 1 : index + 4]
    if (
        own.rank not in _DISTRICTS
        or [t.kind for t in rest] != ["number", "mark", "place"]
        or rest[1].what not in "，、"
    ):
        return False
    other = places.get(rest[2].what.place)
    told = any(t.kind == "place" and t.what.place == own.id for t in walk.tokens[:index])
    return not told and other is not None and other != own and other.rank in _DISTRICTS and other.within == own.within


_VISITED = (
    "走进",
    "来到",
    "走访",
    "聚焦",
    "放眼",
    "看看",
    "单看",
    "再看",
    "回看",
    "落户",
    "入驻",
    "进驻",
    "位于",
    "坐落",
)
_NAME = 2  # characters of the name of a zone


def _named_zone(walk: Walk, index: int) -> bool:
    """汾湖高新区: a zone with a name of its own, where it opens its clause."""
    before = walk.tokens[index - 1] if index else None
    if before is None or before.kind != "word" or before.end != walk.tokens[index].start or len(before.what) != _NAME:
        return False
    return before.what not in _VISITED and (index == 1 or walk.tokens[index - 2].kind == "mark")


def told_aside(walk: Walk, place: Token) -> bool:
    """其中昆山1174家；…, 园区占了4个；…: a place that is only a part of what the sentence is about."""
    following = next((t for t in walk.tokens if t.start >= place.end), None)
    apart = following is not None and following.kind in ("share", "each", "every")  # 张家港、常熟各有2个
    return walk.state.part or apart or _of_whole(walk)


def _of_whole(walk: Walk) -> bool:
    """算力1.24万P，吴江独占4600P，昆山2800P；…: parts told beside the whole, of the same thing, since the last semicolon."""
    whole = walk.segment_place[0]
    if not encloses(whole, walk.state.place, walk.catalogue):
        return False
    here = [c for c in walk.claims if c.number.start >= walk.segment_start]
    told = {c.indicator for c in here if c.place == whole}
    return any(c.indicator in told and encloses(whole, c.place, walk.catalogue) for c in here)


def _title(walk: Walk, index: int) -> bool:
    """江苏省首台（套）重大装备: the province may be part of the honour's name; whose the figures are, is open."""
    token, following = walk.tokens[index], walk.following(index)
    titled = (
        following is not None and following.kind == "name" and following.start == token.end and following.what.level
    )
    return bool(titled) and walk.folded[token.start : token.end] == "江苏省"


def _said_again(walk: Walk, index: int) -> bool:
    """苏州全市, or 该区 in a sentence that has named its place: the place that holds."""
    here = walk.tokens[index].what.place.startswith("here") and walk.state.place_at is not None
    return here or _apposed(walk, index)


def _apposed(walk: Walk, index: int) -> bool:
    """苏州全市: the rank says the place before it again."""
    token, before = walk.tokens[index], walk.tokens[index - 1] if index else None
    if before is None or before.kind != "place" or before.end != token.start or walk.state.place == ELSEWHERE:
        return False
    return bool(token.what.kind == "rank" and before.what.kind == "known")


def _of_the_speaker(walk: Walk, index: int) -> bool:
    """无锡的同行说：我们有6200家: behind a colon, 我们 are those whom the words before it name."""
    token, at = walk.tokens[index], walk.state.place_at
    return token.what.place == "own" and at is not None and "：" in walk.folded[at.end : token.start]


_SELF = re.compile("自己|自身|本身|这边|这头")
_SINGLED = ("单是", "光是", "仅是", "单单", "就连", "连")


def _rules_paragraph(walk: Walk, index: int, place: str) -> bool:
    """Whether a place holds for the rest of the paragraph: its subject, and no city only compared with."""
    following = walk.following(index)
    if walk.tokens[index].rule == BEHIND:
        return False
    if _SELF.match(walk.folded, walk.tokens[index].end) and _subject(walk, index):
        return not walk.brackets  # 园区自己也有本册子: told apart from what the paragraph before was about
    whole = walk.tokens[index].what.kind == "rank" or walk.tokens[index].rule == WHOLE
    if whole and encloses(place, walk.scene.own, walk.catalogue):
        return False  # 全市每五家就有一家, all of Suzhou: told of the larger place to measure the own one
    if following is not None and following.kind == "origin" and walk.spoken:
        return False  # 上市企业78家，从国际科技园走出的就有23家: a part of those
    shared = _SHARED.match(walk.folded, walk.tokens[index].end)  # 3款，全苏州的一成
    if shared or never.alone(walk.tokens, index + 1):
        return False  # 昆山一家就贡献了9亿元: a part of what the sentence is about
    if following is not None and following.kind in ("compare", "share"):
        return False  # 深圳比我们…; 工业园区占了4个
    if any(walk.folded[t.start : t.end] in _SINGLED for t in walk.tokens[:index]):
        return False  # 单是苏州国际科技园，便…
    if any(t.kind == "part" for t in walk.tokens[:index]) or _told_by_places(walk, index):
        return False  # 其中园区12家: a part of what the sentence is about
    own_before = any(t.kind == "place" and t.what.kind != "elsewhere" for t in walk.tokens[:index])
    if place == ELSEWHERE and (walk.scene.block or own_before or walk.compared_place):
        return False
    return not walk.brackets and _subject(walk, index) and holds_for(place, walk.scene, walk.catalogue) == "paragraph"


_SHARED = re.compile(
    "的(?:大?约|将?近|超过?|逾|不到|足足)?(?:[\\d.]+%|百分之|[一二两三四五六七八九]成|[\\d一二三四五六七八九十]+分之|一半|半数|半壁)"
)
_BY_PLACES = re.compile(
    "(?:[分按从](?:各|不同)?|拆到各|细分到各|具体到各|落到各|摊到各)(?:个)?(?:板块|地区|区域|县市区?|区市|区县|县区|市区|市县)(?:来)?(?:[看数算分说讲]|，)"
)


def _told_by_places(walk: Walk, index: int) -> bool:
    """分板块看，昆山2908亿元，占全市的…: what is told by places leaves the paragraph to the whole that they are parts of."""
    told = _BY_PLACES.search(walk.folded, walk.tokens[0].start, walk.tokens[index].start)
    return bool(told) and any(t.kind == "number" for t in walk.tokens[index:])


_AMONG = re.compile("(?:全市)?(?:各|诸|众)?(?:板块|区县|县市|县市区|区市|地区|城市)(?:里|中|之中|内)")


def _sets_nothing(walk: Walk, index: int) -> bool:
    """全国 in the middle of a clause, or where a company is (一家车企在苏州设立): no subject."""
    before = walk.tokens[index - 1] if index else None
    if frameless.passing(walk, index) or rivals.measures(walk, index):
        return True
    within = before is not None and walk.folded[before.start : before.end] == "在"
    behind = walk.tokens[index].rule == BEHIND  # 5,300 nationwide
    large = walk.tokens[index].what.place in ("world", "country", "province") and not behind and not _opens(walk, index)
    if within and _AMONG.match(walk.folded, walk.tokens[index].end):
        return True  # 在苏州各板块里名次靠后
    return large or (within and walk.state.place == COMPANY)


def _is_word(walk: Walk, index: int) -> bool:
    """公司 inside a longer word or before a verb of no subject is no company of its own."""
    token = walk.tokens[index]
    company = token.what.kind == "company" and walk.folded[token.start : token.end] == "公司"
    return company and not _subject(walk, index)


def _share_place(walk: Walk, token: Token, index: int, place: str) -> bool:
    """A place in a share (占全市的, 在苏州的占比): it compares and sets nothing."""
    state = walk.state
    before = [
        t
        for t in walk.tokens[max(0, index - 3) : index]
        if not (t.kind == "function" and t.what.word in ("到", "了", "约", "整个", "全"))
    ]
    word = walk.folded[token.start : token.end]
    if before and before[-1].kind == "place" and state.share:  # 占苏州全市的
        return True
    dealt = bool(before) and before[-1].kind == "each" and before[-1].what.word.endswith("占")  # 分别占全市的18%、14%
    if before and ((before[-1].kind == "share" and before[-1].what.word != "占比") or dealt):
        state.share, state.share_open = _whole(walk, token, place), True
        return True
    if before and before[-1].kind == "mark" and before[-1].what in LIST_MARKS and state.share_said:
        state.share, state.share_open = _whole(walk, token, place), True
        return True
    if (
        before
        and before[-1].kind in ("link", "function")
        and before[-1].what.word == "在"
        and bases.ahead(walk, index, ("share",))
    ):
        state.share, state.share_open = _whole(walk, token, place), True
        return True
    following = walk.following(index)
    ratio = following is not None and following.kind == "share" and following.what.word in ("占比", "占有率")
    if ratio and walk.claims and encloses(place, walk.claims[-1].place, walk.catalogue):
        state.share, state.share_open = place, True  # “小巨人”221家，全市占比26%
        return True
    if _OF_TOTAL.match(walk.folded, token.end):
        state.share, state.share_open = _whole(walk, token, place), True
        return True  # 约为全国总数的3.5%
    return bool(word == "全市" and before and before[-1].kind == "share")


_OF_TOTAL = re.compile(
    "(?:总数|总量|总规模)的(?:约|近|超|逾)?(?:[\\d.]+%|[一二三四五六七八九十]+成|[一二三四五六七八九十]+分之)"
)


def _whole(walk: Walk, token: Token, place: str) -> str:
    """The larger place of a share; never the place itwalk."""
    if token.what.kind == "rank":
        own = walk.state.place if walk.state.place in walk.catalogue.places else walk.scene.own
        if place == own:
            return "?" if walk.folded.endswith("内", 0, token.end) else larger(own, walk.catalogue) or "?"
    return place if place in walk.catalogue.places else "?"


def _compared(walk: Walk, index: int) -> bool:
    before = walk.tokens[index - 1] if index else None
    if before is None:
        return False
    word = walk.folded[before.start : before.end]
    if word == "位于" and walk.tokens[index].what.kind == "part":
        return False  # 位于吴中的软件产业园，集聚…企业120家
    if before.kind == "compare" or word in ("超过", "赶超", "追上", "不如"):
        return True
    following = walk.following(index)
    if before.kind == "and" and before.what.word == "与" and following is not None and following.kind == "word":
        return True  # 与苏州相望
    if before.kind == "place" and index > 1 and walk.tokens[index - 2].kind == "compare":
        return True
    return before.kind == "and" and before.what.word == "与" and bases.ahead(walk, index, ("compare",))


#: 放大到全大陆，…; 把镜头拉远到全省，…: the clause that turns to a larger place says nothing else.
_WIDENED = re.compile(
    "(?:\\A|(?<=[，。；：！？\\n]))(?:若|如果|再|要是|倘若)?(?:[把将](?:镜头|视线|目光|眼光|视野|范围|口径|尺子|坐标|盘子|账)|镜头|视线|目光|视野|范围)?(?:再|都)?"
    "(?:放大|放眼|放宽|放远|扩大|扩展|推开|推广|推|拉远|拉开|拉|放|移|转|投|搬|摆|看|望)(?:到|至|向|往|在|诸|进|回)?(?:整个)?\\Z"
)


def _opens(walk: Walk, index: int) -> bool:
    """全国 and 全省 are places only where they open a clause or stand before a date, a name, a number or a verb."""
    before = walk.tokens[index - 1] if index else None
    following = walk.following(index)
    if before is not None and before.kind == "name":
        return _told_of(walk, index)
    if _WIDENED.search(walk.folded, walk.tokens[0].start, walk.tokens[index].start) and following is not None:
        return walk.folded.startswith(("，", "来看", "看", "范围", "层面", "去看", "这"), walk.tokens[index].end)
    if before is not None and before.kind == "award" and _ALL_ON_IT.match(walk.folded, walk.tokens[index].end):
        return True
    return (before is None or before.kind in ("mark", "date", "place", "part", "and")) and following is not None and following.kind in (
        "date", "name", "number", "total", "share", "new", "award", "link", "mark", "level", "function", "grow", "fall",
        "plan", "expect", "yoy",
    )  # fmt: skip


#: 名录收录全国企业509家: all who stand on a list, wherever they are.
_ALL_ON_IT = re.compile("(?:的)?(?:企业|项目|工厂|单位|公司|产品)?(?:一共|总共|合计|共计|共)?(?:大?约|近|超过?)?\\d")
_TELLING = ("total", "new", "award", "grow", "fall", "link", "yoy", "plan", "expect", "function")


def _told_of(walk: Walk, index: int) -> bool:
    """国家级绿色工厂全省一共860家, 规上工业增加值全国增长6.5%: nothing but a verb stands between the place and its figure."""
    ahead = (t for t in walk.tokens[index + 1 :] if t.kind not in _TELLING)
    following = next(ahead, None)
    return following is not None and following.kind == "number"


def _subject(walk: Walk, index: int) -> bool:
    """Whether a place is the subject or opens the clause."""
    following = walk.following(index)
    origin = following is not None and following.kind == "origin"  # 从SISPARK走出了21家
    if _described(walk, index) or _station(walk, index):
        return True
    for token in reversed(walk.tokens[:index]):
        if token.kind == "mark":
            return bool(token.what != "、")
        if (token.kind == "from" and origin) or _epithet(walk, token):
            continue
        if token.kind not in ("date", "place", "and", "function", "part", "link", "other"):
            return False
    return True


def _epithet(walk: Walk, token: Token) -> bool:
    """苏州“台企聚落”吴江: what a place is called, between the larger place's name and its own."""
    return token.kind == "word" and any(quote.start <= token.start < quote.end for quote in walk.quoted)


_STATION = re.compile(
    "(?:\\A|[，。；：！\\n])(?:最后|首|下|头|末|又|再|这|此行|第[一二三四五六七八九十\\d]+|行程)的?一?站，?(?:便|就|则|又|是|到了?|来到|去了?|在|选在|选了|：)*\\Z"
)


def _station(walk: Walk, index: int) -> bool:
    """最后一站杭州滨江。 Where a journey has come to, as the last words of a clause without a figure."""
    token, following = walk.tokens[index], walk.tokens[index + 1 : index + 3]
    ends = any(t.kind == "mark" for t in following) or len(following) < 2
    return ends and bool(_STATION.search(walk.folded, max(0, walk.tokens[0].start - 1), token.start))


def _described(walk: Walk, index: int) -> bool:
    """工业垫底的姑苏，…: what is said of a place may stand before it where nothing but a comma follows."""
    following = walk.following(index)
    described = walk.folded.endswith("的", walk.tokens[0].start, walk.tokens[index].start)
    return described and following is not None and following.what == "，"


def _list_places(walk: Walk, token: Token, index: int, place: str) -> None:
    before = walk.tokens[index - 1] if index else None
    if _apposed(walk, index) and walk.state.last_places:
        walk.state.last_places[-1] = (place, token)
        return
    listed = before is not None and (before.kind == "and" or (before.kind == "mark" and before.what in LIST_MARKS))
    if listed and walk.state.last_places and index > 1 and walk.tokens[index - 2].kind == "place":
        walk.state.last_places.append((place, token))
    else:
        walk.state.last_places = [(place, token)]
