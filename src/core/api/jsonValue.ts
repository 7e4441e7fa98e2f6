// Guards for JSON of unknown shape on the streaming path. zod costs about 1.5 µs for each delta there, these nothing;
// test/unit/core/api/jsonValue.test.ts proves that no value makes them throw.

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Undefined for text that is no JSON (undefined is no JSON value). */
export function parseJson(text: string): unknown {
  try {
    // Own "__proto__" keys stay plain properties: nothing here is merged into other objects.
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Undefined for nesting so deep that it cannot be written. */
export function formatJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

export function readRecord(value: unknown): JsonRecord | undefined {
  // Proof: a non-null object that is no array can be read by any string key.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Undefined for the empty string too: no caller tells the two apart. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
