// Texts that freeze others: the screen must go on and every task stay short.
import type { StreamOptions } from '../../helpers/viewHarness/streamer.ts';
import type { Figure } from './figures.ts';
import type { ChatBench } from './main.ts';
import { measureMainThread } from './mainThread.ts';
import { openForStream } from './streaming.ts';

const texts: Readonly<Record<string, { readonly text: string; readonly repeat?: number }>> = {
  'a line of 10 MB': { text: 'data ', repeat: 2_000_000 },
  '10,000 nested quotes': { text: '> ', repeat: 10_000 },
  'quotes that nest deeper on each of 2,000 lines': { text: Array.from({ length: 2_000 }, (_, depth) => `${'>'.repeat(depth + 1)} ${depth}`).join('\n') },
  '100,000 fence lines in one fence': { text: '```js\n', repeat: 100_000 },
  '100,000 fences, opened and closed': { text: '```\n', repeat: 100_000 },
  'a table of 1 MB': { text: `|a|b|\n|-|-|\n${'|cell *one*|`two`|\n'.repeat(55_000)}` },
  'a code block of 1 MB': { text: `\`\`\`ts\n${"const value = compute('x', 12); // why\n".repeat(26_000)}\`\`\`\n` },
  'a code line of 2 MB': { text: `\`\`\`js\n${'a=1;'.repeat(500_000)}\n\`\`\`\n` },
  'a list of 1 MB': { text: '- item with *some* text\n', repeat: 42_000 },
  '*a_ for 200 kB': { text: '*a_', repeat: 66_000 },
};

export async function measureHostile(bench: ChatBench): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const view = await openForStream(bench);
    const options: StreamOptions = { messageId: 'hostile', index: 4, ...text, deltaCharacters: 2_000, firstSequence: 2 };
    try {
      await view.page.evaluate(() => {
        const frames: number[] = [];
        let last = performance.now();
        const tick = (): void => {
          const now = performance.now();
          frames.push(now - last);
          last = now;
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
        Object.assign(window, { frames });
      });
      const cost = await measureMainThread(bench.browser, view.page, () => view.page.evaluate((given) => window.host.stream(given), options));
      const median = await view.page.evaluate(() => {
        // Put there by this benchmark, above.
        const { frames } = window as unknown as { frames: number[] };
        return frames.sort((a, b) => a - b)[frames.length >> 1] ?? 0;
      });
      figures.push(
        { name: `${name}: longest task`, value: cost.worstTaskMs, unit: 'ms', goal: 200 },
        { name: `${name}: median frame`, value: median, unit: 'ms', goal: 200 },
        { name: `${name}: main thread in all`, value: cost.totalMs, unit: 'ms' },
      );
    } finally {
      await view.close();
    }
  }
  return figures;
}
