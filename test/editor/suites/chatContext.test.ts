// Files and images on their way into a message: dragged from the editor, pasted, sent in both protocols, kept, opened, exported.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { assertIncludes, newChat, openChat, questionsSent, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { onePixel } from '../../helpers/images.ts';

/** An editor tab with the chat beside the explorer: both in sight, as for a drag. */
async function chatBesideExplorer(editor: Editor): Promise<Frame> {
  await newChat(editor);
  await editor.driver.runCommand('View: Show Explorer');
  await editor.driver.runCommand('RunAPI: Open Chat in Editor');
  return await editor.driver.webviewFrame('#runapi-chat textarea', 20_000);
}

/** With Shift, as VS Code wants it for a drop into a webview. */
async function drag({ page }: Editor, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error('one end of the drag is not in sight');
  await page.mouse.move(start.x + 40, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y + start.height / 2 + 4, { steps: 3 });
  await page.keyboard.down('Shift');
  await page.mouse.move(end.x + 60, end.y + end.height / 2, { steps: 8 });
  await page.mouse.move(end.x + 70, end.y + end.height / 2, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

const chips = (frame: Frame): Promise<readonly string[]> => frame.locator('.composer-chips .chip:not(.offered)').allInnerTexts();

/** A picture of two colours on the clipboard, as a screenshot tool leaves it. */
async function copyPicture({ page }: Editor, width: number, height: number): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async (size) => {
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    for (const [index, colour] of ['#d33', '#36c'].entries()) {
      context.fillStyle = colour;
      context.fillRect((index * size.width) / 2, 0, size.width / 2, size.height);
    }
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob({ type: 'image/png' }) })]);
  }, { width, height });
}

async function pastePicture(editor: Editor, chat: ChatPage, size: { readonly width: number; readonly height: number } = { width: 320, height: 200 }): Promise<Frame> {
  await copyPicture(editor, size.width, size.height);
  const frame = await chat.frame();
  await (await chat.composer()).click();
  await editor.page.keyboard.press('Control+V');
  await waitFor('the chip of the image', async () => (await frame.locator('.composer-chips .chip-picture').count()) > 0);
  return frame;
}

interface SentImage {
  readonly mediaType: string;
  readonly data: string;
}

