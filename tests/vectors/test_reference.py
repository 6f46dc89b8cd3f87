"""The HPKE that makes vectors is RFC 9180's, and the library's; the salamander is one."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from holdspace.sealing.primitives import x_public
from tests.vectors import reference_hpke, salamander

unhex = bytes.fromhex

# RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0.
EPHEMERAL = "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"
RECIPIENT = "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d"
ENC = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
SECRET = "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"
INFO = "4f6465206f6e2061204772656369616e2055726e"
KEY, NONCE = "4531685d41d65f03dc48f6b8302c05b0", "56d890e5accaaf011cff4b7d"
AAD = "436f756e742d30"
PLAIN = "4265617574792069732074727574682c20747275746820626561757479"
SEALED = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"


def test_the_reference_meets_the_rfcs_values() -> None:
    secret, enc = reference_hpke.encapsulate(unhex(EPHEMERAL), unhex(RECIPIENT))
    key, nonce = reference_hpke.key_schedule(secret, unhex(INFO), aead=1, key_size=16)
    assert [enc.hex(), secret.hex(), key.hex(), nonce.hex()] == [ENC, SECRET, KEY, NONCE]
    assert AESGCM(key).encrypt(nonce, unhex(PLAIN), unhex(AAD)).hex() == SEALED


def test_the_library_opens_what_the_reference_seals() -> None:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    sealed = reference_hpke.seal(b"e" * 32, x_public(b"r" * 32), b"info", b"words")
    assert suite.decrypt(sealed, X25519PrivateKey.from_private_bytes(b"r" * 32), b"info") == b"words"


def test_a_salamander_opens_under_both_keys() -> None:
    keys, nonce, aad = (b"1" * 32, b"2" * 32), b"n" * 12, b"a" * 124
    sealed = salamander.collide(keys, nonce, aad, b"p" * 256)
    opened = [AESGCM(key).decrypt(nonce, sealed, aad) for key in keys]
    assert opened[0][:-16] == b"p" * 240
    assert opened[1] != opened[0]
