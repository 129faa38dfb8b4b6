"""Turn labels: the beginning of a turn's line, and how far it can be trusted.

    PENCE: Well, look, ...           >> MAYOR PELL: ...           [02:50:05] JANE DOE, MINISTER: ...
    Jane Doe: ...                    **Jane Doe:** ...            Q15 Chair: ...
    Mr. SMITH of New Jersey. ...     <v Jane Doe>...              JANE DOE (through translator): ...
    Chairwoman DOE. ...              Counsel: ...                 The Minister for Water (Jane Doe)
    Jane Doe -- Chief Executive, or a name alone, on a line above what is said

Which labels make a transcript is decided in transcripts.py, which paragraphs continue a turn in
turn_paragraphs.py.
"""

import re
from enum import StrEnum

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon import labels
from service.extraction.lexicon.people import people, places
from service.extraction.page.layout import Article
from service.extraction.statements.cues import holds_cue

LONGEST = 300
"""Characters of a paragraph within which its label ends."""
LONGEST_HEADING = 120
"""Longest line, in characters, that names the speaker of what is below."""


CUE = 120
"""Characters before a line of a subtitle that are searched for its times."""


class Layout(StrEnum):
    """How a label is set."""

    CAPITALS = "capitals"
    NAME = "name"
    RECORD = "record"
    VOICE = "voice"
    HEADING = "heading"
    SIDE = "side"


class Label(Struct, frozen=True, gc=False):
    """A label at the beginning of a paragraph.

    ``words`` is the spoken rest of its own paragraph, perhaps empty. ``marked``: a quotation mark
    precedes it. ``signed``: a time, ">>" or the like shows that somebody speaks. ``titled``: it
    says what the speaker is.
    """

    layout: Layout
    name: Span
    cue: Span | None
    words: Span
    marked: bool = False
    signed: bool = False
    titled: bool = False


_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_TIME = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})"
_TIMING = rf"(?:\d{{1,6}} +)?{_CLOCK} --> {_CLOCK}"
_SIGN = rf"(?:{_TIMING}|>>+|{_TIME}|Q\d{{1,4}}\.?(?= )|\d{{1,3}}\.(?= +[A-Z]))"
_SIGNS = re.compile(rf"(?:{_SIGN}(?: *[-–—|](?= ))? *){{1,4}}")
_DASH = re.compile(r"[-–—•*] ?(?=[A-Z])")
_OF_SPEAKER = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|me|us)\b")
_AFTER_COLON = re.compile(rf"\s*(?:{_TIME}\s*)?")

