// What the scenes of the pictures do again and again.
import type { Frame } from 'playwright-core';
import type { Editor } from './editor.ts';
import { waitFor } from './waitFor.ts';

/** Wide enough for a table, narrow enough to be a side bar. */
const usualWidthPx = 400;

export async function openNewChat({ driver, page }: Editor, widthPx = usualWidthPx): Promise<Frame> {
  await driver.runCommand('RunAPI: Open Chat');
  const frame = await driver.webviewFrame('#runapi-chat textarea');
  await driver.runCommand('RunAPI: New Chat');
  await waitFor('an empty conversation', async () => (await frame.locator('[data-message]').count()) === 0);
  await frame.locator('.composer-text').fill('');
  await driver.setSidebarWidth(widthPx);
  // The pointer leaves the edge, which is shown as hovered otherwise.
  await page.mouse.move(640, 4);
  return frame;
}

export async function ask({ page }: Editor, frame: Frame, question: string): Promise<void> {
  await frame.locator('.composer-text').fill(question);
  await page.keyboard.press('Enter');
}

/** Asks and waits for the last line of the answer. */
export async function askToTheEnd(editor: Editor, frame: Frame, question: string): Promise<void> {
  const before = await frame.locator('.receipt').count();
  await ask(editor, frame, question);
  await waitFor('the receipt', async () => (await frame.locator('.receipt').count()) > before, 20_000);
}

/** Takes the chip that is offered under this name. */
export async function takeOffer(frame: Frame, name: RegExp): Promise<void> {
  const taken = frame.locator('.composer-chips .chip:not(.offered)');
  const before = await taken.count();
  await frame.locator('.composer-chips .chip.offered', { hasText: name }).first().click();
  await waitFor('the chip', async () => (await taken.count()) > before);
}

/** As a paste of a picture from the clipboard: a small bar chart. */
export async function pasteImage(frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 400);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('No canvas');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, 640, 400);
    [120, 210, 160, 300, 250, 340].forEach((height, index) => {
      context.fillStyle = index === 3 ? '#d1495b' : '#30638e';
      context.fillRect(50 + index * 95, 370 - height, 60, height);
    });
    const transfer = new DataTransfer();
    transfer.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], 'parcels.png', { type: 'image/png' }));
    document.querySelector('.composer-text')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  });
  await frame.locator('.composer-chips .chip:not(.offered)').first().waitFor();
}
