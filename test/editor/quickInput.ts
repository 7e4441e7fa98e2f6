// The input box at the top of the window: command palette, quick picks, input boxes.
import type { Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

export interface QuickInput {
  /** The command palette. */
  open(): Promise<void>;
  /** Types into the open box; `label`, in any case, is then the row that is taken. */
  choose(text: string, label: string): Promise<void>;
  /** Takes the row with this label, without typing. */
  pick(label: string): Promise<void>;
  /** Replaces the text of the open box and presses Enter. */
  submit(text: string): Promise<void>;
  /** The same in a dialog for files, which sets its own text once the folder has been read. */
  submitPath(path: string): Promise<void>;
  /** Labels of the rows that are drawn. */
  labels(): Promise<readonly string[]>;
  /** What is asked: title, placeholder and message of the open box; '' when none is open. */
  question(): Promise<string>;
  close(): Promise<void>;
}

export function createQuickInput(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget:visible');
  const box = widget.locator('.quick-input-box input, .quick-input-filter input').first();
  const rows = widget.locator('.monaco-list-row');
  const labels = (): Promise<readonly string[]> => rows.locator('.label-name').allInnerTexts();
  const clickRow = async (label: string): Promise<void> => {
    const row = rows.filter({ has: page.locator('.label-name', { hasText: exactly(label) }) }).first();
    await row.click({ timeout: 3000 }).catch(async (error: unknown) => {
      throw new Error(`The box offers no "${label}", it offers: ${(await labels()).join(', ')}`, { cause: error });
    });
  };
  return {
    open: async () => {
      await page.keyboard.press('F1');
      await box.waitFor({ timeout: 5000 });
    },
    choose: async (text, label) => {
      await box.fill(text, { timeout: 3000 });
      await clickRow(label);
    },
    pick: clickRow,
    submit: async (text) => {
      await box.waitFor();
      await box.fill(text);
      await box.press('Enter');
    },
    submitPath: async (path) => {
      await box.waitFor();
      // Read twice: what was typed before the folder was there is replaced.
      await waitFor('the path to stay', async () => {
        if ((await box.inputValue()) === path) return true;
        await box.fill(path);
        await page.waitForTimeout(400);
        return false;
      });
      await box.press('Enter');
    },
    labels,
    question: async () => {
      if ((await widget.count()) === 0) return '';
      const title = await widget.locator('.quick-input-title').allInnerTexts();
      const message = await widget.locator('.quick-input-message').allInnerTexts();
      // The box may close between two looks; the default is to wait half a minute for another.
      const placeholder = await box.getAttribute('placeholder', { timeout: 500 }).catch(() => null);
      return [...title, placeholder ?? '', ...message].filter((text) => text !== '').join('\n');
    },
    close: async () => {
      await page.keyboard.press('Escape');
      await waitFor('the input box to close', async () => (await widget.count()) === 0);
    },
  };
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`, 'i');
}
