/** A repeatable source of noise: the same seed gives the same samples on every machine. */
export interface SeededRandom {
  /** Uniform in 0 (included) to 1 (excluded). */
  uniform: () => number;
  /** Normal with mean 0 and standard deviation 1. */
  normal: () => number;
}

/** Makes a generator from a 32-bit seed (a Weyl sequence with a multiplicative finish). */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  // Box and Muller; 1 - u keeps the logarithm away from zero.
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
