"""Opposites: words that reverse a sentence's meaning when one replaces the other.

Frequent English antonyms of news, in the senses of WordNet 3 that quotations depend on. flags.py
finds those made by a prefix ("likely", "unlikely").
"""

from collections import defaultdict
from collections.abc import Mapping

_PAIRS = """
able/unable above/below accept/reject,refuse accelerate/slow accuse/defend,exonerate
active/passive add/remove,subtract admit/deny,reject advance/retreat advantage/disadvantage
affordable/expensive afraid/brave,fearless against/for agree/disagree,refuse alive/dead
all/none allow/forbid,ban,prohibit,block,prevent ally/enemy,opponent,foe always/never,sometimes
ancient/modern answer/question appear/disappear,vanish approve/reject,disapprove,oppose
arrive/leave,depart asset/liability attack/defend,protect back/front,oppose bad/good,great
ban/allow,permit,legalize beautiful/ugly before/after begin/end,stop,finish believe/doubt,disbelieve
benefit/harm,hurt best/worst better/worse big/small,little bless/curse boom/bust,slump
borrow/lend bottom/top brave/cowardly bright/dark,dim bring/take broad/narrow build/destroy,demolish
buy/sell careful/careless,reckless cheap/expensive,dear clean/dirty clear/unclear,vague
close/open,far,distant cold/hot,warm combine/separate come/go common/rare complex/simple
condemn/praise,endorse confirm/deny,refute connect/disconnect conservative/liberal,progressive
correct/wrong,incorrect,mistaken courage/cowardice,fear create/destroy creator/destroyer
crooked/honest,straight dangerous/safe,harmless dark/light day/night dead/alive,living
decline/grow,rise,increase decrease/increase,rise,grow deep/shallow defeat/victory,win,success
democrat/republican democrats/republicans deny/confirm,admit difficult/easy,simple
disaster/success,triumph,miracle dishonest/honest disloyal/loyal divide/unite
domestic/foreign doubt/trust,believe down/up early/late easy/hard,difficult,tough east/west
empty/full encourage/discourage end/begin,start,beginning enemy/friend,ally enemies/friends,allies
enter/leave,exit evil/good expand/shrink,contract,reduce expensive/cheap export/import
fail/succeed,win failure/success fair/unfair,rigged fall/rise,grow false/true far/near
fast/slow fat/thin female/male few/many fewer/more fiction/fact fight/surrender
finish/start,begin first/last flexible/rigid follow/lead forbid/allow,permit foreign/domestic
forget/remember free/imprison,enslaved freedom/slavery,oppression fresh/stale friend/enemy,foe
friendly/hostile friends/enemies,foes full/empty future/past gain/lose,loss generous/selfish,stingy
gentle/rough,harsh give/take good/bad,evil,terrible,poor great/terrible,small,awful,bad
grow/shrink,decline,fall growth/decline,recession guilty/innocent guilt/innocence happy/sad,unhappy
hard/easy,soft harm/help,benefit hate/love hatred/love healthy/sick heaven/hell heavy/light
help/hurt,harm,hinder hero/villain,coward heroes/villains high/low higher/lower highest/lowest
hire/fire honest/dishonest,crooked,corrupt hope/despair,fear hot/cold huge/tiny,small
hurt/help,heal illegal/legal,lawful import/export important/trivial,unimportant improve/worsen
include/exclude increase/decrease,reduce,cut,decline innocent/guilty inside/outside
intelligent/stupid interesting/boring join/leave,quit justice/injustice keep/lose,break
known/unknown large/small largest/smallest last/first late/early laugh/cry,weep lead/follow
leader/follower least/most leave/stay,remain,arrive left/right legal/illegal
less/more liar/truthteller liberal/conservative lie/truth life/death light/dark,heavy
like/dislike,hate long/short lose/win,gain,find loser/winner losers/winners loss/gain,profit
loud/quiet love/hate low/high lower/higher,raise lowest/highest loyal/disloyal
major/minor majority/minority make/break male/female man/woman many/few maximum/minimum
men/women minor/major minority/majority modern/ancient,outdated more/less,fewer most/least
near/far necessary/unnecessary never/always,ever new/old night/day north/south
obey/disobey offensive/defensive old/new,young open/close,closed,secret opponent/supporter,ally
opponents/supporters,allies opportunity/threat oppose/support,favor,back optimist/pessimist
optimistic/pessimistic ordinary/extraordinary outside/inside over/under
pass/fail past/future patient/impatient peace/war peaceful/violent permanent/temporary
permit/forbid,ban poor/rich,wealthy popular/unpopular positive/negative possible/impossible
poverty/wealth powerful/weak,powerless praise/criticize,condemn,blame present/absent
private/public profit/loss progress/regress protect/attack,endanger,expose proud/ashamed
public/private,secret pull/push punish/reward quiet/loud quick/slow raise/lower,cut
rare/common reduce/increase,raise refuse/accept,agree reject/accept,approve,embrace
remain/leave,change remember/forget republican/democrat republicans/democrats
respect/contempt,despise responsible/irresponsible rich/poor right/wrong,left rise/fall,drop,decline
safe/dangerous,unsafe same/different satisfied/dissatisfied save/waste,spend,kill secure/insecure
sell/buy separate/together short/long,tall shrink/grow,expand sick/healthy
simple/complex,complicated slow/fast,quick small/big,large,great smaller/bigger,larger
smart/stupid,dumb soft/hard
south/north stable/unstable start/stop,end,finish stay/leave,go stop/start,continue,begin
strength/weakness strong/weak stronger/weaker strongest/weakest stupid/smart,clever,brilliant
succeed/fail success/failure sufficient/insufficient sunny/cloudy support/oppose,opposition,reject
supporter/opponent,critic supporters/opponents,critics supported/opposed supports/opposes
survive/die take/give tall/short temporary/permanent terrible/wonderful,great,good
thick/thin threat/opportunity top/bottom tough/soft,weak,easy trust/distrust,doubt
true/false,untrue truth/lie,lies,falsehood ugly/beautiful under/over unite/divide united/divided
unity/division up/down useful/useless,pointless victory/defeat,loss violent/peaceful war/peace
warm/cold,cool waste/save weak/strong,tough,powerful weaker/stronger weakness/strength
wealth/poverty wealthy/poor west/east win/lose,loss winner/loser winning/losing wins/loses
wise/foolish,stupid with/without won/lost wonderful/terrible,awful worse/better worst/best
worst/greatest wrong/right,correct yes/no yesterday/tomorrow young/old younger/older
"""


