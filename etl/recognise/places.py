"""Places as the prose names them: 苏州工业园区, 园区, 全市, 无锡, 黄埭镇, 该公司.

In: the folded text and the catalogue. Out: mentions of `Where`. Which place 全市 or 园区 means depends on what the
article, its section or its sentence is about: the linker decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.catalogue import Catalogue
from etl.model import Mention, Span
from etl.recognise import literals


@dataclass(frozen=True, slots=True)
class Where:
    """A place as written.

    `kind`: known (`place` is its id) · weak (the same, but only in its own city's articles) · rank (全市: `place` is the rank) · elsewhere · part (of a place) · company ·
    organisation (a place that is only part of an organisation's name).
    """

    kind: str
    place: str = ""


#: Words for the enclosing place of a rank.
RANKS: dict[str, str] = {
    "city": "全市 市内 市里",
    "greater_city": "苏州大市 全大市 大市",  # never a city at county level
    "district": "全区 区内 全域",
    "county": "全县",
    "park": "园区 该园区 全园区 开发区 本园区",
    "campus": "科技园 该科技园 本科技园",
    "province": "全省 我省 省内 该省 省里",
    "country": "全国 我国 中国 大陆 全大陆 全中国 中国大陆 大陆全国 国内 内地",
    "world": "全球 世界",
    "own": "我们 咱们",
    "here": "这里 当地 园内 此地 该园",
    "here_city": "该市",
    "here_district": "该区",
    "own_city": "我市 本市 我们市 咱们市",
    "own_district": "我区 本区 我们区 咱们区",
    "own_county": "我县 本县 我们县 咱们县",
}
_RANK = {word: rank for rank, words in RANKS.items() for word in words.split()}
#: Suzhou has cities and districts, and no county: 该县 is another city's.
_COUNTY = re.compile("该县(?![级域])")
#: What follows a place in an organisation's name.
_ORGANISATION = re.compile(
    r"(?:市|省|区)?(?:委|政府|人民政府|工信|工业和信息化|统计|科技局|科技厅|发改|经信|商务|数据局|大数据|日报|晚报|广电|融媒|大学|学院|农商银行|农村商业银行|银行|海关|税务|电视台|实验室|"
    r"[\u3400-\u9fff]{0,8}(?:有限公司|股份|集团|(?<!上市)公司|局|厅|委员会|协会|学会|研究院|研究所|办公室|联合会|促进会|管委会|指挥部|法院|医院))"
)
#: 园区管委会: the office of the park that is called so.
_PARKS_OFFICE = re.compile("管委会(?:办公室)?|党工委(?:办公室)?|工委|(?:经发|科创|经济发展|科技创新)委")
#: The end of a part's name; up to six signs before it name it (黄埭高新区, 元和街道), two before 镇.
_PART_ENDS = re.compile(
    "经开区|经济技术开发区|开发区|街道|片区|度假区|合作区|保税区|综保区|科技城|新城|创新区|科创区|集聚区|功能区|商务区|自贸区|自贸片区|小镇|高铁新城|太湖科学城|科学城|产业新城"
    "|工业园(?=一园|一地|里|内|之内)|镇(?![江静痛定压村守])"
)
#: Parts that those ends do not give away.
_PARTS = re.compile(
    "(?:(?<![\u3400-\u9fff])|(?<=[，。：的]))(?:镇上|镇里|村里|村上|全镇|全村|我镇|本镇|该镇|我村|本村|该村)(?![的学中小卫])|周市镇|元和街道|太仓港(?!口|务|航)|(?:汾湖|黄埭|浒墅关|甪直|玉山|花桥|张浦|千灯)(?:国家级?|省级)?(?:高新技术产业开发区|高新区|经济技术开发区|经开区)"
)
#: Towns and subdistricts that the press names without 镇 or 街道, behind their own city (昆山花桥的软件业).
_TOWNS = (
    "花桥|巴城|周市|千灯|张浦|陆家|锦溪|周庄|淀山湖|玉山|杨舍|塘桥|金港|锦丰|乐余|凤凰|南丰|大新|海虞|梅李|古里|沙家浜|支塘|董浜|尚湖|辛庄|碧溪|琴川|虞山|莫城"
    "|城厢|沙溪|浏河|浮桥|璜泾|双凤|娄东|陆渡|盛泽|黎里|震泽|七都|平望|桃源|同里|汾湖|江陵|甪直|木渎|胥口|东山|临湖|光福|金庭|香山|越溪|横泾|郭巷|城南|长桥"
    "|渭塘|黄埭|望亭|阳澄湖|元和|黄桥|太平|北桥|漕湖|浒墅关|浒关|通安|狮山|横塘|枫桥|东渚|镇湖|娄葑|斜塘|唯亭|胜浦|金鸡湖|平江|金阊|沧浪|吴门桥|双塔|虎丘"
)
_NAMED = re.compile("[\u3400-\u9fff]{1,6}(?<![的在与和及、全本该各每诸])$")
_TOWN = re.compile("[\u3400-\u9fff]{2}(?<![的在与和及是市乡城])$")
_UNNAMED = ("经开区", "度假区", "保税区", "科技城", "高铁新城", "太湖科学城")  # names by themselves
#: Who gives an honour: 88款算法通过国家网信办备案.
_AGENCY = re.compile(
    "(?:国家|中央|省|市|区)?(?:互联网信息办公室|网信办|网信部门|工信部|工信厅|工信局|工业和信息化[部厅局]|发改委|发展改革委|发展和改革委员会|"
    "科技[部厅局]|经信[委局]|商务[部厅局]|数据局|市场监管总?局|知识产权局|药监局|住建[部厅局]|统计局)(?!门)(?:等?[一二三两四五六七八九十]?部门)?的?"
)
#: A district or county that no list has, where it is the subject of a figure (嘉定区完成规上工业总产值).
_DISTRICT = re.compile(
    "(?<![\u3400-\u9fff])(?![占比较超居]|.[全我本各])(?![全我本该各两辖市城地园片厂社景校港新湖山特街专])[\u3400-\u9fff]{2}[区县市](?=完成|实现|规上|规模以上|今年|去年|前三季度|上半年|全年|拥有|累计|增长|下降)"
    "|(?<=[的、与和在])(?![全我本该各两辖市城地园片厂社景校港新湖山特街专])[\u3400-\u9fff]{2}[区县市](?=完成|实现|规上|规模以上|拥有|累计|增长|下降)"
)
#: 三地占全市45%: several places together, none of which has the figure.
_TOGETHER = re.compile(
    "(?:(?<=[，。；：\n])|\\A)(?:上述|以上|这)?[两二三四五六七八九十][地区市](?=合占|加在一起|共|总|占|加起来|[^，。；：\\d]{0,14}(?:合计|总计|共计|相加|之和|总和))"
)
#: 铜仁市万山区: a district that its city names.
_CITYS_DISTRICT = re.compile(
    "(?<![\u3400-\u9fff])(?!苏州|本市|全市|我市)[\u3400-\u9fff]{2}市[\u3400-\u9fff]{2}[区县](?![域块级位间划分])|(?<=[与和及跟同的、])(?!苏州|本市|全市|我市)[\u3400-\u9fff]{2}市[\u3400-\u9fff]{2}[区县](?![域块级位间划分])"
)
#: 长三角规上工业总产值, 苏南五市合计: a region larger than the place, where it has the figure and is no field of a ranking.
_REGION = re.compile(
    "(?<![\u3400-\u9fff])(?:长三角|长江三角洲|珠三角|粤港澳大湾区|大湾区|京津冀|成渝|苏南|苏中|苏北|苏锡常|环太湖|沿沪宁|长江经济带|东部沿海)"
    "(?:地区|区域|三省一市|[三四五六七八九]市|城市群|各市|各地|整体|全域|城市|产业带)?的?"
    "(?=规上|规模以上|工业总产值|工业投资|高新技术企业|高企|人工智能企业|智能工厂|绿色工厂|上市公司|软件业务收入|算力规模|共有|共计|合计|累计|总共|增长|下降|拥有|新增|实现|完成|去年|今年|20\\d\\d年|灯塔工厂|小巨人|省级|国家级)"
)
#: 东沙湖科技园: a campus with a name of its own, where it opens its clause.
_NAMED_CAMPUS = re.compile(
    "(?<![\u3400-\u9fff])(?!国际|苏州)(?:(?![从在由与和看进到驻来住把对让该本全各离以是年月日季度今去前后时中里其目问说的了个家])[\u3400-\u9fff]){2,4}"
    "(?<!国际)(?:科技|软件|科创|创意)园(?!区)"
)
#: 苏宿工业园区: what its name puts another place beside is no park of ours.
_OTHER_PARK = re.compile(
    "(?<![\u3400-\u9fff])(?!中新|苏州|全国|全省|全市|国家|省级|市级|绿色|零碳|近零|智慧|特色|重点|各类|化工|精细|现代|新型|传统|我们|咱们|整个|这个|在|从|由|与|和|对|到|给|让|把|据|是|看|走进|来自|位于|位列|落户|入驻|超过|高于|低于|包括|其中|目前|去年|今年|同期|以及|而|但|及|跟|同)"
    "[\u3400-\u9fff]{2}工业园区"
)
#: 规下企业: those below the size that the figures of industry are of.
_BELOW_SIZE = re.compile("(?:规下|规模以下|限下)(?:的|工业)*企业")
#: 这个中心城区, 这座县级市: the place that was spoken of.
_THIS_CITY = re.compile(
    "这[个座](?:(?:中心|老|古|主|新|江南|工业|制造业|沿江|百强)?(?:城区|县级市|城市|板块)|[区市县](?![\u3400-\u9fff]))"
)
#: 与宿豫共建的工业园: what two places have made together is neither's.
_SHARED = re.compile(
    "[与和同跟][\u3400-\u9fff]{2,6}?(?:共建|合建|合办|共办|联建)的?(?:工业园|园区|产业园|开发区|合作区|飞地)区?"
)
_COMPANY = re.compile(
    r"(?:该|本|这家|一家|某|这个|公司|企业)?(?:公司自身|企业自身|该公司|该企业|这家企业|这家公司|公司)|(?:(?<![\u3400-\u9fff])|(?<=[把将在让给使]))(?:厂区|厂里|厂内|厂房里|机房里|机房内|车间里(?!的?(?:变化|改变|变迁|变革|故事|新面孔|风景|景象))|车间内|产线上|该厂|我厂|本厂|我们厂|咱们厂|这家厂|全厂)|(?:[这一某]家|一座|一处|一个)[\u3400-\u9fff]{0,10}(?:企业|公司|工厂|车企|钢企|龙头|代工厂|中心|厂|园区|平台|基地)"
    r"|某(?![些种年月日县区市地])[\u3400-\u9fff]{0,8}?(?:企业|公司|集团|工厂|厂商|大厂|[车药钢民国外]企|龙头|巨头)"
    r"|[这该][个座处家]?(?:厂区|工厂|厂房|车间|产业园|工业园|基地|智算中心|数据中心|算力中心|机房)"
    r"|(?<![\u3400-\u9fff])(?:本|该)?集团(?=拟|计划|预计|去年|今年|表示|称|斥资|将|旗下|已|还|方面)|(?<![\u3400-\u9fff])旗下(?=[\d一二两三四五六七八九十]|[^，。；\d]{0,4}(?:工厂|厂房|公司|车间))|自建(?:的)?算力"
    r"|[\u3400-\u9fff（）A-Za-z]{2,14}(?:有限公司|股份公司|集团公司|股份有限公司)"
    r"|(?:自家|自有|自建)的?(?:机房|厂房|车间|产线|工厂|仓库|实验室)(?:里头?|内|中)?"
)
#: 前年，它评上国家级“小巨人”: an honour without a count is won by one firm; a place wins so many.
_ITSELF = re.compile(
    "(?:它|他们家?)(?=(?:也|还|又|就|便|先后|已经?|曾|首次|一举|成功|刚刚?|才)*(?:评上|获评|入选|入围|晋级|晋升|跻身|跨进|被?认定|被?评为|成为|当选|拿下|拿到|摘得|捧回|挂上|荣获)(?:成|为)?了?"
    "[^，。；：\\d一二两三四五六七八九十]{0,16}(?:小巨人|单项冠军|高新技术企业|高企|专精特新|绿色工厂|智能工厂|灯塔工厂|瞪羚|独角兽)(?:中?小?企业|示范企业)?(?:的?称号|名单|行列|榜单|之列)?[，。；、！])"
)


class Reader:
    """The places of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[str, Where] = {name: Where("rank", rank) for name, rank in _RANK.items()}
        for place in catalogue.places.values():
            for name in place.weak:
                self._known.setdefault(name, Where("weak", place.id))
            for name in place.strong:
                self._known[name] = Where("known", place.id)
        self._known["园区"] = Where("rank", "park")
        own = literals.pattern(
            name
            for place in catalogue.places.values()
            if place.rank in ("district", "city_county")
            for name in place.strong
        )
        self._own_part = re.compile(rf"{own}(?:国家)?(?:高新技术产业开发区|高新区)")
        self._town = re.compile(rf"{own}(?:{_TOWNS})(?:镇|街道)?(?![区市湖口大金])")
        #: 常熟泗洪工业园: a park of its own, somewhere.
        self._named_park = re.compile(
            rf"{own}(?!人工|国家|高新|现代|智能|软件)[\u3400-\u9fff]{{2,4}}(?:工业园|合作园|产业园)区?"
        )
        #: 昆山的光电产业园，另有高新技术企业58家: a park within a place, which has something.
        self._park_within = re.compile(
            rf"(?:{own}|苏州工业园区|园区)的[\u3400-\u9fff]{{2,8}}(?:产业园|科技园|创新园|软件园|工业园|孵化器|产业基地)区?"
            r"(?=[里内中]?，?(?:另外?|现|已|还|也|共|目前|则|就|便)*(?:有|拥有|集聚|聚集|入驻|落户)了?[\u3400-\u9fffA-Za-z“”]{2,16}\d)"
        )
        self._elsewhere = catalogue.elsewhere - set(self._known)
        words = literals.pattern({*self._known, *self._elsewhere})
        self._pattern = re.compile(words)

    def mentions(self, folded: str) -> Iterator[Mention[Where]]:
        """Every place of the folded text."""
        for match in self._pattern.finditer(folded):
            word, (start, end) = match[0], match.span()
            if _inside_a_word(word, folded, start, end):
                continue
            yield self._named(word, folded, start, end)
        for kind, pattern, rule in (
            ("organisation", _AGENCY, "agency"),
            ("elsewhere", _DISTRICT, "district elsewhere"),
            ("elsewhere", _CITYS_DISTRICT, "district elsewhere"),
            ("elsewhere", _REGION, "region"),
            ("elsewhere", _COUNTY, "county elsewhere"),
            ("elsewhere", _OTHER_PARK, "park elsewhere"),
            ("part", self._own_part, "part of a place"),
            ("part", self._town, "part of a place"),
            ("part", self._named_park, "part of a place"),
            ("part", self._park_within, "part of a place"),
            ("part", _NAMED_CAMPUS, "part of a place"),
            ("part", _PARTS, "part of a place"),
            ("part", _BELOW_SIZE, "part of a place"),
            ("part", _TOGETHER, "several places"),
            ("part", _SHARED, "several places"),
            ("company", _COMPANY, "company"),
            ("company", _ITSELF, "company"),
        ):
            for match in pattern.finditer(folded):
                if match[0] not in self._known:
                    yield Mention(Where(kind, match[0]), Span(*match.span()), rule)
        for match in _THIS_CITY.finditer(folded):
            yield Mention(Where("rank", "here"), Span(*match.span()), "place")
        for match in _PART_ENDS.finditer(folded):
            before = (_TOWN if match[0] == "镇" else _NAMED).search(folded, max(0, match.start() - 6), match.start())
            span = Span(before.start() if before else match.start(), match.end())
            if (before or match[0] in _UNNAMED) and span.of(folded) not in self._known:
                yield Mention(Where("part", span.of(folded)), span, "part of a place")

    def _named(self, word: str, folded: str, start: int, end: int) -> Mention[Where]:
        """A name as a place, or as a part of an organisation's name."""
        where = self._known.get(word, Where("elsewhere", word))
        if word == "全市" and folded.endswith(_BEYOND, max(0, start - 6), start):
            where = Where("rank", "greater_city")  # 把视线放到全市, in an article on Kunshan
        named = where.kind in ("known", "elsewhere")
        office = _ORGANISATION if named else _PARKS_OFFICE if word == "园区" else None
        firms = named and _firms_of(folded, start, end)
        inner = self._pattern.match(folded, end) if where.kind == "known" else None
        if inner and _ORGANISATION.match(folded, inner.end()):  # 江苏省苏州市统计局
            return Mention(Where("organisation", where.place), Span(start, end), "organisation")
        if office and not firms and (organisation := office.match(folded, end)):
            return Mention(Where("organisation", where.place), Span(start, organisation.end()), "organisation")
        level = where.kind == "elsewhere" and word[-1] in "省市区" and folded.startswith("级", end)
        end += len("公司") * firms - level  # 浙江省级智能车间: 省 belongs to the level
        return Mention(where, Span(start, end), "place")


#: 苏州公司有19间: how many firms of a place are on a list; 国网苏州公司 is one firm.
_FIRMS = re.compile(
    "公司(?:共|也|则|就|已|一共|总共|合共|今年|新近|当中|里)*(?:有|占据?|拿下|拿到|入围|上榜|登榜|入榜|在榜|入选|包揽)?[约近超]?(?:[\\d一二两三四五六七八九十]+余?)[家间席个](?![㐀-鿿]{0,4}(?:子公司|分公司|工厂|门店))"
)


def _firms_of(folded: str, start: int, end: int) -> bool:
    """Whether 公司 behind a place that opens its clause are the firms there, as many as stand on a list."""
    opens = not start or folded[start - 1] in "，。；：、（\n有"
    return opens and _FIRMS.match(folded, end) is not None


_COUNTS = re.compile("(?:则|共|已)?(?:有|占|为|是|达)?[\\d近约超逾]")
#: 中国的灯塔工厂增至85座: what a country has, and how many.
_HAS_OF_IT = re.compile(
    "的[^，。；：、\\d]{2,12}?(?:总数|总量|数量|家数)?(?:已|共|累计|则|就|也)*(?:增[至到加]+|[升扩添涨达]到?至?|拥?有|为|是)[约近超]?\\d"
)
_HAS = re.compile("(?:已?拥?有|已|共)(?=[\\d一二两三四五六七八九十约近超逾])")


#: What leads from the own place to the larger one.
_BEYOND = ("放到", "放眼", "放在", "放诸", "放大到", "拉到", "扩大到", "延伸到", "放进", "放眼到", "移到", "投向")
_GIVES = re.compile("[^，。；\\d]{0,6}(?:认定|评定|评选|评出|下达|要求|交办|交给|布置|安排|部署|提出|签下|定[的下]|给)")


def _inside_a_word(word: str, folded: str, start: int, end: int) -> bool:
    """Whether the characters around show that it is no place here (全市场, 产业园区, 全国性)."""
    before, after = folded[start - 1 : start] if start else "", folded[end : end + 1]
    if word[0].isascii() and re.search("[A-Za-z]", before + after):
        return True
    if word in _RANK and after in ("场", "域", "性", "统", "脉", "民"):
        return bool(after)
    if word == "市里" and ("\u3400" <= before <= "\u9fff" or _GIVES.match(folded, end)):
        return True  # 城市里, 苏州市里; 市里下达的任务, 市里认定的: who gives says nothing of whose it is
    if word == "园区" and folded[max(0, start - 2) : start] == "整个":
        return False
    if word == "园区" and before and before in "业技慧流创税学示城新型类色家个座大镇村景校态":
        return not (before == "业" and _HAS.match(folded, end))  # 国家重点软件企业园区有31家
    if word == "科技园" and after in ("一", "二", "三", "四", "五", "六", "七", "区", "B", "A"):
        return True  # 科技园三期
    if word == "科技园" and before and before not in "的在自到从由是与和及驻进户、，。；：\n\t ":
        return True
    if word == "高新区" and before and before in "家级技土":
        return True
    if word == "大陆" and before and before in "新旧次亚欧美非古":
        return True
    return word == "中国" and not (_COUNTS.match(folded, end) or _HAS_OF_IT.match(folded, end))  # never of 中国信通院
