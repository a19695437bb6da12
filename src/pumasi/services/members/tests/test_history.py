"""After a merge all earlier slips, receipts and letters open for the one who is left, and for nobody else."""

import pytest
from django.urls import reverse

from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.notices.queries import letters, unread
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Claim
from pumasi.coin.operations import approve_merge, ask_merge, give
from pumasi.coin.tests.world import DATABASES, World, a_key, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestHistory:
    def test_is_reachable_by_the_one_who_is_left(self, world: World) -> None:
        paid = world.pays(10).key
        given = give(acts(world.resident), to_id=world.keeper, coins=1, key=a_key())
        claim = Claim.objects.order_by("at")[0].key
        words = Words("옛 편지", "Old letter", "글", "Text")
        write_notice(acts(None), person_id=world.resident, kind="EXPIRY", words=words, key=a_key())
        pages = [
            reverse("deeds:result", args=[claim]),
            reverse("shops:receipt", args=[paid]),
            reverse("record:receipt", args=[given.key]),
        ]
        reader = visitor(world.neighbour)
        paths = [path for path in pages if visitor(world.resident).get(path).status_code == 200]
        before = [reader.get(path).status_code for path in paths]

        request = ask_merge(
            acts(world.official), kept_id=world.neighbour, gone_id=world.resident, reason="같은 사람", key=a_key()
        )
        approve_merge(acts(world.reviewer), proposal_id=request)

        assert len(paths) == 3
        assert before == [404, 404, 404]
        assert [reader.get(path).status_code for path in paths] == [200, 200, 200]
        assert [visitor(world.keeper).get(path).status_code for path in paths[:1]] == [404]
        assert "Old letter" in [each.title_en for each in letters(world.neighbour)]
        assert unread(world.neighbour) == 4
