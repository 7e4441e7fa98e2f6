// Another window on the same server and the same storage, as a second browser window of the same person.
import { rm } from 'node:fs/promises';
import { createDriver } from './driver.ts';
import type { Editor } from './editor.ts';
import { waitFor } from './waitFor.ts';

export interface SecondWindow {
  /** Its page and driver; everything else is that of the first. */
  readonly editor: Editor;
  close(): Promise<void>;
}

/** `folder` is another workspace to open; default: the same. Afterwards `host` speaks with the second window until the first is loaded anew. */
async function openSecondWindow(first: Editor, folder?: string): Promise<SecondWindow> {
  const browser = first.page.context().browser();
  if (browser === null) throw new Error('The page has no browser');
  const address = new URL(first.page.url());
  if (folder !== undefined) address.search = new URLSearchParams({ folder }).toString();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address.toString());
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await waitFor('the extension in the second window', async () => (await page.locator('.statusbar-item', { hasText: 'RunAPI' }).count()) > 0, 60_000);
  const driver = createDriver(page, first.host, (title) => title);
  return {
    editor: { ...first, page, driver },
    close: async () => {
      await page.close();
      await first.reload();
    },
  };
}

/** The one window that is left after a test with two. */
export async function withSecondWindow(first: Editor, work: (second: Editor) => Promise<void>, folder?: string): Promise<void> {
  const second = await openSecondWindow(first, folder);
  try {
    await work(second.editor);
  } catch (error) {
    await second.editor.driver.screenshot('second-window');
    throw error;
  } finally {
    await second.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}
