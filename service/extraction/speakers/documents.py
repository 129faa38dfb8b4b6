"""Documents: resolves mentions of reports, polls, lawsuits and letters.

A document is named by the article's own words for it, as full as possible: what qualifies its kind,
the kind, its author and its subject. A mention of only the kind ("the survey") means the likeliest
document mentioned so far. A document that carries its author's own words ("Trump's tweet") speaks
for the author.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.document_names import SHOWN, kind_of, of_document
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.fitting_bodies import may_be_body
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import SOLE
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.organisations import organisation
from service.extraction.speakers.papers import Paper, Papers

_ANY = frozenset(("document", "text"))
"""Words for any kind of document."""
_STUDIES = frozenset(("report", "lawsuit"))
"""Kinds of study: their families contain one of these words."""
_EVENTS = frozenset(("investigation", "inquiry", "probe", "interview", "test", "evidence"))
"""Kinds whose subject the article gives elsewhere."""
_SENT = frozenset(("letter", "email", "e-mail", "note"))
"""They speak for themselves if their author is unknown."""
_OUT = word_class("issued")
_NO_NAME = frozenset(("figure", "finding", "law", "number", "result", "rule", "statistic"))
"""Without another word these do not identify a document."""
_OUTCOMES = frozenset(("finding", "result"))
"""What one study has several of."""
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_SHOWN_BY = re.compile(rf"\b{SHOWN}$")
_OF_NAMED = re.compile(r" of (?:the )?[A-Z]")
_IN_A = re.compile(
    r"\b([Ii]n|through|via|with|issued|released|posted|sent|put)(?: out)? "
    r"(?:an?|his|her|its|their|the(?= (?:letter|e-?mail|memo|note|message)\b)) "
    r"((?:(?!of |to |for |with |on |in |and )[\w’'.,-]+ ?){1,6})"
)
"""Begins the words on where somebody spoke: "in a joint statement", "sent an e-mail"."""
_A = re.compile(r"\b(?:an?|another) (?:[\w-]+ ){0,2}?([a-z]+)\b")
_MAILED = re.compile(r"(?:, [^.;“”]{2,90})?,? e-?mailed\b")
_WITHIN = frozenset(("in", "through", "via", "with"))
_WHOSE = re.compile(r"^[a-z-]+[’']s? ")

# Scores for the document that a mention of its kind alone means: of the same kind or a related one,
# with a name, near. Any of them may change by half and of 280 such mentions in 400 articles three
# at most are answered differently.
SAME_KIND = 1.0
SAME_FAMILY = 0.6
NAMED = 0.5
QUALIFIED = 0.2
PER_SENTENCE = 0.08
SPOKE = 0.5
TURNS_BACK = 10
"""Sentences searched for a turn of the document."""
AFTER = 0.3
"""Deducted if the document is named only after the mention."""
WRITTEN_BACK = 4
"""Sentences since somebody spoke "in a statement"."""
LEAST = 0.7
LEAD_SENTENCES = 3
"""Leading sentences in which a survey may be quoted before it is introduced."""
INTRODUCED_AFTER = 4
"""Sentences after the mention within which that introduction comes."""
ALONE, CLEAR, UNCLEAR = 0.97, 0.9, 0.5
"""Confidences. Of 57 mentions of a document mentioned elsewhere, 24 of 30 are right if it is of the
same kind (or the mention fits any kind) and has a name, 17 of the other 27. If nothing else of
the kind is mentioned, 11 of 13 are.
"""


_SAYS_AS_TEXT = re.compile(
    r"[Ii]t (?:also |then |further |\w+ly )?(?:finds?|found|concluded?s?|show(?:s|ed)?"
    r"|suggest(?:s|ed)?|estimated?s?|reads?|alleged?s?)\b"
)
"""What a document does, and seldom a body."""
QUOTE_MARK = 2
"""Characters at most between a sentence's beginning and its first word."""


