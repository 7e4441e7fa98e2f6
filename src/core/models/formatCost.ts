// Prices and tokens as people read them.

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

/** "1,234". */
export function formatTokens(tokens: number): string {
  return withThousands(String(Math.round(tokens)));
}

function withThousands(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
