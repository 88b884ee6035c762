"""English words that steer the reading, each standing for the Chinese word that the linker knows.

In: the folded text of an English article. Out: mentions of `Cue`. Like the Chinese table this is a closed class, written
from the grammar; a word that is not here is unknown. The kinds of `SYNTAX` are read by `etl.link.english` alone, which
brings a sentence into the order of Chinese and drops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.model import Mention, Span
from etl.recognise import literals
from etl.recognise.cues import Cue

#: kind and the Chinese word → English phrases. A phrase that stands twice has the first meaning.
STEERING: dict[str, str] = {
    "new 新增": """added|adding|add|adds|new|newly|newly added|newly recognized|newly recognised|newly certified|newly
        approved|newly named|newly listed|additional|a net increase of|net increase of|a net gain of|welcomed|gained|newly built|newly
        registered|newly established|newly identified|newly accredited|newly designated|newcomers|new entries|new additions""",
    "total 累计": """muster|musters|mustered|can muster|command|commands|put up|puts up|putting up|put in place|installed|cultivate|nurture|foster|recruit|recruited|recruits|introduce|build|builds|built|building|create|creates|created|cultivating|nurturing|fostering|develop|developed|develops|owning|run|runs|running|attracted|attracts|attract|possesses|possess|accommodates|accommodated|fosters|fostered|nurtures|cultivates|features|claims|assembled|cumulative|cumulatively|has
        |have|had|having|boasts|boasted|boast|boasting|is home to|are home to|was home to|home to|hosts|hosted|hosting|host|houses|housed|owns|there are|there were
        |has built|have built|had built|built|has established|has set up|has gathered|gathered|gathers|gathering|has attracted
        |has accumulated|accumulated|count|counts|counted|numbered|number|numbers|numbering|brings the total to|bringing the total to|for a total of|to a total of|for a combined total of|bringing the total number to
        |brought the total to|taking the total to|concentrates|operates|clusters|brings together|brought together|has nurtured|has cultivated|cultivated|nurtured""",
    "award 获评": """won|win|winning|wins|earned|earn|earning|received|obtained|awarded|named|were named|rated|recognized|recognised|certified|accredited
        |designated|selected|shortlisted|made|made it onto|made it to|made it into|entered|joined|featured on|appeared on|included in|included on|placed on
        |granted|approved as|approved|honored|honoured|chosen|secured|gained the title of|carry|carried|hold|held|bear|bore|listed as|listed among|qualified as|got|crowned|inducted into|conferred|belong to|belongs to|belonging to|appear on|appear in|appears on|appears in|appeared in|figure on|figures on|figured on|feature on|features on|feature in|featured in""",
    "grow 增长": """rose|rise|rises|rising|risen|grew|grow|grows|growing|grown|increased|increase|increases|increasing|up|climbed|climb|climbing|expanded|expand
        |expanding|expansion|gain|jumped|jump|jumping|surged|surge|surging|growth|growth rate|soared|uptick|went up|an increase|a rise|edged up|inched up|ticked up|crept up|nudged up|moved up|picked up|rebounded|rebounding|swelled|ballooned|leapt|leaped|shot up|higher|soar|soars|soaring|surges|jumps|climbs|leap|leaps|leaping|rebound|rebounds|swell|swells|swelling|spike|spiked|spikes|spiking|rocketed|skyrocketed|skyrocketing|mushroomed
        |edge up|edges up|edging up|inch up|inching up|tick up|ticks up|ticking up|creep up|creeping up|pick up|picks up|picking up|shoot up|shooting up|go up|goes up|going up|shot higher|crept higher|edged higher|inched higher|moved higher""",
    "fall 下降": """fell|fall|falls|falling|fallen|dropped|drop|drops|dropping|declined|decline|declines|declining|decreased|decrease|decreasing|down|shrank|slipped|slid
        |contracted|contraction|dipped|lower|edged down|inched down|ticked down|went down|tumbled|plunged|plummeted|sank|retreated|a decrease|a decline|a fall|a drop|slipping|sliding|dipping|shrinking|slump|slumped|slumps|slumping|sagged|eased|easing|slide|slides|slip|slips|dip|dips|plunge|plunges|plunging|tumble|tumbles|tumbling|sink|sinks|sinking|shrink|shrinks
        |contracting|retreating|nosedived|nosediving|shed|shedding|edge down|edging down|inch down|inching down|tick down|ticking down|go down|goes down|going down|crept down|creeping down|edged lower|inched lower|drifted lower""",
    "yoy 同比": """y/y|yr/yr|yr-on-yr|year-to-year|y-y|year-on-year|year on year|year-over-year|year over year|yoy|y-o-y|on a yearly basis|on a year-on-year basis|from a year earlier|from a year ago
        |from the previous year|from the year before|from the prior year|over the previous year|over the prior year|on the previous year|on the year|than a year earlier|than a year ago
        |than the previous year|than in the previous year|than last year|than the year before|compared with the previous year|compared to the previous year
        |compared with a year earlier|compared with a year ago|compared to a year earlier|compared with the same period last year|compared to the same period last year|from the same period last year
        |from the same period a year earlier|over the same period last year|over the same period of the previous year|than the same period last year|compared with the same period of last year|from the same period of last year
        |compared with last year|compared to last year|from last year|on last year|over last year|from a year before|than in the same period last year|year by year""",
    "average_growth 年均": """annual growth rate|annual growth|annual increase|annual rate|average annual growth|average annual growth rate|average annual rate|average annual increase|average yearly growth|annual average growth|annual growth averaging
        |compound annual growth rate|compound annual growth|compound annual rate|compound growth|m/m|q/q|h/h|mom|qoq|month-on-month|month on month|quarter-on-quarter|quarter on quarter
        |month-over-month|from the previous month|from a month earlier|from the previous quarter|growing annually by|an average of annually|annualized""",
    "from 由": "from",
    "to 增至": "rose to|grew to|increased to|climbed to|expanded to|jumped to|surged to|fell to|dropped to|declined to|decreased to|soared to|rising to|growing to|increasing to|up to now to",
    "plan 力争": """looking ahead to|looking ahead|looking forward to|looking further ahead|going forward|in the year ahead|for the year ahead|
        was to|were to|was to be|were to be|was supposed to|were supposed to|is supposed to|are supposed to|was due to|were due to|are due to|asks for|asked for|asking for|had asked for|had called for|calling for
        |had wanted|had wanted to|aimed for|aimed at|had aimed for|had aimed at|had aimed to|had planned|had planned to|had targeted|had hoped for|had hoped to|hoped to|hoped for|hopes for|sought to|had sought|provided for|provides for|stipulated|stipulates|had envisaged|had envisioned|had foreseen|had promised|promised|promises|promised to|had set out to|set out to|sets out to|was meant to|had pencilled in|had penciled in|had pledged|to-do list|to-do list is|wish list|wish list is|should|should be|should number|plans to|plan to|planned to|plan is to|planning to|planned|aims to|aim to|aimed to|aiming to|aims for|aiming for|aims at|aim is to|aims|aiming|target|targets|targeted|targeting|the target is
        |will|will be|is to|are to|goal|goal is to|goals|calls for|called for|calling for|seeks to|seek to|seeking to|strives to|strive to|striving to|striving for|strives for|strive for|targeting|aiming at|set a goal of|set a target of|vows to|vowed to|pledges to|pledged to|pledged|intends to|hope to|hopes to|hoping to|wants to
        |should reach|must reach|envisages|envisaged|envisions|envisioned|foresees|foresaw|foreseeing|envisaging|proposes|proposed|looks to|looking to|set its sights on|sets its sights on|eyes|eyeing|is due to|would|to be raised to|ambition|ambition is to|committed to|resolves to|shoot for|no later than|want|wants|wanted|want to|wants to|wanted to|is planned|are planned|is targeted|are targeted|is slated to|are slated to|slated to|ambitions|it is planned|has set a goal|has set a target|has set itself|have set themselves|had set itself|set itself|set themselves|has set its sights on|is meant to|are meant to|meant to|set their sights on|have set their sights on|has set their sights on|set sights on|has set sights on|have set sights on|setting its sights on|setting their sights on|sets the bar at|set the bar at|pencilled in|penciled in|pencils in|has pencilled in|has penciled in""",
    "expect 预计": """we estimate|we forecast|we expect|we project|we reckon|we anticipate|we look for|we model|we pencil in|analysts estimate|analysts forecast|analysts expect|analysts project|economists expect|economists forecast|our forecast is|our estimate is|our base case is|our base case is for|our base case has|consensus is|consensus is for|consensus sees|consensus expects|consensus has
        |will almost certainly|will likely|will most likely|will probably|is sure to|are sure to|is bound to|is almost certain to|looks set to|look set to|seems set to|looks likely to|may|might|could|is estimated|are estimated|is estimated that|is expected to|are expected to|expected to|expected|expects to|expects|expect|expecting|projected to|projected|projects to|forecast to|forecast|forecasts|estimated to|is estimated to|likely to|is likely to|set to|is set to|are set to|on track to|is on track to
        |poised to|on course to|anticipated|anticipates|may reach|could reach|predicted""",
    "outcome 已": "already",
    "refute 并非": """dismissed|dismisses|dismissing|debunked|debunks|rebutted|rebuts|not|isn't|wasn't|aren't|never|denied|denies|denying|refuted|refuting|untrue|incorrect|incorrectly|wrong|wrongly|mistakenly|erroneously|misstated|misstated as|misstates|misquoted|misreported|misreported as|misprinted
        |rumored|rumoured|rumors|rumours|contrary to|rather than|instead of|false|falsely|fake|inaccurate|no truth""",
    "correct 应为": "putting the number at|putting the figure at|put the number at|put the figure at|the real number is|the real figure is|the right number is|the right figure is|the true figure is|the correct figure is|the correct number is|the actual figure is|the actual number is|should read|should be|should have read|but rather|in fact is|is in fact|is actually|in reality",
    "condition 如果": "if|unless|were it to|assuming|provided that|even if|should it|whether|suppose",
    "each 分别": "respectively|in that order",
    "former 前者": "the former",
    "latter 后者": "the latter",
    "part 其中": "of those|including|includes|include|included|of which|of whom|of these|of them|among them|among these|among which|comprising|inclusive of|consisting of",
    "average 平均": "on average|average|averaged|averaging|per|per capita|apiece|a piece|every|an average of|daily|monthly|per day",
    "grant 奖励": "subsidies|subsidy|grant|grants|reward|rewards|loans|loan|credit|funding|financing|fund|funds|bonus|fine|fines|tax cuts|tax breaks|awards of|prize|incentive|incentives",
    "this 这一数字": """the figure|this figure|that figure|the number|this number|that number|the total|this total|the tally|the count|the scale|the value|the volume|the sum
        |the above figure|the figures|these figures|the amount""",
    "this 这一比例": "the proportion|this proportion|the ratio|this ratio|the share|this share|the percentage|this percentage|the rate",
    "share 占": """accounting for|accounted for|accounts for|account for|representing|represented|represents|represent|making up|made up|makes up|make up
        |contributing|contributed|contributes|contribute|supplied|supplies|supplying|constituting|constituted|constitutes|equivalent to|comprised|took up|takes up|equal to|equal|equals|equaled|equalled|equaling|equalling|was equal to|was equivalent to|works out at""",
    "link 达": """come in at|comes in at|coming in at|stopped at|stopped short at|finished at|ended at|ended up at|closed at|settled at|came out at|wound up at|landed at|stalled at|stuck at|levelled off at|leveled off at|plateaued at|held at|held steady at|held firm at
        |has been|have been|had been|having been|totaling|totalling|totaled|totalled|topped out at|reached|reaches|reach|reaching|hit|hits|hitting|stood at|stands at|stand at|standing at|amounted to|amounts to|came to|comes to|came in at|was|were|is|are|be|been|being
        |booked|books|booking|posted|posts|posting|reported|reports|reporting|registered|recorded|records|logged|worth|valued at|rank as|attained|attain|arrive at|put at|totals|achieved|achieves|achieve|achieving|running at|realized|realised
        |managed|mustered|turned in|eked out|turned out|churned out|raked in|brought in|turned over|netted|notched|notched up|chalked up|clocked|clocked up|racked up|delivered|delivers|generated|generate|generates|generating|yielded|saw|sees|see|exceeding|surpassing|deployed|set at|remained at|stayed at|maintained|completed|complete|completes|completing|finish|finished|conduct|conducted|push|pushed|pushing|bring|brings|bringing|brought|raise|raised|raising|lift|lifted|lifting|take|taking|boost|boosting|boosted""",
    "and 和": "and|as well as|plus|along with|together with|while|but|or|whereas|yet",
}

#: Kinds that only `etl.link.english` knows.
SYNTAX: dict[str, str] = {
    "noun": """companies|enterprises|firms|businesses|factories|plants|workshops|projects|products|platforms|institutions|institutes|labs|laboratories|centers|centres|ones|parks|models|clusters|cases|scenarios|entities
        |members|manufacturers|makers|players|operators|smes|groups|small and medium-sized enterprises|small and medium-sized firms|small and medium-sized companies|small and medium-sized businesses|small and medium-sized manufacturers|small and medium enterprises|small and mid-sized enterprises|small and midsize enterprises|small and medium-size enterprises|industrial parks|industrial plants|manufacturing plants|industrial facilities|manufacturing enterprises|manufacturing companies|manufacturing firms|industrial enterprises|industrial companies|industrial firms|local enterprises|facilities|sites|services""",
    "of": "of",
    "prep": "with|in|for|among|on|within|across|throughout|under|inside|into|by|off|over|out of|around|as|at|about|through|toward|towards|onto|near|via|to|outside|beyond|excluding|based in|located in|headquartered in|registered in|situated in",
    "relative": "which|who|whose|that|where|whom",
    "adjective": """net|coastal|inland|landlocked|wider|broader|greater|slight|modest|moderate|sharp|steep|healthy|robust|solid|steady|marginal|mild|hefty|sizeable|sizable|brisk|respectable|whopping|meager|meagre|mere|measly|paltry|lacklustre|lackluster|tepid|feeble|anaemic|anemic|sluggish|subdued|muted|stellar|impressive|dazzling|breakneck|blistering|handsome|tidy|stunning|striking|startling|remarkable|spectacular|further|small|tiny|home-grown|homegrown|large|larger|big|bigger|major|smaller|local|such|its|their|the|a|an|these|those|this|that|some|any|all|such|same|own|combined|overall|total|gross|aggregate|annual|yearly|full-year|cumulative|various|different|registered|active|certified|recognized|recognised|accredited
        |approved|so-called|officially|city's|region's|regional|citys|cities|chinese|domestic|valid|qualified|existing|current|present|neighboring|neighbouring|nearby|adjacent|fellow|more|further|another|other|entire|whole|municipal|jointly|fully""",
    "predicate": """on the national list|on the national roll|on the national roster|on the national register|on the national registry|on the national directory|on the national catalog|on the national catalogue|cleared the national filing|cleared national filing|cleared national registration|cleared the national registration|completed national registration|completed the national filing|obtained national registration|passed national registration|available|on offer|on stream|under cultivation|under municipal cultivation|under provincial cultivation|filed|filed with|cleared|carried|brought in|brought into|stationed|housed in|scattered|spread|drawn from|flew the flag|based there|working|work|works|carried out|carry out|carrying out|implemented|employing|employ|employs|put into operation|under way|underway|launched in total|completed filing|filing|operate|operating|operates|operated|settle|settled|settling|based|located|headquartered|situated|gathered|gather|cluster|clustered|exist|existing|call|calling|home|take root|taken root|took root|covering|covers|cover
        |spanning|span|ranging|registered|in operation|up and running|put into operation|put into use|in service|in use|listed|set up shop|there|here|established themselves|in place|active|on its books|on record|on the books|in all|alone|strong|online|went live|came into service|emerged""",
    "release": """released|issued|unveiled|published|launched|announced|founded|established|held|opened|inaugurated|signed|introduced|adopted|promulgated|rolled out|set up|started|began|begun|initiated|passed|kicked off|convened|enacted|dated|updated|drafted|approved""",
    "say": """city hall|town hall|city council|policymakers|planners|city leaders|local leaders|city officials|local officials|said|says|say|saying|show|shows|showed|shown|showing|according to|data|statistics|official|officials|authorities|authority|government|bureau|released|figures|figure|report|revealed|reveals|reveal|indicate|indicates|indicated|announced|announcing|noted|added that
        |told|disclosed|learned|showing that|statement|official data|official figures|spokesperson|department|commission|municipal government|local government|reporter|reporters|news conference|press conference|action plan|work report|plan|plans|the plan|an action plan|three-year action plan
        |document|guideline|guidelines|authorities said|blueprint|communique|yearbook|bulletin|conference|meeting""",
    "rate": "a year|each year|every year|per year|per annum|a month|a day",
    "function": """nevertheless|nonetheless|even so|all the same|as a whole|in full|faster than|slower than|quicker than|stronger than|weaker than|better than|ahead of|outpacing|outstripping|outperforming|beating|trailing|lagging|lagging behind|slowed to|slowed|slowing|accelerated to|accelerated|quickened to|quickened|set itself|set themselves|itself|themselves|treble|trebled|trebles|trebling|quintupled|quintuple|double|doubled|doubles|doubling|triple|tripled|tripling|quadrupled|twice|a total of|in total|altogether|total number of|the total number of|a combined total of|compared with|compared to|versus|vs|vs.|it|he|she|they|them|we|i|you|this|that|these|those|the|a|an|his|her|there|here|do|does|did|done|can|shall|also|still|just|even|only|even as|too|so|then|thus|therefore|meanwhile|moreover
        |furthermore|besides|in addition|additionally|however|though|although|because|since|after|before|during|until|till|once|when|as|than|more|most|least|less|fewer|both|either|neither|nor|one|ones|first|second|third|fourth|fifth|ranking|ranks|ranked|rank|leading|leads|lead|led
        |remains|remained|remain|continue|continued|continues|continuing|continued to|reflecting|making it|making|far|well|very|much|many|several|few|almost|nearly|about|around|roughly|approximately|some|up|down|out|off|over|under|above|below|again|once again|back|ahead|behind
        |percent|yuan|mark|threshold|milestone|level|levels|value|values|number of|the number of|amount of|scale|scale of|size|size of|volume|volume of|total|totals|total value|sum|combined|overall|all|each|by|for|with|without|of|to|into|onto|
        |highest|largest|biggest|most|the most|the highest|the largest|the biggest|nationally|globally|worldwide|eastern|east|southern|western|northern|central|today|yesterday|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|recently|lately|earlier|later|ago|alone
        |title|titles|status|label|labels|badge|badges|distinction|honor|honour|honors|list|lists|roster|roll|rolls|register|registry|honor roll|honour roll|catalog|catalogue|designation|designations|rankings|recognition|annual|annually|yearly|for the first time|first time|time|times over|followed by|follow|follows|following
        |city|district|county|park|province|country|region|area|areas|zone|place|places|way|tops|topping|record|a record|record high|a record high|new high|past|broke|broken|breaking|through|crossed|passed|pass|cross|exceed|exceeds|exceeded|surpass|surpasses|surpassed|top|topped
        |enterprises above designated size|industrial enterprises|industrial firms|above designated size|at current prices|in current prices|in comparable terms|year|years|month|months|period|quarter|half|end|start|beginning|it is|now|currently|like|how|what|why|whereby|thanks to|due to|amid|against|despite|between|without""",
}
#: Words of the folded text that end in -ly steer nothing and explain nothing away, but for these.
_NOT_ADVERBS = frozenset("supply assembly family fly reply italy july only apply rely ally monopoly".split())

_TABLE: dict[str, Cue] = {}


def _fill() -> None:
    for key, phrases in STEERING.items():
        kind, word = key.split()
        for phrase in phrases.split("|"):
            _TABLE.setdefault(" ".join(phrase.split()), Cue(kind, word))
    for kind, phrases in SYNTAX.items():
        for phrase in phrases.split("|"):
            if phrase := " ".join(phrase.split()):
                _TABLE.setdefault(phrase, Cue(kind, phrase))


_fill()
_PATTERN = re.compile(rf"(?<![a-z0-9&]){literals.pattern(_TABLE)}(?![a-z0-9&])(?:'s|'(?=\s))?")
_ADVERB = re.compile(r"(?<![a-z0-9-])[a-z]{3,}ly(?![a-z0-9-])")


def single(word: str) -> Cue | None:
    """The cue of one word that a longer phrase, lost to a neighbour, had covered (*the* in: the value-added output)."""
    return _TABLE.get(word.lower())


#: A verb of growth only before its number: advanced 5 percent, but advanced factories.
_ADVANCED = re.compile(
    r"(?<![a-z])(?:advanced|advancing|accelerated|added|gained|gaining)(?= (?:by )?\d[\d.]* ?(?:percent|%|per cent))"
)
#: They supply 48 percent of it: a verb of shares only before a percentage of something.
_SUPPLY = re.compile(
    r"(?<![a-z])(?:supply|supplying|provided?|provides|providing|furnish(?:es|ed)?)(?= (?:about |around |some |nearly |almost |over |more than |roughly |just over )?\d[\d.]* ?(?:percent|per cent|%) of )"
)
#: Kunshan plans 4,000 of them, plans for 30 more: a verb, where a number follows at once.
_PLANS = re.compile(
    r"(?<![a-z])plans(?= (?:for )?(?:(?:a total of|about|around|some|over|more than|at least|another|a further|nearly|no fewer than) )?(?!20\d\d(?!\d))\d)"
)
#: Set a floor of 1.2 trillion yuan: a verb of planning before its least.
_FLOOR = re.compile(r"(?<![a-z])(?:sets?|setting|has set|have set)(?= (?:a floor|a minimum) of )")
#: Came close to 80 billion yuan, came within a whisker of it: a verb of reaching before a hedge.
_CAME = re.compile(
    r"(?<![a-z])(?:came|comes|coming|come)(?= (?:close to|near to|to (?:about|around|over|nearly|almost|some|just)) )"
)
#: For a year-end tally of 58: all there are, after what was added.
_FOR_A_TALLY = re.compile(
    r"(?<![a-z])(?:for|making|giving|leaving|which makes|which made) (?:it )?(?:an? )?(?:new |running |year-end |cumulative |combined |overall |grand )?(?:total|tally|count)(?: there| citywide)? of(?![a-z])"
)
#: Bringing its tally to 121, took the number of them to 18: what follows is the whole, not what was added.
_BRINGS = re.compile(
    r"(?<![a-z])(?:bring(?:s|ing)?|brought|tak(?:es?|ing)|took|push(?:es|ed|ing)?|lift(?:s|ed|ing)?|rais(?:es?|ed|ing)|boost(?:s|ed|ing)?|carr(?:y|ies|ied|ying)) "
    r"(?:the|its|their|that|this|his) (?:[a-z'-]+ ){0,3}(?:totals?|tally|tallies|numbers?|counts?|sum|aggregate|figures?)(?: number)?(?: there| here| citywide)? to(?![a-z])"
)


#: Words that steer only where something stands before or behind them, and the Chinese word that each is.
_SHAPES = (
    (_ADVANCED, Cue("grow", "增长")),
    (_SUPPLY, Cue("share", "占")),
    (_BRINGS, Cue("total", "累计")),
    (_FOR_A_TALLY, Cue("total", "累计")),
    (_FLOOR, Cue("plan", "力争")),
    (_PLANS, Cue("plan", "力争")),
    (_CAME, Cue("link", "达")),
)


def mentions(lower: str) -> Iterator[Mention[Cue]]:
    """Every cue of the text, given in lower case; where two are equally long, the narrower one first."""
    for pattern, cue in _SHAPES:
        for match in pattern.finditer(lower):
            yield Mention(cue, Span(*match.span()), "cue")
    for match in _PATTERN.finditer(lower):
        word = match[0].removesuffix("'s").removesuffix("'")
        yield Mention(_TABLE[word], Span(*match.span()), "cue")
    for match in _ADVERB.finditer(lower):
        if match[0] not in _NOT_ADVERBS and match[0] not in _TABLE:
            yield Mention(Cue("function", match[0]), Span(*match.span()), "adverb")
