"""One AES-GCM ciphertext that opens under two keys (Dodis et al., CRYPTO 2018): why envelopes commit.

The tag is E(J0) plus a polynomial in H over the blocks. Two keys give two such equations; making their tags
equal is one linear equation in one free block, here the last.
"""

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_R = 0xE1 << 120


def _times(x: int, y: int) -> int:
    """The product in GF(2^128), bits in GCM's order (SP 800-38D, 6.3)."""
    product = 0
    for bit in range(127, -1, -1):
        if y >> bit & 1:
            product ^= x
        x = x >> 1 ^ (_R if x & 1 else 0)
    return product


def _power(x: int, exponent: int) -> int:
    result = 1 << 127
    for _ in range(exponent):
        result = _times(result, x)
    return result


def _inverse(x: int) -> int:
    """x^(2^128 - 2)."""
    result = 1 << 127
    for _ in range(127):
        x = _times(x, x)
        result = _times(result, x)
    return result


def _block(key: bytes, data: bytes) -> int:
    return int.from_bytes(Cipher(algorithms.AES256(key), modes.ECB()).encryptor().update(data), "big")  # noqa: S305


def _ghash(h: int, aad: bytes, sealed: bytes) -> int:
    lengths = (8 * len(aad)).to_bytes(8, "big") + (8 * len(sealed)).to_bytes(8, "big")
    data = aad.ljust(-(-len(aad) // 16) * 16, b"\0") + sealed + lengths
    result = 0
    for at in range(0, len(data), 16):
        result = _times(result ^ int.from_bytes(data[at : at + 16], "big"), h)
    return result


def collide(keys: tuple[bytes, bytes], nonce: bytes, aad: bytes, plain: bytes) -> bytes:
    """What opens under both keys, under the first to `plain` (whole blocks) but for its last block."""
    counters = b"".join(nonce + count.to_bytes(4, "big") for count in range(2, 2 + len(plain) // 16))
    stream = Cipher(algorithms.AES256(keys[0]), modes.ECB()).encryptor().update(counters)  # noqa: S305
    open_end = bytes(a ^ b for a, b in zip(plain, stream, strict=True))[:-16] + bytes(16)
    hs = [_block(key, bytes(16)) for key in keys]
    masks = [_block(key, nonce + b"\0\0\0\x01") for key in keys]
    tags = [_ghash(h, aad, open_end) ^ mask for h, mask in zip(hs, masks, strict=True)]
    # The last block is followed by the length block only, so it is multiplied with H squared.
    free = _times(tags[0] ^ tags[1], _inverse(_power(hs[0], 2) ^ _power(hs[1], 2)))
    sealed = open_end[:-16] + free.to_bytes(16, "big")
    return sealed + (_ghash(hs[0], aad, sealed) ^ masks[0]).to_bytes(16, "big")
