"""Verifier keys have one spelling, and name, id, algorithm and key belong together."""

import pytest

from pumasi.tlog.errors import BadNote
from pumasi.tlog.key import COSIGNATURE, ED25519, VerifierKey, is_key_name, key_id, parse_vkey, verifies
from pumasi.tlog.tests.notes import LOG, WITNESSES, signer

LOG_VKEY = "seocho.example/coin+678da306+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
WITNESS_VKEY = "w0.example+6ddf5b09+BEOnLnFEAXYt9mtowm373yaCquyfJHTspGE+QkoPuv08"


def refusal(vkey: str) -> str:
    with pytest.raises(BadNote) as refused:
        parse_vkey(vkey)
    return refused.value.reason


class TestVkey:
    @pytest.mark.parametrize(("vkey", "key"), [(LOG_VKEY, LOG.verifier), (WITNESS_VKEY, WITNESSES[0].cosigner)])
    def test_is_read_and_written(self, vkey: str, key: VerifierKey) -> None:
        assert key.vkey == vkey
        assert parse_vkey(vkey) == key

    def test_one_private_key_has_another_id_for_each_algorithm(self) -> None:
        assert (LOG.verifier.algorithm, LOG.cosigner.algorithm) == (ED25519, COSIGNATURE) == (1, 4)
        assert LOG.verifier.public == LOG.cosigner.public
        assert LOG.verifier.key_id != LOG.cosigner.key_id

    @pytest.mark.parametrize(
        "vkey",
        [
            "",
            "+",
            LOG_VKEY.replace("+", " "),
            "seocho.example/coin+678da306",
            LOG_VKEY.replace("678da306", "678DA306"),
            LOG_VKEY.replace("678da306", "78da306"),
            LOG_VKEY.replace("678da306", "678da306\n"),
        ],
    )
    def test_has_three_parts_and_a_lower_case_id(self, vkey: str) -> None:
        assert refusal(vkey) == "not a verifier key"

    @pytest.mark.parametrize(
        ("vkey", "reason"),
        [
            (LOG_VKEY.replace("seocho", "nowon"), "key id differs"),
            (LOG_VKEY.replace("678da306", "678da307"), "key id differs"),
            (LOG_VKEY.replace("seocho.example/coin", ""), "not a key name"),
            (LOG_VKEY.replace("/", " ", 1), "not a key name"),
            (LOG_VKEY + "\n", "not base64"),
            (LOG_VKEY + "AAAA", "public key is not 32 bytes"),
            (LOG_VKEY[:-4], "public key is not 32 bytes"),
            ("seocho.example/coin+678da306+", "unknown algorithm"),
            ("seocho.example/coin+678da306+AQ==", "public key is not 32 bytes"),
            ("seocho.example/coin+678da306+AR==", "base64 is not canonical"),
        ],
    )
    def test_is_refused_with_the_reason(self, vkey: str, reason: str) -> None:
        assert refusal(vkey) == reason

    @pytest.mark.parametrize("algorithm", [0x00, 0x02, 0x05, 0x06, 0xFF])
    def test_of_another_algorithm_is_refused(self, algorithm: int) -> None:
        public = bytes(1312 if algorithm == 6 else 32)

        with pytest.raises(BadNote) as refused:
            VerifierKey("a", key_id("a", algorithm, public), algorithm, public)

        assert refused.value.reason == "unknown algorithm"


class TestKeyName:
    @pytest.mark.parametrize("name", ["a", "seocho.example/coin", "oid/1.3.6.1", "서초.한국", "—", "a=b"])
    def test_is_a_word(self, name: str) -> None:
        assert is_key_name(name)

    @pytest.mark.parametrize(
        "name", ["", "a b", "a+b", "a\n", "\n— b", "a\r", "a\x00", "a\tb", "a\x85", "a\xa0b", "a\u2003b", "a\u3000b"]
    )
    def test_holds_no_space_plus_or_control(self, name: str) -> None:
        assert not is_key_name(name)
        with pytest.raises(BadNote) as refused:
            signer(name, 1)
        assert refused.value.reason == "not a key name"


class TestSigner:
    def test_does_not_show_its_private_key(self) -> None:
        assert repr(LOG) == "Signer(name='seocho.example/coin')"

    def test_a_signature_of_another_length_is_no_signature(self) -> None:
        assert not verifies(LOG.verifier.public, b"", b"text")