_LINK = r"(?:de[lr]?|d[aiou]s?|la|le|van|von|bin|al|el|of|for|and|the|pro|tempore)"
_WORD = rf"(?:[^\W\d_a-z][\w.’'&-]*|{_LINK}(?= )|\d{{1,2}}\b)"
_WHO = rf"[^\W\d_a-z][\w.’'&-]*(?: {{1,2}}{_WORD}){{0,6}}"
_ASIDE = rf"(?: *(?!{_TIME})(?:\([^()\n]{{1,80}}\)|\[[^\[\]\n]{{1,80}}\]))"
_OFFICE = r"(?:, [^:()\[\]\n“”\"]{1,120})"
_CALLERS = r"(?:(?:An?|Some|Several|Many) )?(?:[Hh]on\.?|Opposition|Government) [Mm]embers?"
CALLERS = re.compile(_CALLERS)
"""Unnamed members who call out in a house: "Hon. Members: Oh!"."""
_LABEL = re.compile(
    rf"(?P<mark>[“\"]?)(?P<bold>\*\*|__)?(?P<name>{_CALLERS}|{_WHO})(?P<office>{_OFFICE}?)"
    rf"(?P<aside>{_ASIDE}{{0,3}})(?:{_OFFICE}?{_ASIDE}{{0,2}})(?(bold)(?:\*\*|__)?)"
    rf"(?P<time> *{_TIME})? ?"
    r"(?P<cue>:)(?!//)(?(bold)(?:\*\*|__)?)(?!\d)"
)
_CAPITAL_NAME = r"(?:[A-Z][a-z]{1,2}|[OD][’'])?[A-ZÀ-ÖØ-Þ]{2}[A-ZÀ-ÖØ-Þ’'-]*"
_OFFICES = (
    r"(?:Miss|Madam|Representative|Senator|Delegate|Congress(?:wo)?man|Council(?:wo)?man"
    r"|Councilmember|Councillor|Commissioner|Ambassador|Secretary|Governor|Mayor|Judge|Justice"
    r"|Sheriff|Captain|Major|Colonel|General|Admiral|Lieutenant|Sergeant|Reverend|Professor"
    r"|Chair(?:wo)?man|Chair|Speaker|President|Director|Chief|Deputy|Vice|Ranking Member)"
)
_RECORD = re.compile(
    rf"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Rep|Gen|Col|Capt|Lt|Adm|Amb|Gov)\. {{1,2}}"
    rf"|(?:{_OFFICES}[ -]|{_OFFICES.upper()} ){{1,2}}|The (?:Acting |ACTING )?)"
    rf"{_CAPITAL_NAME}(?: (?:[A-Z]\.|{_CAPITAL_NAME}|pro tempore)){{0,3}}"
    r"(?: of(?: the)?(?: [A-Z][\w’'-]+){1,3})?)"
    rf"(?P<aside>{_ASIDE}{{0,2}})(?P<cue>\.) +(?=[“\"\[(]?[A-Z])"
)
_VOICE = re.compile(r"<v(?:\.[\w.]{1,40})? +(?P<name>[^<>\n]{1,80})(?P<cue>>)")
_VOICE_END = re.compile(r"</v> *$")
_HEADING = re.compile(
    rf"(?:#{{1,4}} )?(?:\*\*|__)?(?P<name>{_WHO})(?P<office> +(?:--|[–—]) +[^\n:]{{1,80}}|)"
    rf"(?P<aside>{_ASIDE}{{0,3}})(?:\*\*|__)?(?P<time> *{_TIME})?:?"
)

_STOPPED = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])\.$")
"""Matches a short answer: "Down.", but not "Bo Lim Jr."."""

_DIRECTION = (
    r"(?:[A-Z][A-Z ,.’'-]{2,60}|(?i:(?:continuing |speaking )?(?:via|through|in) [\w ]{1,40}"
    r"|voice[- ]?over|(?:on|off)[- ](?:camera|screen)|ph|sic|inaudible|unintelligible|crosstalk"
    r"|laughter|laughs|laughing|applause|interpreted|translated|pause|cheers|interruptions?"
    r"|hear, hear))"
)
_ASIDE_BEFORE = re.compile(rf"(?:[(\[]{_DIRECTION}\.?[)\]]\s*){{1,4}}")
_ASIDE_AFTER = re.compile(rf"(?:\s*[(\[]{_DIRECTION}\.?[)\]]){{1,4}}$")
_QUOTED = re.compile(r"\s*[“\"„«‘]")
_PERSON_ASIDE = re.compile(rf" *\(((?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\.? +{_WHO})\)")
_NAME_ASIDE = re.compile(rf" *\(([^\W\d_a-z][\w.’'-]+(?: {_WORD}){{1,3}})\)")
"""The holder of the office that the label names: "The Minister for Health (Ms Dunne):". Without an
honorific it must follow "The": "Ruth Fenn (Horn East)" names a seat.
"""
_SIDE = re.compile(r"[QA]\d{0,3}")
_BEGUN_SMALL = re.compile(r"(?:[A-Z][a-z]{1,2}(?=[A-Z])|[OD][’'])?")


