import assert from 'node:assert/strict';
import { newChat, openChat, questionsSent, type ChatPage } from '../chatPage.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const slowly = { tokensPerSecond: 20, chunking: 'token' } as const;
const words = (count: number, from = 0): string => Array.from({ length: count }, (_, index) => `word${index + from}`).join(' ');

export const suite: EditorSuite = {
  name: 'Chat',
  timeoutMs: 90_000,
  tests: {
    'streams an answer, says its route and its cost': async (editor) => {
      editor.gateway.script({ text: 'The **answer** is 42.', ...slowly });
      const chat = await newChat(editor);
      await chat.ask('What is the answer?');
      await chat.streamed('The');
      await chat.answered('The answer is 42.');
      const frame = await chat.frame();
      assert.match(await frame.locator('.route').last().innerText(), /Chat.*Sonnet 4\.6/);
      assert.match(await frame.locator('.receipt').last().innerText(), /in.*out.*\$/s);
      assert.equal(await frame.locator('.answer .body strong').innerText(), 'answer');
      assert.deepEqual(await chat.questions(), ['What is the answer?']);
    },

    'stop keeps what arrived': async (editor) => {
      editor.gateway.script({ text: words(2_000), ...slowly });
      const chat = await newChat(editor);
      await chat.ask('Count');
      await chat.streamed('word3');
      const startMs = performance.now();
      await chat.click('Stop');
      const kept = await chat.answered('word3');
      assert.ok(performance.now() - startMs < 2_000, 'stop took too long');
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal((await chat.answers()).at(-1), kept);
      assert.ok(!kept.includes('word1999'));
    },

    'a message that is sent meanwhile waits its turn': async (editor) => {
      editor.gateway.script({ text: words(30), ...slowly });
      editor.gateway.script({ text: 'second answer' }, { contains: 'second' });
      const chat = await newChat(editor);
      await chat.ask('first');
      await chat.streamed('word1');
      await chat.ask('second');
      await waitFor('the queue', async () => (await (await chat.frame()).locator('.queued').count()) === 1);
      await chat.answered('second answer');
      assert.deepEqual(await chat.questions(), ['first', 'second']);
      assert.equal(await (await chat.frame()).locator('.queued').count(), 0);
    },

    'a reload of the window in the middle of a stream loses nothing': async (editor) => {
      editor.gateway.script({ text: words(3_000), ...slowly });
      const chat = await newChat(editor);
      await chat.ask('Count');
      await chat.streamed('word20');
      const box = await chat.composer();
      await box.fill('a draft that was not sent');
      await waitFor('time to store', async () => (await chat.answers()).at(-1)?.includes('word70'));
      await editor.reload();
      const after = await openChat(editor);
      const kept = await after.answered('word20');
      assert.ok(kept.includes('word40'), 'more than two seconds were lost');
      assert.deepEqual(await after.questions(), ['Count']);
      assert.equal(await (await after.composer()).inputValue(), 'a draft that was not sent');
      editor.gateway.script({ text: 'and the rest' }, { contains: 'cut off after' });
      await after.click('Continue');
      await after.answered('and the rest');
      assert.equal((await after.answers()).length, 1);
    },

    'goes on while the view is hidden': async (editor) => {
      editor.gateway.script({ text: words(60), ...slowly });
      const chat = await newChat(editor);
      await chat.ask('Count');
      await chat.streamed('word2');
      await editor.driver.runCommand('View: Show Explorer');
      await waitFor('the end of the answer', () => editor.gateway.ledger.length > 0, 20_000);
      const again = await openChat(editor);
      await again.answered('word59');
    },

    'the reader comes back to the same place after the view was hidden and after a reload': async (editor) => {
      editor.gateway.script({ text: Array.from({ length: 200 }, (_, index) => `Paragraph number ${index}.`).join('\n\n') });
      const chat = await newChat(editor);
      await chat.ask('Write much');
      await chat.answered('number 199');
      const log = (await chat.frame()).locator('.log');
      await log.hover();
      await editor.page.mouse.wheel(0, -2_500);
      await (await chat.frame()).locator('.jump').waitFor();
      // A little longer than scrolling has to rest before it is told.
      await new Promise((resolve) => setTimeout(resolve, 600));
      const place = await paragraphAtTop(chat);
      assert.ok(place !== undefined && place < 195);
      await editor.driver.runCommand('View: Show Explorer');
      await waitFor('the place', async () => (await paragraphAtTop(await openChat(editor))) === place);
      await editor.reload();
      const after = await openChat(editor);
      await waitFor('the place after the reload', async () => (await paragraphAtTop(after)) === place);
    },

    'an edited message leaves the old one as a branch': async (editor) => {
      editor.gateway.script({ text: 'one' });
      const chat = await newChat(editor);
      await chat.ask('first');
      await chat.answered('one');
      editor.gateway.script({ text: 'two' }, { contains: 'first, better' });
      const frame = await chat.frame();
      await frame.locator('article.user').hover();
      await chat.click('Edit and resend');
      await frame.locator('.edit-box textarea').fill('first, better');
      await frame.locator('.edit-box').getByRole('button', { name: 'Send' }).click();
      await chat.answered('two');
      assert.deepEqual(await chat.questions(), ['first, better']);
      await frame.locator('article.user').hover();
      await chat.click('Previous version');
      await chat.answered('one');
      assert.deepEqual(await chat.questions(), ['first']);
    },

    'an answer is regenerated beside the old one': async (editor) => {
      editor.gateway.script({ text: 'one' });
      const chat = await newChat(editor);
      await chat.ask('first');
      await chat.answered('one');
      editor.gateway.script({ text: 'two' });
      await (await chat.frame()).locator('article.answer').hover();
      await chat.click('Regenerate');
      await chat.answered('two');
      assert.equal((await chat.answers()).length, 1);
      assert.equal(questionsSent(editor).length, 2);
    },

    'an answer is regenerated with another model, which its first line says': async (editor) => {
      editor.gateway.script({ text: 'one' });
      const chat = await newChat(editor);
      await chat.ask('first');
      await chat.answered('one');
      editor.gateway.script({ text: 'two' });
      const frame = await chat.frame();
      await frame.locator('article.answer').hover();
      await chat.click('Regenerate with another model');
      await frame.getByRole('menuitem', { name: /Opus 4\.8/ }).first().click();
      await chat.answered('two');
      assert.match(await frame.locator('.route').last().innerText(), /Opus 4\.8/);
      assert.match(JSON.stringify(questionsSent(editor).at(-1)), /claude-opus-4[.-]8/);
      await frame.locator('article.answer').hover();
      await chat.click('Previous version');
      await chat.answered('one');
    },

    'an answer that was cut at its length limit goes on in the same place': async (editor) => {
      editor.gateway.fault({ name: 'finish-length', contains: 'a long list' });
      editor.gateway.script({ text: 'The list begins here and', chunking: 'token' }, { contains: 'a long list' });
      const chat = await newChat(editor);
      await chat.ask('a long list');
      await waitFor('the card', async () => (await (await chat.frame()).locator('.error').allInnerTexts()).some((text) => text.includes('length limit')), 20_000);
      editor.gateway.script({ text: ' it ENDS HERE.' }, { contains: 'cut off after' });
      await chat.click('Continue');
      await chat.answered('ENDS HERE.');
      assert.equal((await chat.answers()).length, 1);
      assert.equal(await (await chat.frame()).locator('.error').count(), 0);
    },

    'a stop holds the queue, and what waits can be taken back into the composer': async (editor) => {
      editor.gateway.script({ text: words(2_000), ...slowly }, { contains: 'first' });
      const chat = await newChat(editor);
      await chat.ask('first');
      await chat.streamed('word1');
      await chat.ask('second thought');
      const frame = await chat.frame();
      await waitFor('the queue', async () => (await frame.locator('.queued').count()) === 1);
      await chat.click('Stop');
      await waitFor('the stop', async () => (await frame.locator('article.answer[aria-busy="true"]').count()) === 0);
      assert.equal(await frame.locator('.queued').count(), 1);
      await frame.locator('article.user').last().hover();
      await chat.click('Remove from queue');
      await waitFor('the text in the composer', async () => (await (await chat.composer()).inputValue()) === 'second thought');
      assert.deepEqual(await chat.questions(), ['first']);
      assert.equal(questionsSent(editor).length, 1);
    },

    'a code block goes to the cursor': async (editor) => {
      editor.gateway.script({ text: 'Here:\n\n```ts\nconst inserted = true;\n```\n' });
      await editor.driver.openFile('src/money.ts', { line: 1, column: 1 });
      const chat = await newChat(editor);
      await chat.ask('Code');
      await chat.answered('inserted');
      await (await chat.frame()).locator('pre').hover();
      await chat.click('Insert at cursor');
      await waitFor('the code in the file', async () => (await editor.driver.editorText()).startsWith('const inserted = true;'));
    },
  },
};

async function paragraphAtTop(chat: ChatPage): Promise<number | undefined> {
  const text = await (await chat.frame()).evaluate(() => {
    const top = document.querySelector('.log')?.getBoundingClientRect().top ?? 0;
    return [...document.querySelectorAll('.answer .body p')].find((paragraph) => paragraph.getBoundingClientRect().bottom > top)?.textContent;
  });
  const number = /\d+/.exec(text ?? '')?.[0];
  return number === undefined ? undefined : Number(number);
}
