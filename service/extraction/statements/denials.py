"""Denials: words that the article says nobody uttered.

    Mayor Jane Doe never said “the port is for sale”.      He denied having called it “a trap”.

A denial itself is speech: "she denied that the port is for sale" denies the sale, not that she
spoke. Here the words before a verb of saying are judged, in lower case with straight apostrophes;
clauses.py decides whose the words after it would have been.
"""

import re
from enum import Enum

NAMING = (
    r"(?:call|label|brand|dub|compar|liken|describ|portray|characteri[sz]|refer)"
    r"(?:e|es|s|ed|led|red|ing|ling|ring)?(?: to)?"
)
"""Verbs whose object is a name given: "called the law “a trap”"."""

_ANY = r"(?:the|a|an|any|such|such a|that|this|these|those|his|her|their|its)"
SAYING = (
    r"say(?:s|ing)?|said|tell(?:s|ing)?|told|writ(?:e|es|ing|ten)|wrote"
    r"|(?:stat|declar|argu|announc|promis)(?:e|es|ed|ing)"
    r"|(?:claim|utter|tweet|post|suggest|assert|shout|remark|insist|boast|joke|threaten|ask|warn"
    r"|answer|scream|yell|whisper|add|order|repli|reply)(?:s|es|d|ed|ing)?"
    r"|sp(?:eaks?|eaking|oke|oken) of"
    rf"|(?:us|avoid)(?:e|es|ed|ing|s)? (?:{_ANY} )?(?:[\w-]+ )?"
    r"(?:words?|phrases?|terms?|expressions?|slurs?)"
    rf"|(?:mak(?:e|es|ing)|made) (?:{_ANY} )?(?:[\w-]+ )?(?:remarks?|comments?|statements?)"
)


class Judged(Enum):
    """Judgement of a verb of saying by the words before it."""

    SAID = "it is not denied"
    DENIED = "the words were not uttered"
    REFUSED = "nobody would utter them"
    OPEN = "nobody can, should or might utter them"


_PASSING = (
    r"(?:(?:ever|actually|once|even|publicly|explicitly|personally|literally|really|himself"
    r"|herself|themselves|at any (?:point|time)|in fact|have|has|had|having|then|also|quite) )*"
)
_WORD = r"(?!(?:and|but|or|while|when|after|before|because|as|who|which|to)\b)[\w'.&-]+ "
_SUBJECT = rf"(?:{_WORD}){{1,6}}?"
_NOT = re.compile(
    r"(?:\b(?P<modal>(?:could|can|should|must|might|may|wo|ca|need)(?: not|n't)|cannot|unable to"
    r"|if .*(?:not|never|n't))"
    r"|\b(?P<passive>(?:is|are|was|were|been|being)(?: not|n't| never))|\bnever|\bnot|n't) "
    rf"{_PASSING}$"
)
_NOBODY = re.compile(
    r"(?:\b(?:no one|nobody|none of (?:them|us|the [\w-]+))"
    r"(?: (?:else|of|in|at|from|on|with)(?: [\w'.-]+){0,5}?)?"
    r"|\bneither [\w'. -]{2,60} nor [\w'. -]{2,40}"
    r"|\b(?:at no point|nowhere|never once|not once|never)"
    rf"(?: [\w'.-]+){{0,6}}? (?:did|has|have|had|does)(?: [\w'.-]+){{1,6}}"
    r"|\bno (?:record|evidence|proof|trace) (?:of|that)(?: [\w'.-]+){1,6}"
    r"|\bit (?:was|is)(?: not|n't)(?: [\w'.-]+){1,5} who"
    r"|\bit (?:was|is) (?:not true|untrue|false|a lie|a myth) that(?: [\w'.-]+){1,6}) "
    rf"{_PASSING}$|\bno (?:[\w-]+ ){{1,3}}(?:(?:in|at|of|from) (?:[\w'.-]+ ){{1,4}}?)?"
    rf"(?:has|have|had|ever) {_PASSING}$"
)
_CLAIMS = (
    r"(?:(?:the|any|these|those|such|online|false|media|press|viral|earlier) )*(?:claims?"
    r"|reports?|allegations?|accusations?|suggestions?|rumou?rs?|posts?) "
)
_DENYING = r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:es?|ed|ing)) "
_OF_SAYING = re.compile(rf"{_DENYING}(?:{_CLAIMS}of )?{_PASSING}$")
_THAT_SAID = re.compile(
    rf"{_DENYING}(?:{_CLAIMS}(?:that )?{_SUBJECT}|(?:{_CLAIMS})?that {_SUBJECT}"
    rf"|(?:he|she|they|it|we|i) |{_SUBJECT}(?:ever|had|has|have) ){_PASSING}$"
)
_HOLDING_BACK = re.compile(
    r"\b(?:refus(?:es?|ed|ing) to|declin(?:es?|ed|ing) to|(?:stops?|stopped|stopping|fell) short of"
    rf"|avoid(?:s|ed|ing)?|would not|wouldn't) {_PASSING}$"
)
_FALSELY = re.compile(
    rf"\b(?:falsely [a-z]+|misquot[a-z]+) (?:that )?"
    rf"(?:{_SUBJECT})?(?:as )?{_PASSING}$"
)
_SIGNS = (
    *("never ", "n't ", "not ", "not.", "did ", "no ", "nobody", "nowhere", "neither ", "deny"),
    *("deni", "reject", "disput", "refus", "declin", "short of", "avoid", "falsely", "misquot"),
    *("claim", "untrue", "false that", "a lie that", "a myth"),
)


def find_signs(lowered: str) -> list[int]:
    """Positions, ascending, of the words without which nothing is denied: a quick check, in a tenth
    of a pattern's time.
    """
    found: list[int] = []
    for sign in _SIGNS:
        at = lowered.find(sign)
        while at >= 0:
            found.append(at)
            at = lowered.find(sign, at + 1)
    return sorted(found)


def judge(before: str, verb: str) -> Judged:
    """Whether a clause denies what its verb says; ``before`` ends where ``verb`` begins.

    >>> judge("mayor doe has never ", "said"), judge("mayor doe never failed to ", "say")
    (<Judged.DENIED: 'the words were not uttered'>, <Judged.SAID: 'it is not denied'>)
    """
    if verb.startswith("avoid") or _HOLDING_BACK.search(before):
        return Judged.REFUSED
    negated = _NOT.search(before)
    if negated is not None and (negated["passive"] is None or verb.endswith("ing")):
        return Judged.OPEN if negated["modal"] else Judged.DENIED
    if _NOBODY.search(before) or _FALSELY.search(before):
        return Judged.DENIED
    denied = (_OF_SAYING if verb.split()[0].endswith("ing") else _THAT_SAID).search(before)
    denied = denied or _HAVING_SAID.search(before)
    if denied is None or _NOT.search(before, 0, denied.start()):
        return Judged.SAID  # "did not deny having said it" leaves it open
    return Judged.DENIED


_HAVING_SAID = re.compile(rf"{_DENYING}(?:{_CLAIMS}of )?(?:ever )?having {_PASSING}$")
