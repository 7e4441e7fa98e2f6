// axe-core on a page, as findings in one line each.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function findAccessibilityProblems(page: Page | Frame): Promise<readonly string[]> {
  // Through the debugger, so that the page's policy need not allow it.
  await page.evaluate(source);
  return page.evaluate(async () => {
    // Defined by the script above.
    const { axe } = window as unknown as { axe: { run: (context: Document, options: unknown) => Promise<{ violations: readonly { id: string; nodes: readonly { html: string; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${(node.failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 200)}`));
  });
}
