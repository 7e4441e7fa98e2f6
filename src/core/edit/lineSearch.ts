// Where a run of lines stands in a file, in time linear in both (Knuth, Morris, Pratt): a naive search over 10,000 alike lines takes the square.

/** Starts of up to `limit` places, overlapping ones included. `sought` is not empty. */
export function findRuns(lines: readonly string[], sought: readonly string[], limit: number): readonly number[] {
  const places: number[] = [];
  const fallback = fallbackTable(sought);
  let matched = 0;
  for (let index = 0; index < lines.length; index++) {
    while (matched > 0 && sought[matched] !== lines[index]) matched = fallback[matched - 1] ?? 0;
    if (sought[matched] === lines[index]) matched++;
    if (matched < sought.length) continue;
    places.push(index - sought.length + 1);
    if (places.length >= limit) return places;
    matched = fallback[matched - 1] ?? 0;
  }
  return places;
}

function fallbackTable(sought: readonly string[]): readonly number[] {
  const table = [0];
  let length = 0;
  for (let index = 1; index < sought.length; index++) {
    while (length > 0 && sought[length] !== sought[index]) length = table[length - 1] ?? 0;
    if (sought[length] === sought[index]) length++;
    table.push(length);
  }
  return table;
}