def _read(pairs: str) -> Mapping[str, frozenset[str]]:
    opposites: dict[str, set[str]] = defaultdict(set)
    for pair in pairs.split():
        word, others = pair.split("/")
        for other in others.split(","):
            opposites[word].add(other)
            opposites[other].add(word)
    return {word: frozenset(others) for word, others in opposites.items()}


_OPPOSITES = _read(_PAIRS)
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ly")


def opposite_of(word: str) -> str | None:
    """One of its opposites, or None; ``word`` is in lower case, as in the lexicon.

    >>> opposite_of("north"), opposite_of("bread")
    ('south', None)
    """
    return min(_OPPOSITES.get(word, ()), default=None)


def are_opposites(one: str, other: str) -> bool:
    """Whether two folded words, in any form, are opposites.

    >>> are_opposites("good", "bad"), are_opposites("supported", "opposed")
    (True, True)
    >>> are_opposites("strongly", "weakly"), are_opposites("good", "fine")
    (True, False)
    """
    theirs = _stems(other)
    return any(not theirs.isdisjoint(_OPPOSITES.get(stem, ())) for stem in _stems(one))


def _stems(word: str) -> frozenset[str]:
    """The word without each possible ending, with and without a final "e"."""
    bare = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    return frozenset(bare | {f"{stem}e" for stem in bare if stem != word})
