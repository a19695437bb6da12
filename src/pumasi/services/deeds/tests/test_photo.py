"""Photos with a one-time code: stripped, sealed, looked at by a reviewer with a purpose, gone after their time."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pumasi.civic.audit.errors import PurposeMissing
from pumasi.civic.audit.queries import looks_at
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import DeedNotHere, EvidenceNotAccepted, NotAllowed
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import (
    NotYoursToDecide,
    PhotoCodeOver,
    PhotoCodeUnknown,
    PhotoGone,
    PhotoTooLarge,
    PhotoUnreadable,
)
from pumasi.services.deeds.models import Photo, PhotoCode, State
from pumasi.services.deeds.operations.pictures import cleaned
from pumasi.services.deeds.tests.scene import everything, path, state

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
GPS = 0x8825


def picture(shade: int = 120, size: tuple[int, int] = (640, 480), form: str = "JPEG") -> bytes:
    """A picture that tells where, when and with what it was taken."""
    made = Image.new("RGB", size, (shade, 80, 40))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x0112] = "SecretMaker", "2026:10:05 10:00:00", 6
    exif[GPS] = {1: "N", 2: (37.0, 29.0, 1.0)}
    out = BytesIO()
    made.save(out, form, exif=exif)
    return out.getvalue()


def code(world: World, person: UUID | None = None) -> UUID:
    who, key = person or world.resident, a_key()
    operations.issue_photo_code(acts(who), person_id=who, place_id=world.centre, kind="BARTER_ITEM", key=key)
    return key


def sent(world: World, shade: int = 120, person: UUID | None = None) -> UUID:
    who, key = person or world.resident, code(world, person)
    operations.claim_by_photo(acts(who), person_id=who, code_id=key, quantity=3, data=picture(shade))
    return key


class TestCleaned:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_nothing_but_pixels_is_left(self, form: str) -> None:
        before = picture(form=form)

        after = cleaned(before)

        kept = Image.open(BytesIO(after))
        assert b"SecretMaker" in before
        assert b"SecretMaker" not in after
        assert (kept.format, len(kept.getexif()), "exif" in kept.info) == ("JPEG", 0, False)

    def test_turns_upright_and_becomes_small(self) -> None:
        kept = Image.open(BytesIO(cleaned(picture(size=(4000, 3000)))))

        assert kept.size == (1200, 1600)

    def test_refuses_what_is_no_picture(self) -> None:
        for data in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:200], b"GIF89a" + bytes(99)):
            with pytest.raises(PhotoUnreadable):
                cleaned(data)

    def test_refuses_too_much(self) -> None:
        bomb = BytesIO()
        Image.new("1", (9000, 9000)).save(bomb, "PNG")

        with pytest.raises(PhotoTooLarge):
            cleaned(bytes(10 * 1024 * 1024 + 1))
        with pytest.raises(PhotoTooLarge):
            cleaned(bomb.getvalue())


class TestClaimByPhoto:
    def test_a_reviewer_accepts_and_the_coins_can_be_used_after_a_week(self, world: World) -> None:
        claim = sent(world)

        operations.decide(acts(world.reviewer), claim_id=claim, is_right=True)
        before = wallet_view(world.resident, MORNING)

        assert path(claim) == ["SUBMITTED", "REVIEW", "ISSUED"]
        assert (before.balance.minor, before.vesting.minor) == (0, 600)

    def test_the_code_is_good_for_fifteen_minutes_and_one_photo(self, world: World) -> None:
        key = code(world)
        shown = PhotoCode.objects.get(id=key)
        in_time, late = MORNING + timedelta(minutes=15), MORNING + timedelta(minutes=15, seconds=1)
        told: dict[str, Any] = {"person_id": world.resident, "code_id": key, "quantity": 3, "data": picture()}
        before = everything()

        with pytest.raises(PhotoCodeOver) as refusal:
            operations.claim_by_photo(acts(world.resident, late), **told)
        unchanged = everything() == before
        first = operations.claim_by_photo(acts(world.resident, in_time), **told)
        again = operations.claim_by_photo(acts(world.resident, late), **told)

        assert len(shown.code) == 8
        assert "10:15" in refusal.value.text("ko")
        assert "10:15" in refusal.value.text("en")
        assert unchanged
        assert (first, again, Photo.objects.count()) == (State.REVIEW, State.REVIEW, 1)

    def test_nobody_uses_the_code_of_somebody_else(self, world: World) -> None:
        key = code(world)
        before = everything()

        with pytest.raises(PhotoCodeUnknown):
            operations.claim_by_photo(
                acts(world.neighbour), person_id=world.neighbour, code_id=key, quantity=3, data=picture()
            )

        assert everything() == before

    def test_the_same_picture_again_is_a_duplicate_also_from_others(self, world: World) -> None:
        sent(world)

        second = sent(world, person=world.neighbour)

        assert state(second) is State.DUPLICATE

    def test_the_fourth_photo_of_a_day_is_held(self, world: World) -> None:
        states = [state(sent(world, shade)) for shade in (10, 60, 110, 160)]

        assert states == [State.REVIEW, State.REVIEW, State.REVIEW, State.RISK_HOLD]

    def test_only_kinds_and_places_that_take_photos(self, world: World) -> None:
        told = {"person_id": world.resident, "key": a_key()}

        with pytest.raises(EvidenceNotAccepted):
            operations.issue_photo_code(acts(world.resident), place_id=world.centre, kind="CLEAR_PET", **told)
        with pytest.raises(DeedNotHere):
            operations.issue_photo_code(acts(world.resident), place_id=world.bakery, kind="BARTER_ITEM", **told)

        assert PhotoCode.objects.count() == 0


class TestLook:
    def test_is_sealed_and_each_look_is_noted_for_the_person(self, world: World) -> None:
        claim = sent(world)

        seen = operations.look_at_photo(acts(world.reviewer), claim_id=claim)

        assert seen == cleaned(picture())
        assert seen not in bytes(Photo.objects.get().sealed or b"")
        looks = looks_at(world.resident)
        assert [(each.action, each.by_role, each.purpose) for each in looks] == [("deeds.photo", "REVIEWER", "test")]

    def test_needs_the_role_a_purpose_and_another_persons_claim(self, world: World) -> None:
        claim, own = sent(world), sent(world, 90, world.reviewer)

        for who in (world.official, world.cashier, world.resident, world.issuer):
            with pytest.raises(NotAllowed):
                operations.look_at_photo(acts(who), claim_id=claim)
        purposeless = Acting(world.reviewer, None, Channel.DESK, " ", MORNING)
        with pytest.raises(PurposeMissing):
            operations.look_at_photo(purposeless, claim_id=claim)
        with pytest.raises(NotYoursToDecide):
            operations.look_at_photo(acts(world.reviewer), claim_id=own)
        with pytest.raises(NotYoursToDecide):
            operations.decide(acts(world.reviewer), claim_id=own, is_right=True)

        assert looks_at(world.resident) == []

    def test_is_deleted_forty_days_after_the_decision_and_not_before(self, world: World) -> None:
        decided, waiting = sent(world), sent(world, 90)
        operations.decide(acts(world.reviewer), claim_id=decided, is_right=False, reason="NO_CODE")
        on_the_day = acts(None, MORNING + timedelta(days=40), Channel.JOB)
        after = acts(None, MORNING + timedelta(days=40, seconds=1), Channel.JOB)

        counts = [operations.forget_photos(each) for each in (on_the_day, after, after)]

        assert counts == [0, 1, 0]
        assert Photo.objects.get(claim=decided).sealed is None
        assert Photo.objects.get(claim=waiting).sealed is not None
        with pytest.raises(PhotoGone):
            operations.look_at_photo(acts(world.reviewer, MORNING + timedelta(days=41)), claim_id=decided)

    def test_an_objection_keeps_the_photo(self, world: World) -> None:
        claim = sent(world)
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=False, reason="NO_CODE")
        operations.object_to(acts(world.resident, MORNING + timedelta(days=29)), claim_id=claim, note="보여요")

        count = operations.forget_photos(acts(None, MORNING + timedelta(days=60), Channel.JOB))

        assert count == 0


class TestPages:
    def test_from_the_kind_to_the_reviewers_decision(self, world: World, clock: FixedClock) -> None:
        client, reviewer = visitor(world.resident), visitor(world.reviewer)
        kind = client.get("/deeds/kinds/BARTER_ITEM/").content.decode()

        given = client.post("/deeds/kinds/BARTER_ITEM/photo/", {"key": a_key(), "place": world.centre})
        page = client.get(given["Location"]).content.decode()
        upload = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        slip = client.post(given["Location"], {"quantity": 3, "photo": upload}, follow=True).content.decode()
        inbox = reviewer.get("/deeds/review/").content.decode()
        claim = PhotoCode.objects.get()
        one = reviewer.get(f"/deeds/review/{claim.id}/").content.decode()
        shown = reviewer.get(f"/deeds/review/{claim.id}/photo/")
        reviewer.post(f"/deeds/review/{claim.id}/", {"decision": "approve", "quantity": 2})

        assert "사진으로 보여 주기" in kind
        assert f"{claim.code[:4]}-{claim.code[4:]}" in page
        assert "사진이 들어왔어요" in slip
        assert f"/deeds/review/{claim.id}/" in inbox
        assert claim.code in one
        assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "no-store, private")
        assert wallet_view(world.resident, MORNING).vesting.minor == 400

    def test_a_file_that_is_no_photo_keeps_the_page(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), code(world)
        upload = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")

        answer = client.post(f"/deeds/photos/{key}/", {"quantity": 3, "photo": upload})

        assert answer.status_code == 409
        assert "사진을 읽을 수 없어요" in answer.content.decode()

    def test_another_persons_code_does_not_exist(self, world: World, clock: FixedClock) -> None:
        assert visitor(world.neighbour).get(f"/deeds/photos/{code(world)}/").status_code == 404
