// One line of the report: what was measured, the figure, the goal of the issue.

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'frames' | 'x' | 'MB' | 'kB' | 'times';
  /** At most this; absent for figures that are shown for comparison. */
  readonly goal?: number;
}

export function printFigures(figures: readonly Figure[], json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ bench: 'chat', figures: figures.map((figure) => ({ ...figure, value: round(figure.value), ...(figure.goal === undefined ? {} : { met: figure.value <= figure.goal }) })) }));
    return;
  }
  for (const { name, value, unit, goal } of figures) {
    const verdict = goal === undefined ? '' : value <= goal ? `  (goal ${goal}, met)` : `  (goal ${goal}, MISSED)`;
    console.log(`${name.padEnd(72)} ${String(round(value)).padStart(10)} ${unit}${verdict}`);
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