@named_rule("it-of-document-before", None)
def document_before(
    discourse: Discourse, papers: Papers, position: int, content: Sequence[Span]
) -> Answer | None:
    """Answers "it" with the document that is the subject of the sentence before the statement: "A
    study in Nature followed ten. It found", "A petition has 90 names. “Stop,” it says".
    """
    opens = min([position, *(span.start for span in content)])
    start = discourse.sentence_start(opens)
    begin = discourse.sentence_start(max(0, start - 2))
    if opens - start > QUOTE_MARK or begin == start or discourse.quoted(begin):
        return None
    mention = papers.opening(begin, start)
    named = discourse.cast.between(begin, start)
    if mention is None or _is_of_body(discourse, position, named):
        return None
    for turn in discourse.recent_turns(position, TURNS_BACK):
        figure = turn.figure
        known = figure is not None and figure.kind is NameKind.DOCUMENT and not turn.unsure
        if turn.position >= begin and not known:
            return None  # the document has just spoken, but for its author, or for an unknown one
        if figure is not None and mention.noun in map(str.lower, figure.words):
            return Answer(figure, pronouns.GOES_ON, turn.text)
    meant = document(discourse, papers, mention)
    if meant is not None:
        return Answer(meant.figure, pronouns.GOES_ON, meant.antecedent)
    paper = papers.at_head(mention)
    return None if paper is None else Answer(paper.figure, pronouns.GOES_ON)


def _is_of_body(discourse: Discourse, position: int, named: Sequence[tuple[Name, Figure]]) -> bool:
    """Whether "it" may mean a body that is named beside the document."""
    if _SAYS_AS_TEXT.match(discourse.text, position):
        return False
    return any(may_be_body(figure) and not name.possessive for name, figure in named)


@named_rule("documents", None)
def document(discourse: Discourse, papers: Papers, mention: Mention) -> Answer | None:
    """Resolves a mention whose head is a kind of document: to the document or its author."""
    mention = of_document(discourse, mention)
    spoken = _author(mention, kind_of(mention)) or _owner_speaking(discourse, mention)
    if spoken is not None:
        return Answer(spoken, 0.8, spoken.name)
    writer = _writer(discourse, mention)
    if writer is not None:
        return Answer(writer, ALONE, writer.name)
    paper = papers.at_head(mention)
    if paper is None:
        return None
    if paper.named:
        return Answer(paper.figure, 0.85, paper.figure.name)
    owner = _owner(discourse, mention)
    if owner is not None:
        name = f"{owner.name}’s {_WHOSE.sub('', paper.figure.name)}"
        made = discourse.made.setdefault(name, Figure(name, NameKind.DOCUMENT))
        return Answer(made, ALONE if mention.determiner == "the" else 0.7)
    meant = _likeliest(discourse, papers, paper, mention.determiner in _DEFINITE)
    named = meant is not None and meant.named and meant.kind == paper.kind
    issuer = None if named else _issuer(discourse, mention)
    if issuer is not None:
        name = f"{issuer.name}’s {mention.noun}"
        made = discourse.made.setdefault(name, Figure(name, NameKind.DOCUMENT))
        return Answer(made, ALONE, issuer.name)
    if meant is not None:
        clear = meant.named and (meant.kind == paper.kind or paper.kind in _ANY)
        turns = discourse.recent_turns(mention.span.start, TURNS_BACK)
        spoke = [turn for turn in turns if turn.figure is meant.figure]
        alone = _is_bare(mention) and (
            _is_alone(papers, paper, meant, spoke)
            or (_is_unidentified(discourse, paper, meant) and _is_alone(papers, paper, paper))
        )
        sure = ALONE if alone else CLEAR if clear else UNCLEAR
        return Answer(meant.figure, sure, meant.figure.name)
    bare = mention.determiner == "the" and _is_bare(mention)
    called = _called_so(discourse, mention) if bare and not mention.modifiers else None
    if called is not None:
        return Answer(called, ALONE, called.name)
    alone = bare and _is_alone(papers, paper, paper)
    alone = alone and not paper.plural and paper.kind not in _EVENTS
    if _is_of_holder(mention, paper) or (alone and _family(paper.kind) & _STUDIES):
        return Answer(paper.figure, ALONE if alone else 0.6)
    return None


@named_rule("named-after-its-kind", None)
def _called_so(discourse: Discourse, mention: Mention) -> Figure | None:
    """The only name before the mention that ends with its noun: "the review" is the Gower Review,
    taken for a body.
    """
    found = [
        figure
        for figure in discourse.cast.figures
        if len(figure.words) > 1 and figure.last_word.lower() == mention.noun
        if figure.names and figure.names[0].span.start < mention.span.start
    ]
    return found[0] if len(found) == 1 and not is_person(found[0]) else None


@named_rule("author", None)
def _author(mention: Mention, kind: str) -> Figure | None:
    """Author of a personal document, named before it ("Trump's tweet") or after "by"; None
    otherwise.
    """
    if kind not in people().personal_documents:
        return None
    for piece in reversed(mention.modifiers):
        whose = piece.figure.kind if piece.figure else NameKind.OTHER
        if whose is NameKind.PERSON or (whose is NameKind.UNKNOWN and piece.possessive):
            return piece.figure
    for at, by in enumerate(mention.rest):
        author = _named_first(mention.rest[at + 1 :]) if by.lower in ("by", "from") else None
        if author is not None:
            shown = _SHOWN_BY.search(mention.text, 0, by.end - mention.span.start)
            return None if author.possessive or shown else author.figure
    return None