def read_label(article: Article, paragraph: Span) -> Label | None:
    """The label that opens the paragraph as a turn, or None."""
    flow, end = article.flow, min(paragraph.end, paragraph.start + LONGEST)
    signs = _SIGNS.match(flow, paragraph.start, end)
    start = paragraph.start if signs is None else signs.end()
    dash = _DASH.match(flow, start, end)
    if dash is not None and "-->" in flow[max(0, start - CUE) : start]:
        start = dash.end()
    elif dash is not None and (item := _listed(flow, Span(dash.end(), end))) is not None:
        start, signs = dash.end(), signs or _OF_SPEAKER.search(flow, item.end(), end)
    voice = _VOICE.match(flow, start, end)
    if voice is not None:
        return _made(flow, paragraph, voice, Layout.VOICE, True)
    record = _RECORD.match(flow, start, end)
    if record is not None:
        return _made(flow, paragraph, record, Layout.RECORD, True)
    found = _LABEL.match(flow, start, end) if ":" in flow[start:end] else None
    if found is not None:
        if names_nobody(found["name"]) or _is_clause(article, found):
            return None
        layout = Layout.CAPITALS if _is_in_capitals(found["name"]) else Layout.NAME
        return _made(flow, paragraph, found, layout, signs is not None)
    return _read_heading(flow, Span(start, paragraph.end), signs is not None)


def _listed(flow: str, line: Span) -> re.Match[str] | None:
    """The label of a list's item if it is a person: "- Tess Holt: I like it", not "- Opening hours:
    9 to 5". What tells of oneself is a turn.
    """
    found = _LABEL.match(flow, line.start, line.end)
    if found is None or " " not in found["name"]:
        return None
    return found if found["name"].split()[0].lower() in people().first_names else None


def _is_clause(article: Article, label: re.Match[str]) -> bool:
    """Whether it is a reporter's sentence: "Jane Doe, the firm's head, said: “...”"."""
    quoted = _QUOTED.match(article.flow, label.end("cue")) is not None
    office = Span(*label.span("office"))
    in_small = any(word.islower() for word in label["office"].split())  # not "Harrow Herald"
    return (in_small and holds_cue(article.lowered, office)) or (
        quoted and not _is_in_capitals(label["name"]) and not label["bold"]
    )


def _made(flow: str, paragraph: Span, found: re.Match[str], layout: Layout, signed: bool) -> Label:
    groups = found.re.groupindex
    after = _AFTER_COLON.match(flow, found.end(), paragraph.end)
    begin = found.end() if after is None else after.end()
    voice_end = _VOICE_END.search(flow, max(begin, paragraph.end - 20), paragraph.end)
    end = paragraph.end if layout is not Layout.VOICE or voice_end is None else voice_end.start()
    beside = any(name in groups and found[name] for name in ("aside", "time"))
    titled = _is_titled(found["name"]) or ("office" in groups and bool(found["office"]))
    return Label(
        layout,
        _name_in(flow, found),
        Span(*found.span("cue")),
        spoken(flow, Span(min(begin, end), end)),
        marked="mark" in groups and bool(found["mark"]),
        signed=signed or beside,
        titled=titled,
    )


def _name_in(flow: str, label: re.Match[str]) -> Span:
    holder = _PERSON_ASIDE.match(flow, label.end("name"), label.end())
    if holder is None and label["name"].startswith(("The ", "THE ")):
        holder = _NAME_ASIDE.match(flow, label.end("name"), label.end())
    return Span(*(label.span("name") if holder is None else holder.span(1)))


def _read_heading(flow: str, line: Span, signed: bool) -> Label | None:
    if len(line) > LONGEST_HEADING:
        return None
    found = _HEADING.fullmatch(flow, line.start, line.end)
    if found is None or names_nobody(found["name"]) or _STOPPED.search(found["name"]):
        return None
    return Label(
        Layout.HEADING,
        _name_in(flow, found),
        None,
        Span(line.end, line.end),
        signed=signed or bool(found["time"]),
        titled=bool(found["office"] or found["aside"]) or is_party(found["name"]),
    )


