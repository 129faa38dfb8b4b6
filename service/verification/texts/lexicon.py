"""Words on which the meaning of a sentence depends, folded as words.py folds them.

Closed classes, as grammars list them (for English Quirk et al. 1985, chapters 3, 4, 6, 10 and 15),
the most frequent ones for other languages. flags.py compares which were added or removed.
"""

from service.verification.texts.words import fold_words


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_words(text).words)


def _in_order(text: str) -> list[str]:
    return text.split()


NEGATIONS = _words(
    "not no never none nobody nothing nowhere neither nor without nope nay hardly scarcely barely"
    " rarely seldom"
    # German, Dutch, French, Spanish, Italian, Portuguese
    " nicht kein keine keinen keinem keiner keines nie niemals nichts niemand ohne niet geen nooit"
    " niets ne pas jamais rien aucun aucune sans nunca nada nadie ningún ninguna non niente"
    " nessuno senza não nenhum sem"
    # Russian, Ukrainian, Polish, Turkish
    " не ни нет нельзя никогда никто ничего нигде без ніколи немає nigdy nikt nic bez değil yok"
    # Arabic, Persian, Hebrew, Chinese, Japanese
    " لا لم لن ليس ليست غير بدون نه نیست לא אין אל בלי 不 没 沒 无 無 非 未 别 勿"
)

NEGATING_AFTER = _words("not never nicht nie niet pas не 不 没")
"""These negate what precedes them; "no" and the like negate what follows."""

WITHOUT_APOSTROPHE = _words(
    "dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt cant havent hasnt"
    " hadnt aint mustnt neednt"
)
"""Contractions with "not" typed without an apostrophe."""

NEGATIVE_VERBS = _words(
    "refuse refuses refused refusing deny denies denied denying fail fails failed failing false"
    " untrue"
)

NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "anti", "не")

CONDITIONS = _words(
    "if unless but except until provided providing although though however whether while"
    " whereas otherwise wenn falls aber si mais pero sauf если но однако хотя لو إذا لكن"
)

CONTRASTS = _words("but however yet although though unless except nevertheless nonetheless")
"""A following clause or sentence with one of these takes back some of what was said."""

MODALS = _words(
    "will would can could may might must shall should ought need needs able going gonna supposed"
    " maybe perhaps probably possibly certainly definitely surely likely"
)

SAYING = _words(
    "said says saying told tells added adds asked asks explained noted notes stated states wrote"
    " writes tweeted posted declared insisted warned argued continued replied answered responded"
    " according claimed announced recalled remarked concluded admitted observed stressed"
    " acknowledged joked testified vowed quipped commented mused shouted"
)
"""Verbs that announce the speaker of the quotation beside them."""

EMBEDDING = _words(
    "that if whether unless because when while until although though think thinks thought believe"
    " believes believed say says said saying hope hopes hoped doubt doubts suppose assume claim"
    " claims claimed suggest suggests deny denies denied pretend imagine wonder"
)
"""If the text is cut right after one of these, what follows is not the speaker's assertion."""

CLAUSE_OPENERS = _words("if unless when whenever because although though while until since despite")
"""A sentence that begins with one of these has its main clause later."""

UNITS = _in_order(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
TENS = _in_order("twenty thirty forty fifty sixty seventy eighty ninety")
VALUES = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * tens for tens, word in enumerate(TENS, start=2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
QUANTITIES = _words(
    "half halves quarter quarters dozen dozens hundreds thousands millions billions trillions"
    " once twice double doubled triple tripled both all most majority minority % $ £ € ¥"
    # German, French, Spanish
    " zwei drei vier fünf sechs sieben acht neun zehn hundert tausend millionen milliarde"
    " milliarden deux trois quatre cinq sept huit neuf dix cent mille dos tres cuatro cinco seis"
    " siete ocho nueve diez cien mil millón millones"
    # Russian, Arabic
    " один одна два две три четыре пять шесть семь восемь девять десять сто тысяча тысячи тысяч"
    " миллион миллиона миллионов миллиард миллиардов واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية"
    " تسعة عشرة مئة ألف مليون مليار 〇 零 一 二 两 三 四 五 六 七 八 九 十 百 千 万 亿"
)
"""Numbers without a computed value: replacing one of these changes the number."""

FUNCTION_WORDS = (
    MODALS
    | CONDITIONS
    | _words(
        "a an the this that these those and or nor so as at by for from in into of off on onto out"
        " over to up down with about after again against all also am any are around be been before"
        " being both can did do does doing done each else even every few get go going got had has"
        " have having he her here hers him his how i i'm i've it it's its just know like made make"
        " many me more most much my no not now one only other our own same say she some such than"
        " their them then there there's they they're think thing things very was way we we're well"
        " went were what when where which who why will would yes yet you you're your said says"
        " don't that's is people want really because lot can't didn't doesn't isn't wasn't too"
    )
)
"""Words so frequent that sharing them is little evidence; the list is English."""

PRONOUNS = _words(
    "i you he she it we they me him her us them my your his its our their mine yours hers ours"
    " theirs this that these those who whom whose himself herself itself themselves there here"
    " i'm you're he's she's it's we're they're that's i've you've we've they've he'll she'll"
    " they'll we'll it'll he'd she'd they'd we'd"
)
"""Pronouns that a name in brackets may replace."""

DETERMINERS = _words("the a an this that these those my your his her its our their")

ASIDES = _words(
    "laughs laughing laughter chuckles applause cheers boos pause pauses sighs crosstalk inaudible"
    " unintelligible interruption emphasis added sic expletive deleted bleep"
)
"""Words in brackets for sounds and editing."""

_PRONOUNS = "i you he she it we they who that there this these those me him her us them my your his"
_PRONOUNS += " its our their mine yours hers ours theirs what which whom whose"

GRAMMAR_WORDS = _words(
    f"a an the {_PRONOUNS} and or but nor so as than if of at by for from in into on onto to with"
    " be am is are was were been being have has had having do does did will would shall should can"
    " could may might must"
) | _words(
    " ".join(
        f"{pronoun}'{rest}"
        for pronoun in _PRONOUNS.split()
        for rest in ("m", "re", "s", "ve", "d", "ll")
    )
)
"""Articles, pronouns, conjunctions, prepositions and auxiliaries, which do not identify a
quotation. Unlike the function words they exclude negations and quantities.
"""
