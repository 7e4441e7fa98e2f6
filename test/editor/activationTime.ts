import type { Page } from 'playwright-core';
import type { Driver } from './driver.ts';
import { waitFor } from './waitFor.ts';

/** What VS Code itself says of our activation in "Running Extensions", in milliseconds. */
export async function readActivationMs(page: Page, driver: Driver): Promise<number> {
  await driver.runCommand('Developer: Show Running Extensions');
  return Number.parseInt(await waitFor('the activation time', () => scrollToActivationTime(page)), 10);
}

/** The list holds only the rows that are seen, slowest first. */
async function scrollToActivationTime(page: Page): Promise<string | undefined> {
  const list = page.locator('.runtime-extensions-editor');
  const row = list.locator('.monaco-list-row', { hasText: 'RunAPI Assistant' });
  if ((await row.count()) > 0) return (await row.first().innerText()).match(/\d+ms/)?.[0];
  await list.hover();
  await page.mouse.wheel(0, 300);
  return undefined;
}