def spoken(flow: str, words: Span) -> Span:
    """The span without stage directions before and after it: "(LAUGHTER)"."""
    before = _ASIDE_BEFORE.match(flow, words.start, words.end)
    start = words.start if before is None else before.end()
    after = _ASIDE_AFTER.search(flow, max(start, words.end - LONGEST_HEADING), words.end)
    return Span(start, words.end if after is None else after.start())


def names_nobody(name: str) -> bool:
    """Whether the label is not a speaker's: "FOR IMMEDIATE RELEASE", "WATCH", "TEXT", and "Q", an
    unnamed questioner.
    """
    return _SIDE.fullmatch(name) is not None or labels().match(name) is not None


def _is_in_capitals(name: str) -> bool:
    """Whether the name is in capitals: "Mr McGRAIL", but not "MP Jane Doe"."""
    words = [word for word in name.split() if not _is_address(word.strip(".").lower())]
    if not words:
        return name.isupper()
    letters = "".join(_BEGUN_SMALL.sub("", word, count=1) for word in words)
    return len("".join(words)) > 1 and letters.isupper()


def _is_address(word: str) -> bool:
    return word == "the" or word in people().titles or word in people().honorifics


def _is_titled(name: str) -> bool:
    """Whether the name has an office: "JUSTICE KAGAN", "Mr Pender", "PRIME MINISTER LORNE", "THE
    PRESIDENT".
    """
    lexicon = people()
    words = [word.strip(".").lower() for word in name.split()]
    if words[0] == "the":
        return len(words) > 1 and words[-1] in lexicon.titles | _CHAIRS
    if words[0] in _UNNAMED:
        return len(words) > 1
    if len(words) == 1:
        return is_party(name)
    ranks = lexicon.titles | lexicon.honorifics.keys() | _CHAIRS
    after = next((word for word in words[:-1] if word not in lexicon.modifiers), None)
    return words[0] in ranks or after in ranks


_CHAIRS = frozenset(("clerk", "court", "witness", "operator", "interviewer", "interpreter"))
"""Participants of a sitting or a hearing by office, beside the titles of people.toml."""
_PARTIES = _CHAIRS - {"court"} | {
    *("counsel", "prosecutor", "defendant", "judge", "interviewee", "moderator", "host", "caller"),
    *("presenter", "reporter", "chair", "chairman", "chairwoman"),
}
"""Parties to a conversation who may be named by nothing else: "Counsel: Where were you?"."""


def is_party(name: str) -> bool:
    """Whether the label is such a word."""
    return name.lower() in _PARTIES


_UNNAMED = frozenset(("unidentified", "unknown", "unnamed"))
"""Words for an unknown speaker of a broadcast: "UNIDENTIFIED FEMALE"."""


def is_word(name: str) -> bool:
    """Whether the word is not a name: "BACK", "TREATY", "REPORT"."""
    lexicon = people()
    lists = (lexicon.common, lexicon.events, lexicon.documents, lexicon.modifiers)
    return any(name.lower() in words for words in lists)


_PLACED = (" in", " near", "In", "The", " the")
"""Before a town's name, not a surname: "MADURAI: The Madurai bench"."""


def is_known(article: Article, name: str) -> bool:
    """Whether the article names the person in its own words too, or the first name is known."""
    words = [word for word in name.split() if word.strip(".").lower() not in people().honorifics]
    lower = [word.strip(".").lower() for word in words]
    if not words or not people().common.isdisjoint(lower) or name.lower() in places().canonical:
        return False
    if len(words) == 1 or _is_titled(name):
        last = words[-1].title()
        return last in article.flow and not any(f"{at} {last}" in article.flow for at in _PLACED)
    return lower[0] in people().first_names or " ".join(words).title() in article.flow
