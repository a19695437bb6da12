"""Signatures as of Standard Webhooks, and secrets that are in no table."""

from base64 import b64decode
from uuid import UUID

import pytest

from pumasi.civic.hooks import signing
from pumasi.civic.hooks.models import Endpoint
from pumasi.civic.hooks.operations import renew_secret
from pumasi.civic.hooks.tests.district import NOW, Shop, acts, is_signed

ID, OTHER = UUID(int=7), UUID(int=8)


class TestSigning:
    def test_the_example_of_the_standard(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """standardwebhooks.com, the test vector of its reference libraries."""
        monkeypatch.setattr(signing, "_key", lambda *_: b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))

        class Message:
            hex = "msg_p5jXN8AQM9LWM0D4loKWxJek"

        class Moment:
            def timestamp(self) -> float:
                return 1614265330.0

        made = signing.headers(ID, [1], message=Message(), at=Moment(), body=b'{"test": 2432232314}')  # type: ignore[arg-type]  # the vector's own id and time

        assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_a_flipped_byte_anywhere_is_noticed(self) -> None:
        secret, body = signing.secret(ID, 1), b'{"won":1000}'
        made = signing.headers(ID, [1], message=UUID(int=9), at=NOW, body=body)

        assert (made["webhook-id"], made["webhook-timestamp"]) == (UUID(int=9).hex, "1791162000")
        assert is_signed(secret, made, body)
        assert not is_signed(secret, made, b'{"won":1001}')
        assert not is_signed(secret, {**made, "webhook-id": UUID(int=10).hex}, body)
        assert not is_signed(secret, {**made, "webhook-timestamp": "1791162001"}, body)
        assert not is_signed(signing.secret(OTHER, 1), made, body)
        assert not is_signed(signing.secret(ID, 2), made, body)

    def test_a_secret_has_256_bits(self) -> None:
        assert signing.secret(ID, 1).startswith("whsec_")
        assert len(b64decode(signing.secret(ID, 1).removeprefix("whsec_"))) == 32

    @pytest.mark.postgres
    @pytest.mark.django_db(databases=["default", "keys"])
    def test_no_table_holds_it_before_or_after_a_new_one(self) -> None:
        shop = Shop()
        first = shop.hears()
        row = Endpoint.objects.get()
        second = renew_secret(acts(shop.keeper), endpoint_id=row.id)

        assert first == signing.secret(row.id, 1)
        assert second == signing.secret(row.id, 2)
        kept = str(Endpoint.objects.values().get())
        assert first[6:20] not in kept
        assert second[6:20] not in kept
