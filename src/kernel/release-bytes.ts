/** Smaller ones may lie in memory that others use, too, and cost next to nothing. */
const leastBytes = 1_000_000;

/**
 * Gives the memory of a large array back at once; it is empty afterwards. Left to the garbage collector, a few large
 * arrays make it go through the whole heap again and again, because they lie outside of it. What shares its memory
 * with others is left alone. Nothing may read the array any more, no write to a file that is still under way either.
 */
export function releaseBytes(bytes: Uint8Array): void {
  const { buffer } = bytes;
  const isOwn = bytes.length >= leastBytes && bytes.length * 2 > buffer.byteLength;
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
