"""Check words of places."""

from uuid import UUID

from pumasi.civic.codes.words import EN, KO, check_words


class TestCheckWords:
    def test_there_are_sixty_four_different_ones_in_each_language(self) -> None:
        assert (len(KO), len(set(KO)), len(EN), len(set(EN))) == (64, 64, 64, 64)

    def test_a_place_keeps_its_words_and_another_has_others(self) -> None:
        first, second = UUID(int=1), UUID(int=2)

        assert check_words(first, "ko") == check_words(first, "ko")
        assert {check_words(UUID(int=n), "ko") for n in range(50)} > {check_words(second, "ko")}
        assert len({check_words(UUID(int=n), "ko") for n in range(50)}) >= 45

    def test_both_languages_name_the_same_two_things(self) -> None:
        korean, english = check_words(UUID(int=1), "ko").split(), check_words(UUID(int=1), "en").split()

        assert [KO.index(word) for word in korean] == [EN.index(word) for word in english]
