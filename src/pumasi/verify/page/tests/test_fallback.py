"""The cryptography in plain JavaScript, against the standards' own examples and against another implementation."""

import hashlib
import hmac
from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from pumasi.verify.page.tests.driving import ask, b64

# RFC 8032 section 7.1, TEST 1, 2, 3 and SHA(abc): key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]
L = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19


def verify(key: bytes, message: bytes, signature: bytes) -> dict[str, object]:
    return {"ed25519": b64(signature), "key": b64(key), "message": b64(message)}


def answers(requests: list[dict[str, object]]) -> list[bool]:
    return [answer["ok"] for answer in ask(requests, "--pure")]


def rfc_8032() -> Iterator[tuple[bytes, bytes, bytes]]:
    for key, message, signature in RFC_8032:
        yield bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)


class TestHashes:
    def test_sha2_gives_the_examples_of_the_standard(self) -> None:
        long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

        found = ask([{"sha256": ""}, {"sha256": b64(b"abc")}, {"sha256": b64(long)}, {"sha512": b64(b"abc")}], "--pure")

        assert [answer["hash"] for answer in found] == [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
            "454d4423643ce80e2a9ac94fa54ca49f",
        ]

    def test_every_length_around_the_blocks_hashes_as_elsewhere(self) -> None:
        messages = [bytes(range(256))[:length] for length in range(260)]

        found = ask([{name: b64(message)} for message in messages for name in ("sha256", "sha512")], "--pure")

        expected = [hash_(message).hexdigest() for message in messages for hash_ in (hashlib.sha256, hashlib.sha512)]
        assert [answer["hash"] for answer in found] == expected

    def test_hmac_with_short_and_long_keys_is_as_elsewhere(self) -> None:
        cases = [(b"k" * length, b"m" * (3 * length)) for length in (1, 16, 63, 64, 65, 200)]

        found = ask([{"hmac": b64(message), "key": b64(key)} for key, message in cases], "--pure")

        assert [answer["hash"] for answer in found] == [hmac.digest(*case, "sha256").hex() for case in cases]


class TestEd25519:
    def test_signatures_of_the_standard_verify(self) -> None:
        assert answers([verify(*case) for case in rfc_8032()]) == [True] * 4

    def test_signatures_of_the_standard_over_another_message_do_not(self) -> None:
        assert (
            answers([verify(key, message + b"\0", signature) for key, message, signature in rfc_8032()]) == [False] * 4
        )

    def test_sixty_random_signatures_verify_and_no_flipped_bit_of_them_does(self) -> None:
        cases = [
            (Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"%d" % n).digest()), bytes(11 * n)) for n in range(60)
        ]
        good = [(key.public_key().public_bytes_raw(), message, key.sign(message)) for key, message in cases]
        flipped = [
            (key, message, bytes(byte ^ (1 << n % 8 if place == n else 0) for place, byte in enumerate(signature)))
            for n, (key, message, signature) in enumerate(good)
        ]

        found = answers([verify(*case) for case in (*good, *flipped)])

        assert found == [True] * 60 + [False] * 60

    @given(key=st.binary(min_size=32, max_size=32), signature=st.binary(min_size=64, max_size=64))
    def test_random_bytes_are_refused_as_elsewhere(self, key: bytes, signature: bytes) -> None:
        assert answers([verify(key, b"message", signature)]) == [verifies(key, b"message", signature)] == [False]

    def test_a_second_spelling_of_s_is_refused(self) -> None:
        key, message, signature = next(rfc_8032())
        larger = int.from_bytes(signature[32:], "little") + L

        assert answers([verify(key, message, signature[:32] + larger.to_bytes(32, "little"))]) == [False]

    def test_a_second_spelling_of_a_point_is_refused(self) -> None:
        """With the neutral element (y = 1) as key, S = 0 and R = the key are good; y = P + 1 is no spelling of it."""
        neutral, other = (1).to_bytes(32, "little"), (P + 1).to_bytes(32, "little")
        signature = neutral + bytes(32)

        found = answers([verify(neutral, b"", signature), verify(other, b"", signature)])

        assert found == [True, False]

    def test_a_negative_zero_and_a_y_that_is_on_no_point_are_refused(self) -> None:
        negative, nowhere = (1 | 1 << 255).to_bytes(32, "little"), (2).to_bytes(32, "little")

        assert answers([verify(key, b"", key + bytes(32)) for key in (negative, nowhere)]) == [False, False]

    def test_keys_and_signatures_of_other_lengths_are_refused(self) -> None:
        key, message, signature = next(rfc_8032())

        found = answers([verify(key[:31], message, signature), verify(key, message, signature + b"\0")])

        assert found == [False, False]


def verifies(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True
