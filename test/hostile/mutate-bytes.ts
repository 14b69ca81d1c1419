import type { SeededRandom } from '../chaos/seeded-random.ts';

type Mutation = (bytes: Buffer, random: SeededRandom) => Buffer;

const blockAtMost = 2_000;

function anyRange(bytes: Buffer, random: SeededRandom): [number, number] {
  const from = random.between(0, Math.max(0, bytes.length - 1));
  return [from, Math.min(bytes.length, from + random.between(1, blockAtMost))];
}

function replaced(bytes: Buffer, from: number, to: number, middle: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
}

const oddNumbers = ['0', '-1', '1', '65536', '2147483647', '4294967296', '99999999999999999999'];

/** Every way in which a file is spoiled, by the name that reports give. */
const mutations: Readonly<Record<string, Mutation>> = {
  cut: (bytes, random) => bytes.subarray(0, random.between(0, bytes.length)),
  flip(bytes, random) {
    const copy = Buffer.from(bytes);
    for (let left = random.between(1, 30); left > 0 && copy.length > 0; left -= 1) {
      const at = random.between(0, copy.length - 1);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7));
    }
    return copy;
  },
  zero(bytes, random) {
    const [from, to] = anyRange(bytes, random);
    return replaced(bytes, from, to, Buffer.alloc(to - from));
  },
  noise(bytes, random) {
    const [from, to] = anyRange(bytes, random);
    return replaced(bytes, from, to, random.bytes(to - from));
  },
  drop(bytes, random) {
    const [from, to] = anyRange(bytes, random);
    return replaced(bytes, from, to, Buffer.alloc(0));
  },
  repeat(bytes, random) {
    const [from, to] = anyRange(bytes, random);
    const block = bytes.subarray(from, to);
    const times = random.between(2, 20);
    return replaced(bytes, from, to, Buffer.concat(Array.from({ length: times }, () => block)));
  },
  insert(bytes, random) {
    const at = random.between(0, bytes.length);
    return replaced(bytes, at, at, random.bytes(random.between(1, blockAtMost)));
  },
  number(bytes, random) {
    const numbers = [...bytes.toString('latin1').matchAll(/\d+/g)];
    if (numbers.length === 0) return mutations['flip']?.(bytes, random) ?? bytes;
    const { index, 0: digits } = random.pick(numbers);
    return replaced(bytes, index, index + digits.length, Buffer.from(random.pick(oddNumbers)));
  },
  swap(bytes, random) {
    const middle = random.between(0, bytes.length);
    return Buffer.concat([bytes.subarray(middle), bytes.subarray(0, middle)]);
  },
};

/** A spoiled copy of a file, by one to three mutations, and their names. The original is left as it is. */
export function mutateBytes(
  bytes: Uint8Array,
  random: SeededRandom,
): { bytes: Buffer; how: string } {
  const names = Array.from({ length: random.between(1, 3) }, () =>
    random.pick(Object.keys(mutations)),
  );
  const mutant = names.reduce<Buffer>(
    (current, name) => mutations[name]?.(current, random) ?? current,
    Buffer.from(bytes),
  );
  return { bytes: mutant, how: names.join('+') };
}
