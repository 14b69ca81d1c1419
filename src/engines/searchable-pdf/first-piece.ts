/**
 * Runs a generator up to its first piece, so that what fails before it is thrown here and not in the
 * middle of an answer. The rest is made as it is asked for; whoever stops early ends the generator.
 */
export async function withFirstPiece<Piece>(
  pieces: AsyncGenerator<Piece>,
): Promise<AsyncIterable<Piece>> {
  let first: IteratorResult<Piece> | undefined = await pieces.next();
  const iterator: AsyncIterator<Piece> = {
    async next() {
      const taken = first;
      first = undefined;
      return taken ?? pieces.next();
    },
    // Not left to a generator around this one: a generator that never started has no end to run.
    async return() {
      return pieces.return(undefined);
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
