// Prices, tokens and durations as people read them.

/** Two significant digits, at least cents: "$0.012", "$0.00031", "$1.24", "$12.50". */
export function formatUsd(usd: number): string {
  if (usd <= 0) return '$0.00';
  if (usd >= 1) return `$${withThousands(usd.toFixed(2))}`;
  // Below a millionth of a dollar nobody cares how far.
  if (usd < 0.000001) return '<$0.000001';
  // Rounded first: 0.0996 has its two digits as 0.10, not as 0.100.
  const rounded = Number(usd.toPrecision(2));
  return `$${rounded.toFixed(Math.max(2, 1 - Math.floor(Math.log10(rounded))))}`;
}

/** "≈$0.012" for what was computed and not billed; undefined for what nobody knows. */
export function formatPrice(price: { readonly priceUsd?: number; readonly priceIsEstimate: boolean }): string | undefined {
  if (price.priceUsd === undefined) return undefined;
  return (price.priceIsEstimate && price.priceUsd > 0 ? '≈' : '') + formatUsd(price.priceUsd);
}

/** "1,234". */
export function formatTokens(tokens: number): string {
  return withThousands(String(Math.round(tokens)));
}

/** "0.4 s", "12 s", "2 min 05 s". */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

function withThousands(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
