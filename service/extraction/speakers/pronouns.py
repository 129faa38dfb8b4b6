"""Pronouns: resolves "he", "they" or "it".

By gender and number, and by which figure is most in focus. The focus is computed in discourse.py,
and relative pronouns are resolved in relatives.py.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.figures import BESIDE_BODIES, Figure
from service.extraction.speakers.groups import ROW, opening_row
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.opening_clauses import is_of_owned, not_meant
from service.names.lexicon import Gender

SINGULAR = {
    **dict.fromkeys(("he", "him", "his", "himself"), Gender.MALE),
    **dict.fromkeys(("she", "her", "hers", "herself"), Gender.FEMALE),
}
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
NEUTER = frozenset(("it", "its", "itself"))
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
FIRST_PERSON = word_class("first_person")

_THINGS = (NameKind.ORGANISATION, NameKind.UNKNOWN, NameKind.PLACE, NameKind.DOCUMENT)
_MEMBERS = frozenset(("party", "band", "team", "club"))
"""Bodies that are "they": "The Tories say"."""
_SPEAK = (NameKind.ORGANISATION, NameKind.DOCUMENT)
_NOT_SEVERAL = (NameKind.PERSON, NameKind.DOCUMENT)
UNSETTLED = 0.6
"""Penalty for "it" of a place's name, or of a name of unknown kind; of 85 times that it is an
organisation one more is right so than with .8 or 1.
"""
UNKNOWN_GENDER = 0.9
"""Penalty of a name of unknown gender against one of the right gender."""


_STYLED = re.compile(r"(his|her)(?: royal)? (?:highness|excellency|holiness|eminence|lordship)")


def unstyled(mention: str) -> str:
    """The mention, or the pronoun that says as much as a style: "he" for "his highness"."""
    styled = _STYLED.fullmatch(mention)
    return mention if styled is None else {"his": "he", "her": "she"}[styled.group(1)]


def singular(
    discourse: Discourse, position: int, gender: Gender, content: Sequence[Span] = ()
) -> Answer | None:
    """Resolves "he" or "she" at ``position`` to the figure of this gender most in focus; None if
    an unnamed person is more likely meant. Names in ``content`` do not count.
    """
    if is_of_owned(discourse, position):
        return None
    others = not_meant(discourse, position, content)

    def fits(figure: Figure) -> float | None:
        if figure in others:
            return None
        if is_person(figure):
            if figure.gender is None:
                return UNKNOWN_GENDER if len(figure.words) > 1 else UNKNOWN_GENDER + 0.5
            return 0.0 if figure.gender is gender else None
        if figure.kind is NameKind.UNKNOWN and len(figure.words) < 4:
            return UNKNOWN_GENDER + 1.5
        return None

    accused = _accused(discourse, position, fits)
    nameless = _nameless_spoke(discourse, position, fits) or nameless_introduced(
        discourse, position, gender
    )
    if accused is None and nameless:
        return None
    return accused or discourse.most_spoken_of(position, fits, content)


def possessor(discourse: Discourse, determiner: str, position: int) -> Figure | None:
    """The figure that "his", "her" or "its" means at ``position``; None for other words."""
    if determiner in ("his", "her"):
        answer = singular(discourse, position, SINGULAR[determiner])
    else:
        answer = neuter(discourse, position) if determiner == "its" else None
    return answer.figure if answer else None


@named_rule("newly-introduced", None)
def newly_introduced(discourse: Discourse, position: int) -> Figure | None:
    """Returns the person who is introduced just before the quotation and has not spoken yet, with
    nobody named in between, or None: "Barber Luis Arce keeps a bench outside. “Hatcher comes
    here,” he said." Of 578 direct quotations in 61 new articles it names 6 more, all right.
    """
    if discourse.text[max(0, position - 3) : position].rstrip()[-1:] not in _CLOSING:
        return None
    for name, figure in reversed(discourse.cast.between(max(0, position - INTRODUCED), position)):
        if discourse.quoted(name.span.start) or not is_person(figure):
            continue
        turns = discourse.recent_turns(position, INTRODUCED_SENTENCES)
        spoke = any(turn.position >= name.whole.start for turn in turns)
        before = discourse.text[max(0, name.whole.start - 5) : name.whole.start]
        listed = before.endswith((" and ", " or "))
        known = len(name.words) > 1 or figure.roles & people().relations  # "his wife, Jane,"
        first = figure.names[0] is name and known and not listed
        return figure if first and not spoke and discourse.is_subject(name) else None
    return None


_CLOSING = frozenset("”\"’'")
INTRODUCED, INTRODUCED_SENTENCES = 500, 8
"""Characters and sentences before a pronoun within which somebody may be introduced who then
speaks.
"""


@named_rule("nameless-spoke", False)
def _nameless_spoke(
    discourse: Discourse, position: int, fits: Callable[[Figure], float | None]
) -> bool:
    """Whether the last speaker in the paragraph is unnamed, and nobody fitting is named since: "The
    caretaker confirmed it. He told us".
    """
    turns = discourse.recent_turns(position, NAMELESS_SENTENCES)
    turn = next((turn for turn in turns if turn.noun not in RELATIVE), None)
    if turn is None or turn.figure is not None or turn.plural:
        return False
    personal = turn.noun in people().roles or turn.noun in SINGULAR
    here = turn.position >= discourse.paragraph_start(position) or turn.noun in SINGULAR
    if not personal or not here:
        return False
    since = discourse.cast.between(turn.position, position)
    return all(discourse.quoted(name.span.start) or fits(f) is None for name, f in since)


NAMELESS_SENTENCES = 2


@named_rule("nameless-introduced", False)
def nameless_introduced(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether the sentence before opens the paragraph with an unnamed person, and nobody is named
    in it: "A shopkeeper saw the crash. She said", or is about somebody of the narrator's.
    """
    if _of_narrator(discourse, position, gender):
        return True
    start = discourse.paragraph_start(position)
    before = discourse.sentence_start(position)
    opened = _NAMELESS.match(discourse.text, start, before)
    if opened is None or discourse.quoted(position):
        return False
    noun = (opened.group(1) or opened.group(2)).lower()
    known = noun not in people().gendered_roles or discourse.cast.by_role.get(noun)
    if opened.group(2) and known:
        return False
    personal = noun in people().roles and people().gendered_roles.get(noun) in (None, gender)
    named = discourse.cast.between(start, position)
    places = (" near ", " in ", " at ", " outside ")
    return personal and not any(
        is_person(figure)
        for name, figure in named
        if not discourse.text.endswith(places, 0, name.whole.start)
    )


