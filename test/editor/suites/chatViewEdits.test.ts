// Edits in answers as the view shows them: a diff, however it streams, with or without a fence.
import assert from 'node:assert/strict';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { viewState, withView, type ViewPages } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

const block = '<<<<<<< SEARCH\nconst a = 1;\nconst b = 2;\n=======\nconst a = 1;\nconst b = 3;\nconst c = 4;\n>>>>>>> REPLACE';
const expected = [' const a = 1;', '-const b = 2;', '+const b = 3;', '+const c = 4;'];

export const suite: EditorSuite = {
  name: 'Chat view edits',
  timeoutMs: 120_000,
  tests: {
    'an edit is a diff without its marks, in pieces of any size': (editor) => withView(editor, async (pages) => {
      for (const text of [`Do:\n\n\`\`\`ts src/a.ts\n${block}\n\`\`\`\n\nDone.`, `Do:\n\nsrc/a.ts\n${block}\n\nDone.`, `1. Do:\n   \`\`\`ts src/a.ts\n${block.replaceAll(/^/gm, '   ')}\n   \`\`\`\n\nDone.`]) {
        for (const deltaCharacters of [1, 3, 10_000]) {
          const view = await streamed(pages, text, deltaCharacters);
          assert.deepEqual(await lines(view), expected, `${text} in ${deltaCharacters}`);
          assert.deepEqual(await view.page.locator('[data-message="streamed"] .code-counts > span').allTextContents(), ['+2', '−1']);
          assert.doesNotMatch(await view.page.locator('[data-message="streamed"]').innerText(), /SEARCH|REPLACE|====/);
          assert.match(await view.page.locator('[data-message="streamed"] .body').innerText(), /Done\./);
          assert.deepEqual(view.problems, []);
          await view.close();
        }
      }
    }),

    'what is copied is what stands there afterwards, and nothing else is offered': (editor) => withView(editor, async (pages) => {
      const view = await streamed(pages, `\`\`\`ts src/a.ts\n${block}\n\`\`\``, 20);
      await view.page.locator('.code-card').last().hover();
      assert.deepEqual(await view.page.locator('.code-card').last().locator('button:visible').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label'))), ['Copy']);
      await view.page.locator('.code-card').last().getByRole('button', { name: 'Copy' }).click();
      const copied = await waitFor('the copy', async () => (await view.sent()).find((message) => message.type === 'copy'));
      assert.equal(copied.text, 'const a = 1;\nconst b = 3;\nconst c = 4;');
    }),

    'each kind of line is coloured as code of its own': (editor) => withView(editor, async (pages) => {
      const view = await streamed(pages, `\`\`\`ts src/a.ts\n${block}\n\`\`\``, 20);
      await waitFor('the colours', async () => (await view.page.locator('[data-message="streamed"] .line .token-keyword').count()) === 4);
      assert.deepEqual(await lines(view), expected);
    }),

    'an image stands in a chip only, and none is loaded from anywhere': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: viewState('edits') });
      assert.deepEqual(await view.page.locator('img').evaluateAll((images) => images.map((image) => [image.closest('.chip') !== null, image.getAttribute('src')?.startsWith('data:image/')])), [[true, true]]);
      const blocked = await view.page.evaluate(() => new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        const image = new Image();
        image.src = 'https://sink.example/a.png';
        document.body.append(image);
      }));
      assert.equal(blocked, 'img-src');
    }),
  },
};

async function streamed(pages: ViewPages, text: string, deltaCharacters: number): Promise<OpenView> {
  const view = await pages.open();
  await view.page.evaluate((given) => window.host.stream(given), { messageId: 'streamed', index: 4, text, deltaCharacters, firstSequence: 2, ignoreFlow: true });
  return view;
}

async function lines(view: OpenView): Promise<readonly string[]> {
  return await view.page.locator('[data-message="streamed"] .line').evaluateAll((elements) => elements.map((element) => (element.tagName === 'INS' ? '+' : element.tagName === 'DEL' ? '-' : ' ') + (element.textContent ?? '')));
}