def _named_first(pieces: Sequence[Piece]) -> Piece | None:
    """The name with which the pieces begin, after its office: Jane Doe of "Acme President Jane
    Doe".
    """
    for piece, following in zip_longest(pieces, pieces[1:]):
        heads = following is not None and following.lower in people().roles
        if piece.figure is not None and not heads:
            several = following is not None and following.lower == "and"
            return None if several else piece
        if not (heads or piece.lower in people().roles):
            return None
    return None


@named_rule("document-owner", None)
def _owner(discourse: Discourse, mention: Mention) -> Figure | None:
    """Owner of a document: "her plan", "its filings", "the committee's report"."""
    position = mention.span.start
    whose = mention.modifiers[-1:]
    if mention.determiner == "the" and whose and whose[0].possessive and not whose[0].figure:
        owner = Mention(whose[0].text, Span(position, whose[0].end), "the", whose, ())
        body = organisation(discourse, owner)
        sole = body is not None and body.confidence >= SOLE and not body.figure.nameless
        return body.figure if body and sole else None
    return pronouns.possessor(discourse, mention.determiner, position)


@named_rule("just-written", None)
def _writer(discourse: Discourse, mention: Mention) -> Figure | None:
    """Whoever has just spoken in such a document: "Acme said in a statement", later "the statement
    said".
    """
    kind = kind_of(mention)
    lexicon = people()
    if kind not in lexicon.personal_documents or mention.determiner not in _DEFINITE:
        return None
    if mention.modifiers or not _is_bare(mention):
        return None
    kinds = lexicon.document_synonyms.get(kind, frozenset()) | {kind}
    turns = discourse.recent_turns(mention.span.start, WRITTEN_BACK)
    for turn in turns:
        if not kinds.isdisjoint(_written_in(discourse, turn)):
            return turn.figure
        end = min(discourse.sentences_from(turn.position, 0), mention.span.start)
        said = discourse.text[turn.position : end].lower().split()
        if not kinds.isdisjoint(map(lexicon.documents.get, said)):
            return None  # another has just sent one
    latest = turns[0] if turns else None
    if kind != "statement" or latest is None or latest.figure is None:
        return None
    others = kind in discourse.text[latest.position : mention.span.start].lower()
    return latest.figure if latest.figure.kind is NameKind.ORGANISATION and not others else None


@named_rule("issued-by", None)
def _issuer(discourse: Discourse, mention: Mention) -> Figure | None:
    """Whoever has just spoken in such a report: "In a report, the court said", later "the report
    said".
    """
    kind = kind_of(mention)
    if mention.determiner != "the" or mention.modifiers or not _is_bare(mention):
        return None
    kinds = people().document_synonyms.get(kind, frozenset()) | {kind}
    for turn in discourse.recent_turns(mention.span.start, WRITTEN_BACK):
        if not kinds.isdisjoint(_written_in(discourse, turn)):
            body = turn.figure
            end = discourse.sentences_from(turn.position, 0)
            since = map(people().documents.get, _A.findall(discourse.text, end, mention.span.start))
            another = not kinds.isdisjoint(since)
            return None if body is None or turn.unsure or body.nameless or another else body
    return None


def _written_in(discourse: Discourse, turn: Turn) -> Iterator[str]:
    """Kinds of document in which the turn's sentence says that its speaker spoke."""
    start, end = discourse.sentence_start(turn.position), discourse.sentences_from(turn.position, 0)
    if _MAILED.match(discourse.text, turn.position + len(turn.text)):
        yield "email"
    for found in _IN_A.finditer(discourse.text, start, end):
        itself = found.start() - turn.position - len(turn.text) <= len(" has ")
        if itself or found.group(1).lower() in _WITHIN:
            words = (word.strip(".,").lower() for word in found.group(2).split())
            yield from filter(None, map(people().documents.get, words))


def _owner_speaking(discourse: Discourse, mention: Mention) -> Figure | None:
    personal = kind_of(mention) in people().personal_documents
    return _owner(discourse, mention) if personal and mention.determiner in ("his", "her") else None