@named_rule("of-narrator", False)
def _of_narrator(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether the paragraph goes on about somebody of the narrator's: "My father has not read it.
    He says".
    """
    start = discourse.paragraph_start(position)
    end = discourse.sentence_start(position)
    while end > start:
        begin = discourse.sentence_start(max(start, end - 2))
        found = _NARRATORS.match(discourse.text, begin, end)
        if found is not None:
            return people().gendered_roles.get(found.group(1).lower()) is gender
        if _GOES_ON.match(discourse.text, begin, end) is None or begin >= end:
            return False
        end = begin
    return False


_NARRATORS = re.compile(r"[“\"]?(?:My|Our) (?:(?:late|own|older|younger|elder|great) )?([a-z-]+)\b")
_GOES_ON = re.compile(r"(?:He|She|His|Her)\b")
_NAMELESS = re.compile(
    r"[“\"]?(?:(?:A|An|One|Another) (?:[\w’'-]+ ){0,3}?([a-z][\w-]+)"
    r"|The (?:[a-z-]+ ){0,2}[a-z-]+[’']s ([a-z][\w-]+))"
    r"(?=,| who | from | in | at | told | saw | said | found | heard | took | ran | came | went "
    r"| met | stood | sat | was | is | has | had | read | wept | spoke | [a-z]+ed )"
)
"""Opens a paragraph with an unnamed person: "A shopkeeper", "The boy's mother"."""

_ACCUSES = re.compile(
    r"\b(?:(?:accus|blam|fault|criticis|criticiz|denounc|su)(?:e[sd]?|ing|ed)|attack(?:s|ed|ing)"
    r"|fault(?:s|ed|ing)|charg(?:es|ed|ing))\b"
)
_HIM = re.compile(r" (?:him|her)\b")
_REJECTS = re.compile(
    r"\w+ (?:(?:has|had|have|\w+ly|later|also|in turn) )*"
    r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:es?|ed|ing)|dismiss(?:es|ed|ing)?"
    r"|refut(?:es?|ed|ing)|contest(?:s|ed|ing)?|pleaded not guilty)\b"
)
OBJECT_REACH = 50
"""Characters after a verb of accusing within which its object is named."""


@named_rule("rejected-charge", None)
def _accused(
    discourse: Discourse, position: int, fits: Callable[[Figure], float | None]
) -> Answer | None:
    """Answers with the accused: "X accused him of theft. He denies it." The charge is made in the
    same sentence or the one before.
    """
    text = discourse.text
    if _REJECTS.match(text, position, position + 60) is None:
        return None
    start = discourse.sentence_start(max(0, discourse.sentence_start(position) - 2))
    verbs = [v for v in _ACCUSES.finditer(text, start, position) if not discourse.quoted(v.start())]
    if not verbs:
        return None
    verb = verbs[-1]
    pronoun = _HIM.match(text, verb.end())
    if pronoun is None:
        after = discourse.cast.between(verb.end(), min(verb.end() + OBJECT_REACH, position))
        named = next((pair for pair in after if not pair[0].possessive), None)
        if named is None or fits(named[1]) is None:
            return None
        return Answer(named[1], 0.75, named[0].text)
    accuser = _subject(discourse, verb.start())
    return discourse.most_spoken_of(
        verb.end(), lambda figure: None if figure is accuser else fits(figure)
    )


def _subject(discourse: Discourse, verb: int) -> Figure | None:
    """The last speaker or person named before the verb in its sentence."""
    start = discourse.sentence_start(verb)
    turns = discourse.recent_turns(verb, 0)
    if turns and turns[0].position >= start:
        return turns[0].figure
    named = discourse.cast.between(start, verb)
    return named[-1][1] if named else None


@named_rule("they", None)
def plural(discourse: Discourse, position: int) -> Answer | None:
    """Answers with those named in a row at the beginning of this sentence or the one before, or
    with the group or organisation that spoke last; None if it is unnamed.
    """
    start = discourse.sentence_start(position)
    opens = len(discourse.text[start:position].split()) <= OPENING_WORDS
    row = opening_row(discourse, start, position)
    if row is None and opens:
        row = opening_row(discourse, discourse.sentence_start(max(0, start - 2)), start)
    if row is not None:
        return Answer(row, ROW)
    turns = discourse.recent_turns(position, 3)
    for turn in turns:
        here = turn.position >= discourse.paragraph_start(position)
        if turn.plural:
            if turn.figure is None:
                return None
            again = turn.figure.members and (here or _opened(discourse, turns, turn.figure))
            return Answer(turn.figure, ROW if again else 0.8, turn.text)
        written = turn.figure is not None and turn.figure.kind is NameKind.DOCUMENT
        if turn.figure is not None and written and turn is turns[0] and here:
            papers = turn.noun.endswith("s") or turn.noun == "data"
            return Answer(turn.figure, 0.8 if turn.unsure else GOES_ON) if papers else None
        if turn.figure is not None and turn.figure.kind not in _NOT_SEVERAL:
            members = position - start <= 1 and turn is turns[0] and turn.figure.roles & _MEMBERS
            return Answer(turn.figure, GOES_ON if members else 0.75, turn.text)
    return None


def _opened(discourse: Discourse, turns: Iterable[Turn], group: Figure) -> bool:
    """Whether a sentence that says more than "they" opens with the group."""
    return any(
        discourse.sentence_start(turn.position) == turn.position
        for turn in turns
        if turn.figure is group and turn.text.lower() not in PLURAL
    )


@named_rule("it", None)
def neuter(discourse: Discourse, position: int, content: Sequence[Span] = ()) -> Answer | None:
    """Answers "it" with the organisation or document that spoke last or is most in focus."""
    if _READS.match(discourse.text, position):
        return _written(discourse, position)
    subject = subject_before(discourse, position)
    if subject is not None or _is_of_owned_thing(discourse, position):
        return subject
    for turn in discourse.recent_turns(position, 3):
        figure = turn.figure
        if figure is None and not turn.plural:
            return None
        written = turn.noun in people().documents
        if figure is not None and (figure.kind in _THINGS or written):
            here = turn.position >= discourse.paragraph_start(position)
            beside = here and discourse.sentence_number(position) - turn.sentence <= 1
            since = discourse.cast.between(turn.position, position)
            alone = all(f is figure or not _may_be_thing(f) for _, f in since)
            sure = GOES_ON if alone and figure.kind in _SPEAK and not turn.unsure else 0.9
            return Answer(figure, sure if beside else 0.8, turn.text)

    def fits(figure: Figure) -> float | None:
        if figure.kind not in _THINGS:
            return None
        return {NameKind.ORGANISATION: 0.0, NameKind.DOCUMENT: 0.0}.get(figure.kind, UNSETTLED)

    return discourse.most_spoken_of(position, fits, content)


@named_rule("it-of-owned-thing", False)
def _is_of_owned_thing(discourse: Discourse, position: int) -> bool:
    """Whether "it" is what somebody has, the subject of the sentence before: "Acme's filter works
    all day. It shows", but not "Acme's shares fell. It said".
    """
    start = discourse.sentence_start(position)
    begin = discourse.sentence_start(max(0, start - 2))
    named = discourse.cast.between(begin, start)[:1]
    opens = position - start <= 1 and begin < start and not discourse.quoted(begin)
    owned = [name for name, _ in named if name.possessive]
    opens &= any(len(discourse.text[begin : n.whole.start].split()) <= OPENING_WORDS for n in owned)
    return opens and _IT_SAID.match(discourse.text, position) is None


_IT_SAID = re.compile(
    r"[Ii]t (?:also |then |has |had |\w+ly )*(?:said|added|announced|reported|told|warned|blamed"
    r"|declined|confirmed|expects|plans|denied)\b"
)
_READS = re.compile(r"[Ii]t (?:then |also |further )?(?:reads?|alleges?)\b")


@named_rule("it-reads", None)
def _written(discourse: Discourse, position: int) -> Answer | None:
    """Answers "it reads" with the document that spoke last; no body reads or alleges."""
    for turn in discourse.recent_turns(position, 3):
        if turn.figure is not None and turn.figure.kind is NameKind.DOCUMENT:
            here = turn.position >= discourse.paragraph_start(position) and not turn.unsure
            return Answer(turn.figure, GOES_ON if here else 0.8, turn.text)
    return None


@named_rule("it-goes-on", None)
def subject_before(discourse: Discourse, position: int) -> Answer | None:
    """Answers "it" or "the company" at a sentence's beginning with the subject that opens the
    sentence before: "Rival Acme rose 2 per cent. It said", and elsewhere with its own sentence's
    if nothing else is named since. Of 12 at the beginning in 480 articles all are right. No person
    is "it", whatever the model takes the name for.
    """
    start = discourse.sentence_start(position)
    first = position - start <= 1
    begin, end = (
        (discourse.sentence_start(max(0, start - 2)), start) if first else (start, position)
    )
    named = discourse.cast.between(begin, end)
    for name, figure in named[:1]:
        opens = len(discourse.text[begin : name.whole.start].split()) <= OPENING_WORDS
        goes_on = discourse.text.startswith(
            (" and ", ", and ", " spokes", " official"), name.span.end
        )
        able = _may_be_thing(figure) and not discourse.quoted(begin)
        body = figure.kind is NameKind.ORGANISATION
        alone = first or (body and not any(_may_be_thing(other) for _, other in named[1:]))
        if opens and able and alone and not goes_on and not name.possessive:
            if figure.kind is NameKind.PERSON:
                figure.kind = NameKind.UNKNOWN
            return Answer(figure, GOES_ON if body else 0.9, name.text)
    return None


def _may_be_thing(figure: Figure) -> bool:
    """Whether the figure is not a person, or only the model takes it for one: "Ruritania"."""
    unknown = (
        figure.kind is NameKind.PERSON and len(figure.words) == 1 and figure.roles <= BESIDE_BODIES
    )
    return figure.gender is None and (figure.kind in _THINGS or unknown)


GOES_ON = 0.97
"""Confidence in an organisation that is the subject before; more than in any that is in focus."""
OPENING_WORDS = 2
"""Words up to the name that opens a sentence: "The", "Rival"."""
