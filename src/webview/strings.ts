import type { ViewStringKey } from '../shared/viewStrings.ts';

/** The table that the host translated, from the page. A missing one leaves the keys to be seen, not an empty view. */
export function readStrings(): Readonly<Partial<Record<ViewStringKey, string>>> {
  const text = document.getElementById('runapi-strings')?.textContent ?? '{}';
  try {
    const table: unknown = JSON.parse(text);
    // Written by our own host from viewStrings.ts: keys to sentences.
    return typeof table === 'object' && table !== null ? table : {};
  } catch {
    return {};
  }
}