/** What the last question carried, in whichever protocol it went. */
function sentImages(editor: Editor): readonly SentImage[] {
  const text = JSON.stringify(questionsSent(editor).at(-1));
  const anthropic = [...text.matchAll(/"source":\{"type":"base64","media_type":"([^"]+)","data":"([^"]+)"/g)];
  const openAi = [...text.matchAll(/"url":"data:([^;"]+);base64,([^"]+)"/g)];
  return [...anthropic, ...openAi].map(([, mediaType = '', data = '']) => ({ mediaType, data }));
}

function pngSize(data: string): { readonly width: number; readonly height: number } {
  const bytes = Buffer.from(data, 'base64');
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

export const suite: EditorSuite = {
  name: 'Chat context',
  timeoutMs: 90_000,
  tests: {
    'a file and a folder are dragged from the explorer': async (editor) => {
      const frame = await chatBesideExplorer(editor);
      const box = frame.locator('#runapi-chat textarea').last();
      const rows = editor.page.locator('.explorer-folders-view .monaco-list-row');
      await drag(editor, rows.filter({ hasText: 'package.json' }).first(), box);
      await waitFor('the file', async () => (await chips(frame)).some((chip) => chip.includes('package.json')));
      await drag(editor, rows.filter({ has: editor.page.locator('.label-name', { hasText: /^src$/ }) }).first(), box);
      await waitFor('the folder', async () => (await chips(frame)).length === 2);
      editor.gateway.script({ text: 'both are here' }, { contains: 'what is in them' });
      await box.fill('what is in them');
      await box.press('Enter');
      await waitFor('the answer', async () => (await frame.locator('article.answer .body').last().innerText()).includes('both are here'), 20_000);
      const sent = JSON.stringify(questionsSent(editor).at(-1));
      for (const part of ['parcel-desk', 'Files in src', 'whole cents']) assertIncludes(sent, part);
    },

    'a tab is dragged from the editor': async (editor) => {
      await editor.driver.openFile('src/label.ts');
      const chat = await newChat(editor);
      const frame = await chat.frame();
      await drag(editor, editor.page.locator('.tabs-container .tab', { hasText: 'label.ts' }).first(), await chat.composer());
      await waitFor('the chip', async () => (await chips(frame)).some((chip) => chip.includes('label.ts')));
    },

    'an image file from the explorer is sent as an image; what is not of the workspace is refused with words': async (editor) => {
      await writeFile(join(editor.folder, 'pixel.png'), Buffer.from(onePixel.png, 'base64'));
      await writeFile(join(editor.folder, '..', 'outside.txt'), 'OUTSIDE THE WORKSPACE');
      const frame = await chatBesideExplorer(editor);
      const box = frame.locator('#runapi-chat textarea').last();
      const row = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pixel.png' }).first();
      await row.waitFor({ timeout: 15_000 });
      await drag(editor, row, box);
      await waitFor('the image', async () => (await chips(frame)).some((chip) => chip.includes('pixel.png')));
      await frame.evaluate((uri) => {
        const transfer = new DataTransfer();
        transfer.setData('text/uri-list', `${uri}\r\nfile:///no/such/file.txt`);
        document.querySelector('.composer')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }, `file://${join(editor.folder, '..', 'outside.txt')}`);
      const notice = await waitFor('the words', async () => (await frame.locator('.banners').allInnerTexts())[0]);
      assertIncludes(notice, 'outside.txt: Not sent: it is outside the workspace.');
      assertIncludes(notice, 'file.txt: Not sent: it was not found.');
      await editor.driver.screenshot('chat-dropped');
      editor.gateway.script({ text: 'one pixel' }, { contains: 'how large' });
      await box.fill('how large');
      await box.press('Enter');
      await waitFor('the answer', async () => (await frame.locator('article.answer .body').last().innerText()).includes('one pixel'), 20_000);
      assert.deepEqual(sentImages(editor), [{ mediaType: 'image/png', data: onePixel.png }]);
      assert.ok(!JSON.stringify(questionsSent(editor)).includes('OUTSIDE'));
    },

    'a pasted image is in the chip, in the message, in the request of both protocols and in the next one': async (editor) => {
      for (const protocol of ['messages', 'chat_completions']) {
        await editor.driver.setSetting('runapi.routes', { chat: { protocol } });
        const chat = await newChat(editor);
        const frame = await pastePicture(editor, chat);
        if (protocol === 'messages') await editor.driver.screenshot('chat-image-chip');
        editor.gateway.script({ text: 'red and blue' }, { contains: `colours by ${protocol}` });
        await chat.ask(`colours by ${protocol}`);
        await chat.answered('red and blue');
        const body = JSON.stringify(questionsSent(editor).at(-1));
        assert.ok(body.includes(protocol === 'messages' ? '"media_type":"image/png"' : 'data:image/png;base64,'), `not sent by ${protocol}`);
        assert.deepEqual(sentImages(editor).map(({ data }) => pngSize(data)), [{ width: 320, height: 200 }]);
        assert.equal(await frame.locator('article.user .chip-picture').count(), 1);
        editor.gateway.script({ text: 'still there' }, { contains: 'and now' });
        await chat.ask('and now');
        await chat.answered('still there');
        assert.equal(sentImages(editor).length, 1, 'the image was not sent again with the history');
      }
      await editor.driver.screenshot('chat-image-sent');
    },

    'a large image is made small and goes without a word; more than 20 are refused with words': async (editor) => {
      const chat = await newChat(editor);
      const frame = await pastePicture(editor, chat, { width: 4_000, height: 1_000 });
      editor.gateway.script({ text: 'a wide one' });
      await (await chat.composer()).press('Enter');
      await chat.answered('a wide one');
      assert.deepEqual(sentImages(editor).map(({ data }) => pngSize(data)), [{ width: 1_568, height: 392 }]);
      await copyPicture(editor, 20, 20);
      await (await chat.composer()).click();
      for (let count = 1; count <= 21; count += 1) {
        await editor.page.keyboard.press('Control+V');
        if (count <= 20) await waitFor(`image ${count}`, async () => (await frame.locator('.composer-chips .chip-picture').count()) === count);
      }
      await waitFor('the words', async () => (await frame.locator('.banners').allInnerTexts()).some((text) => text.includes('a message takes 20 images')));
      assert.equal(await frame.locator('.composer-chips .chip-picture').count(), 20);
    },

    'an unsent image survives a reload, and is opened by its chip before and after sending': async (editor) => {
      const chat = await newChat(editor);
      await pastePicture(editor, chat);
      await (await chat.composer()).fill('look at this');
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await editor.reload();
      const after = await openChat(editor);
      const frame = await after.frame();
      await waitFor('the image', async () => (await frame.locator('.composer-chips .chip-picture').count()) === 1, 20_000);
      assert.equal(await (await after.composer()).inputValue(), 'look at this');
      const viewers = editor.page.locator('.tabs-container .tab', { hasText: 'Image 1.png' });
      await frame.locator('.composer-chips .chip-open').first().click();
      await waitFor('the viewer', async () => (await viewers.count()) === 1);
      editor.gateway.script({ text: 'seen' }, { contains: 'look at this' });
      await (await after.composer()).press('Enter');
      await after.answered('seen');
      assert.equal(sentImages(editor).length, 1);
      await frame.locator('article.user .chip').first().click();
      await waitFor('the second viewer', async () => (await viewers.count()) === 2);
      await editor.driver.screenshot('chat-image-viewer');
    },

    'images are exported as files beside the Markdown': async (editor) => {
      const chat = await newChat(editor);
      await pastePicture(editor, chat);
      editor.gateway.script({ text: 'pretty' }, { contains: 'export me' });
      await chat.ask('export me');
      await chat.answered('pretty');
      await chat.ask('/export ');
      await waitFor('the dialog', async () => (await editor.driver.quickInput.question()).includes('Export the conversation'));
      await editor.driver.quickInput.submitPath(join(editor.folder, 'talk.md'));
      const text = await waitFor('the file', async () => await readFile(join(editor.folder, 'talk.md'), 'utf8').catch(() => ''));
      assertIncludes(text, '![Image 1](talk.images/1.png)');
      assert.deepEqual(await readdir(join(editor.folder, 'talk.images')), ['1.png']);
      assert.deepEqual(pngSize((await readFile(join(editor.folder, 'talk.images', '1.png'))).toString('base64')), { width: 320, height: 200 });
    },

    'what # offers is what @ offers, and a search of the codebase shows what it took': async (editor) => {
      const chat = await newChat(editor);
      const [box, frame] = [await chat.composer(), await chat.frame()];
      const options = frame.locator('.suggestions [role=option]');
      const offered = async (query: string): Promise<readonly string[]> => {
        await box.fill('');
        await box.pressSequentially(query, { delay: 20 });
        await waitFor(`the list for ${query}`, async () => (await options.allInnerTexts()).some((text) => /^rounds\s+Search the codebase$/.test(text)));
        return await options.allInnerTexts();
      };
      const byAt = await offered('@rounds');
      assert.deepEqual(await offered('#rounds'), byAt);
      await options.filter({ hasText: 'Search the codebase' }).click();
      await waitFor('the chip', async () => (await chips(frame)).length === 1);
      editor.gateway.script({ text: 'there' }, { contains: 'where is that' });
      await chat.ask('where is that');
      await chat.answered('there');
      assertIncludes(JSON.stringify(questionsSent(editor).at(-1)), 'Half a cent rounds up');
      await frame.locator('article.user .chip', { hasText: 'rounds' }).click();
      const taken = await waitFor('what it took', async () => {
        const text = await editor.driver.editorText();
        return text.includes('src/money.ts') ? text : undefined;
      });
      assertIncludes(taken, 'Half a cent rounds up');
    },

    'a full context is said where one writes, is compacted from there, and each compaction is undone by itself': async (editor) => {
      const chat = await newChat(editor);
      const frame = await chat.frame();
      const offer = frame.locator('.compaction-offer');
      const notices = frame.locator('[role=note].notice');
      for (const [index, question] of ['fill it once', 'fill it twice'].entries()) {
        editor.gateway.script({ text: `full ${index}`, usage: { inputTokens: 170_000, outputTokens: 100 } }, { contains: question });
        editor.gateway.script({ text: `SUMMARY ${index}` }, { contains: 'Task: compact' });
        await chat.ask(question);
        await chat.answered(`full ${index}`);
        await waitFor('the offer', async () => (await offer.count()) > 0 && /8\d%/.test(await offer.innerText()));
        await offer.getByRole('button').click();
        await waitFor('the notice', async () => (await notices.count()) > index);
        await waitFor('the offer to go', async () => (await offer.count()) === 0);
      }
      await notices.first().getByRole('button', { name: 'Undo' }).click();
      await waitFor('the word', async () => (await notices.first().innerText()).includes('undone'));
      assert.ok((await notices.last().innerText()).includes('were compacted'));
      editor.gateway.script({ text: 'behind both' }, { contains: 'what is left' });
      await chat.ask('what is left');
      await chat.answered('behind both');
      const sent = JSON.stringify(questionsSent(editor).at(-1));
      assertIncludes(sent, 'SUMMARY 1');
      assert.ok(!sent.includes('SUMMARY 0'));
    },

    'the codebase without words is searched for what the message asks': async (editor) => {
      const chat = await newChat(editor);
      const [box, frame] = [await chat.composer(), await chat.frame()];
      await box.pressSequentially('@codeb', { delay: 20 });
      await frame.locator('.suggestions [role=option]', { hasText: 'What the message asks for' }).click();
      await waitFor('the chip', async () => (await chips(frame)).some((text) => text.includes('Codebase')));
      editor.gateway.script({ text: 'in money.ts' }, { contains: 'half a cent rounds up' });
      await chat.ask('where is it said that half a cent rounds up');
      await chat.answered('in money.ts');
      assertIncludes(JSON.stringify(questionsSent(editor).at(-1)), 'Half a cent rounds up');
    },

    'lines that were attached go out as they were chosen, though others were typed above them': async (editor) => {
      const chat = await newChat(editor);
      const frame = await chat.frame();
      await editor.driver.openFile('src/money.ts', { line: 7 });
      await editor.driver.selectLines(7, 9);
      await waitFor('the offer', async () => (await frame.locator('.chip.offered').allInnerTexts()).some((text) => text.includes('7–9')));
      await frame.locator('.chip.offered').first().click();
      await waitFor('the chip', async () => (await chips(frame)).length === 1);
      await editor.host.evaluate(async (vscode) => { await vscode.window.activeTextEditor?.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n')); });
      await waitFor('the moved lines', async () => (await chips(frame)).some((text) => text.includes('9–11')));
      editor.gateway.script({ text: 'it rounds' }, { contains: 'what do these do' });
      await chat.ask('what do these do');
      await chat.answered('it rounds');
      const sent = JSON.stringify(questionsSent(editor).at(-1));
      assertIncludes(sent, 'line=\\"9\\"');
      assertIncludes(sent, 'export function euro');
    },

    'instruction files are listed with the message that they went along with, and once': async (editor) => {
      await writeFile(join(editor.folder, 'AGENTS.md'), 'ALWAYS WRITE TABS.\n');
      const chat = await newChat(editor);
      const frame = await chat.frame();
      for (const [index, question] of ['first of two', 'second of two'].entries()) {
        editor.gateway.script({ text: `answer ${index}` }, { contains: question });
        await chat.ask(question);
        await chat.answered(`answer ${index}`);
      }
      assertIncludes(await frame.locator('article.user').first().innerText(), 'AGENTS.md');
      assert.ok(!(await frame.locator('article.user').last().innerText()).includes('AGENTS.md'));
      assert.equal(JSON.stringify(questionsSent(editor).at(-1)).split('ALWAYS WRITE TABS').length, 2);
    },
  },
};