def _is_of_holder(mention: Mention, paper: Paper) -> bool:
    """Whether the mention's own words identify the document: "exit polls", but not "the unsigned
    opinion", which refers to one mentioned before.
    """
    if mention.determiner in pronouns.SINGULAR or mention.determiner in ("its", "their"):
        return False
    if not paper.words and paper.kind in _NO_NAME:
        return False
    if mention.determiner not in _DEFINITE or paper.plural:
        return True
    if any(piece.possessive for piece in mention.modifiers) and _family(paper.kind) & _STUDIES:
        return True  # "the ministry’s annual report"
    if _OF_NAMED.search(paper.figure.name):
        return True  # "the Constitution of Norrland"
    any_holder = paper.kind not in people().personal_documents and paper.kind not in _ANY
    return any_holder and not paper.words


@named_rule("document-spoken-of", None)
def _likeliest(discourse: Discourse, papers: Papers, paper: Paper, definite: bool) -> Paper | None:
    """The likeliest of the documents mentioned for a mention without a name; one that is new to the
    reader may only be introduced right after.
    """
    here = discourse.sentence_number(paper.start)
    per_sentence = PER_SENTENCE / 3 if paper.kind in _ANY else PER_SENTENCE
    best: tuple[float, Paper | None] = (LEAST, None)
    spoke = {turn.figure for turn in discourse.recent_turns(paper.start, TURNS_BACK)}
    for other in papers.around(paper.start):
        ahead = discourse.sentence_number(other.start) - here
        follows = other.start > paper.start
        soon = follows and other.named and ahead <= INTRODUCED_AFTER and here <= LEAD_SENTENCES
        if definite or soon:
            score = _likeness(paper, other) - per_sentence * abs(ahead)
            score -= AFTER if follows and definite else 0.0
            score += SPOKE if score > 0 and other.figure in spoke else 0.0
            best = max(best, (score, other), key=itemgetter(0))
    return best[1]


def _is_bare(mention: Mention) -> bool:
    """Whether nothing follows the kind, or only words on when the document came out."""
    rest = mention.rest
    counted = len(rest) > 1 and rest[0].lower == "of" and rest[1].text[0].isdigit()
    if any(piece.possessive for piece in mention.modifiers):
        return False
    return not rest or counted or not rest[0].text[0].isalnum() or rest[0].lower in _OUT


def _is_unidentified(discourse: Discourse, paper: Paper, meant: Paper) -> bool:
    """Whether both are a report or lawsuit of which the article says nothing else, and has only
    one.
    """
    kinds = map(people().documents.get, _A.findall(discourse.text, 0, paper.start))
    if list(kinds).count(paper.kind) > 1:
        return False
    said = meant.words or meant.named or paper.words or paper.plural or paper.kind != meant.kind
    return not said and paper.kind not in _EVENTS and bool(_family(paper.kind) & _STUDIES)


def _is_alone(papers: Papers, paper: Paper, meant: Paper, spoke: Sequence[Turn] = ()) -> bool:
    """Whether ``meant``, which ``spoke`` before or is identified by a word, is the only document of
    its kind that the mention may mean. A speech or statement without a name does not count, since
    its author is taken to speak.
    """
    identified = meant is paper or meant.named or meant.words or spoke
    personal = meant.kind in people().personal_documents - _SENT and not meant.named
    one = not meant.plural or (meant.kind == paper.kind and bool(meant.named or spoke))
    if not one or not identified or personal:
        return False
    near = meant.kind == paper.kind or (meant.named and paper.kind in _ANY)
    near = near or (paper.kind in _ANY and bool(spoke))
    near = near or paper.kind in people().document_synonyms.get(meant.kind, ())
    akin = _family(paper.kind) & _family(meant.kind) & _STUDIES
    near = near or (meant.named and bool(akin) and (bool(spoke) or meant.kind not in _EVENTS))
    return near and all(
        other.figure in (meant.figure, paper.figure)
        or (spoke and other.start > paper.start)
        or any(turn.position <= other.start < turn.position + len(turn.text) for turn in spoke)
        or not (other.words or other.named)
        or not _likeness(paper, other)
        for other in papers.around(paper.start)
    )


def _likeness(paper: Paper, other: Paper) -> float:
    if paper.plural != other.plural and not (other.named and paper.kind in _OUTCOMES):
        return 0.0
    score = NAMED if other.named else QUALIFIED if other.words else 0.0
    if paper.kind == other.kind or paper.kind in people().document_synonyms.get(other.kind, ()):
        return score + SAME_KIND
    related = paper.kind in _ANY or other.kind in _family(paper.kind)
    return score + SAME_FAMILY if related else 0.0


def _family(kind: str) -> frozenset[str]:
    return people().document_families.get(kind, frozenset())
