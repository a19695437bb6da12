"""How somebody wants to read: kept one by one, and gone with the membership."""

from uuid import UUID

import pytest

from pumasi.civic.people.models import ReadingChoice
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.reading import Reading, keep_reading, reading_of
from pumasi.civic.people.tests.factories import at_desk, make_person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]


class TestReading:
    def test_is_nothing_until_something_is_chosen(self) -> None:
        assert reading_of(make_person().id) == reading_of(UUID(int=1)) == Reading("", "", "")
        assert ReadingChoice.objects.count() == 0

    def test_one_choice_leaves_the_others_as_they_were(self) -> None:
        person = make_person().id

        keep_reading(person, text="xlarge", contrast="high")
        keep_reading(person, language="en")
        keep_reading(person, text="normal")
        keep_reading(person)

        assert reading_of(person) == Reading("normal", "high", "en")
        assert ReadingChoice.objects.count() == 1

    def test_goes_with_the_membership(self) -> None:
        person, another = make_person().id, make_person().id
        for each in (person, another):
            keep_reading(each, contrast="high")

        close_person(at_desk(), person)

        assert reading_of(person) == Reading()
        assert reading_of(another) == Reading(contrast="high")
