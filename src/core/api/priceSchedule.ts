// The live prices as they are kept between starts.
import * as z from 'zod';

const usd = z.number().nonnegative();
const stored = z.object({
  etag: z.string(),
  prices: z.array(z.tuple([z.string(), z.object({ input: usd.optional(), output: usd.optional(), cacheRead: usd.optional(), cacheWrite: usd.optional() })])),
});

export interface StoredPrices {
  readonly etag: string;
  readonly prices: readonly (readonly [model: string, price: { readonly input?: number; readonly output?: number; readonly cacheRead?: number; readonly cacheWrite?: number }])[];
}

/** Undefined when nothing usable is kept. */
export function readPriceSchedule(value: unknown): StoredPrices | undefined {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
