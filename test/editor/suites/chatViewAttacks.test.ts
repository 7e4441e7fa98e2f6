// Rows 12 to 18, 22 and 24 of the attacks that must fail, against the drawn view: cut at every character, and in every field.
import assert from 'node:assert/strict';
import type { ChatMessageView } from '../../../src/shared/chatTypes.ts';
import { hostileMarkdown } from '../../helpers/viewHarness/hostileTexts.ts';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { viewState, withView, type ViewPages } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Chat view attacks',
  timeoutMs: 180_000,
  tests: {
    'no text of a model makes an active node, a request or a dialog, at any cut': (editor) => withView(editor, async (pages) => {
      const { view, requests } = await watched(pages);
      const text = hostileMarkdown.join('\n\n');
      await view.page.evaluate(() => {
        const active: string[] = [];
        new MutationObserver(() => {
          for (const element of document.querySelectorAll('.log img, .log script, .log iframe, .log object, .log embed, .log form, .log input, .log style, .log link, .log base, .log meta, .log video, .log audio, .log math, .log template, .log [href], .log [src], .log [style*=position], .log [onerror], .log [onload], .log [onclick]')) active.push(element.outerHTML);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
        Object.assign(window, { active });
      });
      await view.page.evaluate((given) => window.host.stream(given), { messageId: 'hostile', index: 4, text, deltaCharacters: 1, firstSequence: 2, ignoreFlow: true });
      // Put there above.
      assert.deepEqual(await view.page.evaluate(() => (window as unknown as { active: readonly string[] }).active), []);
      assert.deepEqual(view.problems, []);
      assert.deepEqual(requests, []);
    }),

    'each one alone, whole, too': (editor) => withView(editor, async (pages) => {
      const messages = hostileMarkdown.map((text, index): ChatMessageView => ({ id: `m${index}`, role: 'assistant', text, status: 'done', createdAt: 0 }));
      const { view, requests } = await watched(pages, messages);
      for (const place of [0, 0.5, 1]) {
        await view.page.evaluate((share) => {
          const log = document.querySelector('.log');
          // As when the scroll bar is pressed and drawn.
          log?.dispatchEvent(new PointerEvent('pointerdown'));
          if (log !== null) log.scrollTop = log.scrollHeight * share;
        }, place);
        await view.page.waitForFunction(() => document.querySelector('[data-pending]') === null);
        assert.equal(await view.page.locator('.log :is(img, script, iframe, object, form, input, style, [href], [src])').count(), 0);
      }
      assert.deepEqual([view.problems, requests], [[], []]);
    }),

    'the same texts are text in names, titles, errors and details': (editor) => withView(editor, async (pages) => {
      const { view, requests } = await watched(pages);
      for (const [index, text] of hostileMarkdown.entries()) {
        const message: ChatMessageView = {
          id: 'm', role: 'assistant', text: '', status: 'failed', createdAt: 0, route: { task: 'chat', model: text, protocol: 'messages', maxTokens: 1, reason: text },
          chips: [{ id: 'c', kind: 'file', label: text }], error: { title: text, text, details: text }, edit: { id: 'e', state: 'refused', files: [{ path: text, added: 1, removed: 1 }], note: text },
        };
        const question: ChatMessageView = { id: 'u', role: 'user', text, status: 'done', createdAt: 0, chips: [{ id: 'c', kind: 'file', label: text }] };
        await view.post({ type: 'snapshot', snapshot: { ...viewState('study'), sequence: index + 2, session: { id: `s${index}`, title: text }, messages: [question, message], total: 2, banner: text } });
        await waitFor('the drawing', async () => (await view.sent()).some((sent) => sent.type === 'painted' && sent.sequence === index + 2));
        assert.equal(await view.page.locator('main :is(img, script, iframe, object, form, style, [href], [src])').count(), 0, text);
        assert.ok((await view.page.locator('.error').textContent())?.includes(text.slice(0, 20)) ?? false, text);
        assert.deepEqual([view.problems, requests], [[], []], text);
      }
    }),

    'only web addresses and paths open, through the host, with the true host beside the text': (editor) => withView(editor, async (pages) => {
      const text = '[docs.example](https://sink.example/a) [run](command:x) [own](src/a.ts#L3) https://plain.example ![pic](https://img.example/p.png) [x](file:///etc/passwd)';
      const { view } = await watched(pages, [{ id: 'm', role: 'assistant', text, status: 'done', createdAt: 0 }]);
      const links = view.page.locator('.body a.link');
      assert.deepEqual(await links.allTextContents(), ['docs.example(sink.example)', 'own', 'https://plain.example', 'pic(img.example)']);
      for (const link of await links.all()) await link.click();
      await view.page.locator('.inert-link').first().click();
      const opened = (await view.sent()).filter((message) => message.type === 'open-link' || message.type === 'open-file');
      assert.deepEqual(opened, [
        { type: 'open-link', url: 'https://sink.example/a' }, { type: 'open-file', path: 'src/a.ts', line: 3 }, { type: 'open-link', url: 'https://plain.example/' }, { type: 'open-link', url: 'https://img.example/p.png' },
      ]);
      assert.equal(await view.page.locator('.inert-link').first().textContent(), 'run(command:x)');
    }),

    'hidden characters in code are seen, and what is copied is what stands there': (editor) => withView(editor, async (pages) => {
      const code = 'if (admin\u202e \u2066// check\u2069 \u2066) {\n\tx\u200b = "\u{e0041}";\n}';
      const { view } = await watched(pages, [{ id: 'm', role: 'assistant', text: `\`\`\`ts\n${code}\n\`\`\``, status: 'done', createdAt: 0 }]);
      await waitFor('the marks', async () => (await view.page.locator('.hidden-character').count()) === 6);
      assert.deepEqual(await view.page.locator('.hidden-character').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-code-point'))), ['U+202E', 'U+2066', 'U+2069', 'U+2066', 'U+200B', 'U+E0041']);
      await view.page.locator('.code-card').hover();
      for (const action of ['copy', 'insert', 'apply', 'new-file']) await view.page.locator(`[data-code-action=${action}]`).click();
      await waitFor('the last of them', async () => (await view.sent()).some((message) => message.type === 'new-file'));
      const texts = (await view.sent()).filter((message) => message.type === 'copy' || message.type === 'insert-code' || message.type === 'apply-code' || message.type === 'new-file').map((message) => message.text);
      assert.deepEqual(texts, [code, code, code, code]);
    }),

    'a long block is copied to the last character, also after it was coloured': (editor) => withView(editor, async (pages) => {
      const code = Array.from({ length: 457 }, (_, line) => (line === 300 ? 'x'.repeat(5_000) : `const value${line} = \`${line}\`;`)).join('\n');
      const short = Array.from({ length: 230 }, (_, line) => `const value${line} = ${line};`).join('\n');
      const { view } = await watched(pages, [{ id: 'm', role: 'assistant', text: `\`\`\`ts\n${code}\n\`\`\`\n\n\`\`\`ts\n${short}\n\`\`\``, status: 'done', createdAt: 0 }]);
      await view.page.locator('.token-keyword').first().waitFor();
      for (const button of await view.page.locator('[data-code-action=copy]').all()) await button.dispatchEvent('click');
      await waitFor('both copies', async () => (await view.sent()).filter((message) => message.type === 'copy').length === 2);
      assert.deepEqual((await view.sent()).filter((message) => message.type === 'copy').map((message) => message.text), [code, short]);
    }),
  },
};

async function watched(pages: ViewPages, messages?: readonly ChatMessageView[]): Promise<{ readonly view: OpenView; readonly requests: readonly string[] }> {
  const snapshot = viewState('study');
  const view = await pages.open(messages === undefined ? {} : { snapshot: { ...snapshot, messages, total: messages.length } });
  const requests: string[] = [];
  view.page.on('request', (request) => requests.push(request.url()));
  view.page.on('dialog', (dialog) => requests.push(dialog.message()));
  return { view, requests };
}
