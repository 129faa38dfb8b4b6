"""What was made of the last texts is kept, as long as they are not too long together."""

from service.verification.texts.text_cache import Kept


def test_last_texts_are_kept_up_to_their_length_together() -> None:
    made: list[str] = []

    def make(text: str) -> int:
        made.append(text)
        return len(text)

    kept = Kept(make, 10)
    assert [kept("a" * 4), kept("b" * 4), kept("a" * 4), kept("c" * 4)] == [4, 4, 4, 4]
    assert made == ["aaaa", "bbbb", "cccc"]
    kept("a" * 4)
    kept("b" * 4)
    assert made[3:] == ["bbbb"]
    kept("d" * 11)
    kept("d" * 11)
    assert made[4:] == ["d" * 11] * 2
    kept("b" * 4)
    assert len(made) == 6
