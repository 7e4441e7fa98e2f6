/** Numbers in [0, 1) that are the same for the same seed: a 32-bit linear congruence (Numerical Recipes) behind an xorshift mix. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let mixed = state;
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x2c1b3c6d);
    mixed ^= mixed >>> 12;
    return (mixed >>> 0) / 2 ** 32;
  };
}

export function seedOf(text: string): number {
  let seed = 7;
  for (const character of text) seed = (Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return seed;
}

/** From a table of [share, value] points, straight lines between them. */
export function fromQuantiles(random: Random, points: readonly (readonly [number, number])[]): number {
  const share = random();
  for (let index = 1; index < points.length; index++) {
    const [from, low] = points[index - 1] ?? [0, 0];
    const [to, high] = points[index] ?? [1, 0];
    if (share <= to) return low + ((share - from) / (to - from)) * (high - low);
  }
  return points.at(-1)?.[1] ?? 0;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}
