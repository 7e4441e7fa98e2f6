import type { Page } from 'playwright-core';

/**
 * The text of the inline suggestion as it is drawn, '' when there is none. VS Code draws it as one span per token, what goes beyond the
 * selected entry of a list in another class, lines after the first in zones of their own: lines are told apart by where they stand.
 */
export async function readGhostText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const spans = [...document.querySelectorAll<HTMLElement>('.monaco-editor .ghost-text-decoration, .monaco-editor .ghost-text-decoration-preview, .monaco-editor .ghost-text')].map((span) => {
      const { top, left, height } = span.getBoundingClientRect();
      return { text: span.textContent, top, left, height };
    });
    spans.sort((a, b) => a.top - b.top || a.left - b.left);
    let text = '';
    spans.forEach((span, index) => {
      const before = spans[index - 1];
      const lines = before === undefined ? 0 : Math.round((span.top - before.top) / Math.max(span.height, 1));
      text += '\n'.repeat(lines) + span.text;
    });
    // VS Code draws spaces as no-break spaces, and empty lines with a zero-width one.
    return text.replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
  });
}
