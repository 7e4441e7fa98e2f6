// axe-core on a page, as findings in one line each.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** With `rules` these only: what a theme changes is contrast. */
export async function findAccessibilityProblems(page: Page | Frame, rules?: readonly string[]): Promise<readonly string[]> {
  // Through the debugger, so that the page's policy need not allow it.
  await page.evaluate(source);
  return page.evaluate(async (only) => {
    // Defined by the script above.
    const { axe } = window as unknown as { axe: { run: (context: Document, options: unknown) => Promise<{ violations: readonly { id: string; nodes: readonly { html: string; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(only !== undefined && { runOnly: only }) });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${(node.failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 200)}`));
  }, rules);
}

/** The rules that a theme can break; all others are for one theme to show. */
export const themeRules: readonly string[] = ['color-contrast', 'link-in-text-block'];
