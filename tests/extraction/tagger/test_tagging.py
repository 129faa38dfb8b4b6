"""The model itself, on texts written for it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Span
from service.extraction.page.layout import Article, lay_out
from service.extraction.proposal import Proposal
from service.extraction.tagger import read_by_model
from service.reading import source_from_text

Tagged = tuple[list[str], str | None, str | None]


def article(text: str) -> Article:
    return lay_out(source_from_text(text, origin="-"))


def tell(text: str) -> list[Tagged]:
    """Contents without their marks, cue and mention of each proposal."""
    laid = article(text)

    def words(span: Span | None) -> str | None:
        return None if span is None else span.of(laid.flow)

    return [
        (
            [(words(span) or "").strip("“”\"', .") for span in p.spans],
            words(p.cue),
            words(p.mention),
        )
        for p in read_by_model(laid).proposals
    ]


def test_a_quotation_with_its_speaker() -> None:
    tagged = tell("The vote is on Monday.\n\n“We will win this election,” Jane Doe said on Friday.")
    assert tagged == [(["We will win this election"], "said", "Jane Doe")]


def test_a_quotation_in_two_pieces_is_one_statement() -> None:
    tagged = tell(
        "“We will win,” the senator said. “And then we will all go home to our families.”"
    )
    assert tagged == [
        (["We will win", "And then we will all go home to our families"], "said", "the senator")
    ]


def test_reported_speech() -> None:
    [(contents, cue, mention)] = tell("Aides said that Mr. Doe would not run for office again.")
    assert contents == ["that Mr. Doe would not run for office again"]
    assert (cue, mention) == ("said", "Aides")


def test_according_to() -> None:
    [(_, cue, mention)] = tell("Prices rose by two percent last year, according to the bank.")
    assert (cue, mention) == ("according to", "the bank")


def test_a_block_quotation_without_marks() -> None:
    block = "We will deepen our trust and our cooperation, and expand the scope of joint exercises."
    laid = article(f"The ministers issued a statement, stating:\n\n{block}\n\nThey then left.")
    [proposal] = [p for p in read_by_model(laid).proposals if p.block]
    assert proposal.spans[0].of(laid.flow) == block
    assert proposal.mention is not None


def test_a_headline_is_not_read_into_the_sentence_below() -> None:
    [(contents, cue, mention)] = tell(
        "River fish are shrinking as the water warms\n\n"
        "Trout in the upland streams weigh a third less than they did in 1980, a study suggests."
    )
    assert contents == ["Trout in the upland streams weigh a third less than they did in 1980"]
    assert (cue, mention) == ("suggests", "a study")


def test_narrative_says_nothing() -> None:
    assert tell("The train left at noon. It reached the coast after three hours of rain.") == []


def test_a_text_longer_than_a_window_is_read_to_its_end() -> None:
    filler = "The road runs along the river and past the old mill.\n\n" * 60
    tagged = tell(filler + "“We will rebuild the mill,” Mayor Jane Doe said.")
    assert tagged[-1] == (["We will rebuild the mill"], "said", "Mayor Jane Doe")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="“”\"'’ abcS.,:\n\U0001f600\u05d0", max_size=300))
def test_any_text_is_read_and_every_span_is_in_it(text: str) -> None:
    if not text.strip():
        return
    laid = article(text)
    for proposal in read_by_model(laid).proposals:
        assert_in_order(proposal, laid)


def assert_in_order(proposal: Proposal, laid: Article) -> None:
    ends = [0, *(span.end for span in proposal.spans)]
    assert all(end <= span.start for end, span in zip(ends, proposal.spans, strict=False))
    assert all(len(span) and span.end <= len(laid.flow) for span in proposal.spans)
    assert 0 <= proposal.confidence <= 1


def test_people_whose_names_no_list_knows() -> None:
    laid = article("Zelensky said no. The Kremlin agreed, Obama told reporters in Oslo.")
    assert [span.of(laid.flow) for span in read_by_model(laid).persons] == ["Zelensky", "Obama"]
