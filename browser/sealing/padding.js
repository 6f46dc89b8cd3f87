/** Sizes tell stories, so everything sealed is filled up to one of few lengths (sealing.md 6). */

const SMALLEST = 256;
const POWERS_UP_TO = 4096;
const LARGEST = 2 ** 31;

/**
 * The padded length for `length` bytes: 256; then powers of two up to 4,096; then Padmé (Nikitin et al., PETS 2019), at most
 * 6.3 % more. Padmé alone would leak steps of 16 bytes between 256 and 512, where most messages are.
 *
 * @param {number} length 0 to 2^31
 */
export function padlen(length) {
  if (!Number.isInteger(length) || length < 0 || length > LARGEST) throw new RangeError("length cannot be padded");
  if (length <= SMALLEST) return SMALLEST;
  if (length <= POWERS_UP_TO) return 2 ** (floorLog2(length - 1) + 1);
  const exponent = floorLog2(length);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return Math.ceil(length / step) * step;
}

/** @param {number} value 1 to 2^32 - 1; exact, where Math.log2 is only close */
const floorLog2 = (value) => 31 - Math.clz32(value);

/**
 * Is this one of the lengths `padlen` gives? Any other would leak a size, so it is refused (`padding`).
 *
 * @param {number} length
 */
export const isPaddedLength = (length) => length >= SMALLEST && length <= LARGEST && padlen(length) === length;

/**
 * The bytes followed by zeros, up to `padlen`.
 *
 * @param {Uint8Array} bytes
 */
export function pad(bytes) {
  const padded = new Uint8Array(padlen(bytes.length));
  padded.set(bytes);
  return padded;
}
