"""Quotations in other languages than English, by signs that need no language."""

import pytest

from service.domain import Attested, Extractor, Form, Provenance, Source
from service.extraction import annotate
from service.reading import source_from_text

BOTH = pytest.mark.parametrize("extractor", [Extractor.MODEL, Extractor.RULES])


def quotations(text: str, extractor: Extractor) -> list[tuple[str, str | None]]:
    found = annotate(source_from_text(text, origin="-", where="a text"), (), extractor).statements
    assert {one.form for one in found} <= {Form.DIRECT}
    return [(one.text, one.speaker.name if one.speaker else None) for one in found]


@BOTH
@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("« Nous restons », a déclaré Anne Leroy. Il pleut.", "Nous restons", "Anne Leroy"),
        ("«Nos quedamos aquí», dijo Pedro Ruiz en la plaza.", "Nos quedamos aquí", "Pedro Ruiz"),
        ("«Мы остаёмся», — сказал Иван Петров.", "Мы остаёмся", "Иван Петров"),
        ("Иван Петров заявил: «Мы никуда не уйдём».", "Мы никуда не уйдём", "Иван Петров"),
        (
            "„Wir bauen die Brücke“, sagte Anna Vogt der Zeitung.",
            "Wir bauen die Brücke",
            "Anna Vogt",
        ),
        (
            "Parteichef Friedrich Karg lehnt ab. „Das wird es nicht geben“, sagte Karg am Montag.",
            "Das wird es nicht geben",
            "Friedrich Karg",
        ),
        (
            "El presidente Pedro Ruiz habló ayer. «No vamos a dimitir», dijo Ruiz el lunes.",
            "No vamos a dimitir",
            "Pedro Ruiz",
        ),
        (
            "Parteichef Lars Vogt reagierte zurückhaltend: „Das haben wir schon gehört.“",
            "Das haben wir schon gehört.",
            "Lars Vogt",
        ),
        ("La ministre Anne Leroy : « Nous restons ici. »", "Nous restons ici.", "Anne Leroy"),
        (
            "«No vamos a pagar nada», dijo el primer ministro Luis Ruiz.",
            "No vamos a pagar nada",
            "Luis Ruiz",
        ),
        (
            "«No vamos a pagar nada», dijo el presidente de Ferrosur Luis Ruiz.",
            "No vamos a pagar nada",
            None,
        ),
        ("Ute Karg: „Wir bleiben alle hier.“", "Wir bleiben alle hier.", "Ute Karg"),
        ("»Der Hafen gehört allen.«\n\n— Ute Karg\n", "Der Hafen gehört allen.", "Ute Karg"),
        ("„Zostajemy tutaj”, powiedział Jan Kowal.", "Zostajemy tutaj", "Jan Kowal"),
        ("‚Wir gehen nicht‘, rief Peter Moll den Leuten zu.", "Wir gehen nicht", "Peter Moll"),
        ("„Wir bleiben“, sagte Ministerin Ute Karg.", "Wir bleiben", None),
        ("„Das ist unser Land“, fügte sie hinzu.", "Das ist unser Land", None),
        ("「私たちはここに残る」と田中氏は述べた。", "私たちはここに残る", None),
        ("李强说：“我们会留下来。”", "我们会留下来。", None),
        ("記者会見で「私たちはここに残る」と述べた。", "私たちはここに残る", None),
        ("Bakan Mehmet Aydın, “Burada kalıyoruz” dedi.", "Burada kalıyoruz", "Mehmet Aydın"),
        ("Başkan toplantıda konuştu. Aydın, “Buradayız” dedi.", "Buradayız", None),
        ('השר דוד לוי אמר: "אנחנו נשארים כאן".', "אנחנו נשארים כאן", None),
        ("قال الوزير سامي حداد: «سنبقى هنا».", "سنبقى هنا", None),
        ('"نحن باقون"، قالت ليلى منصور.', "نحن باقون", None),
        ("Según Ruiz, «la deuda es injusta».", "la deuda es injusta", None),
    ],
)
def test_marks_tell_what_is_quoted_and_a_name_beside_whose_it_is(
    text: str, words: str, speaker: str | None, extractor: Extractor
) -> None:
    assert quotations(text, extractor) == [(words, speaker)]


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "El alcalde dijo que el puerto no se vende y que la ciudad gana.",
        "Der Minister sagte, dass der Hafen nicht verkauft wird.",
        "Selon Anne Leroy, le port ne sera pas vendu cette année.",
        "Der Film „Das Boot“ läuft noch bis Mai in allen Kinos der Stadt.",
        "『桜の下』という映画が公開された。",
    ],
)
def test_nothing_else_is_read_in_another_language(text: str, extractor: Extractor) -> None:
    assert quotations(text, extractor) == []


@BOTH
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Personne.\n\n— Bonjour, dit-il.\n\n— Nous restons, déclare Anne Leroy.\n\n— Ah ?\n",
            [("Bonjour", None), ("Nous restons", "Anne Leroy"), ("Ah ?", None)],
        ),
        (
            "Ayer en la plaza.\n\n—No nos vamos —dijo Marta Ruiz—. Esto es nuestro.\n",
            [("No nos vamos […] Esto es nuestro", "Marta Ruiz")],
        ),
        (
            "Вчера у реки.\n\n— Мы остаёмся, — сказал Иван Петров. — Это наш дом.\n",
            [("Мы остаёмся […] Это наш дом", "Иван Петров")],
        ),
        ("Программа:\n\n— Москва — столица\n\n— Казань — город на Волге\n", []),
        ("Le menu du jour :\n\n– salade, avec du pain\n\n– poisson de la mer\n", []),
    ],
)
def test_a_dash_opens_speech_where_a_clause_says_whose_it_is(
    text: str, said: list[tuple[str, str | None]], extractor: Extractor
) -> None:
    assert quotations(text, extractor) == said


def test_statements_have_the_language_of_their_source() -> None:
    source = source_from_text("«Мы остаёмся», — сказал Иван Петров.", origin="-", where="a text")
    assert [one.source.language for one in annotate(source).statements] == ["ru"]


def test_english_that_is_taken_for_another_language_is_read_as_english() -> None:
    text = "Jean Dupont said the café and the hôtel were closed with the pâtisserie."
    taken = Attested("fr", Provenance.INFERRED)
    declared = Attested("fr", Provenance.DECLARED)
    found = [
        len(annotate(Source("a", text, "-", language=language), (), Extractor.RULES).statements)
        for language in (taken, declared)
    ]
    assert found == [1, 0]
