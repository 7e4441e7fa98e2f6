import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { newChat, openChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

/** The requests for an answer to this question, not for its title. */
function questionsOf({ gateway }: Editor, question: string): Editor['gateway']['requests'] {
  return gateway.requests.filter(({ method, body }) => method === 'POST' && JSON.stringify(body).includes(question) && !JSON.stringify(body).includes('Task: title'));
}

async function chatWithMoneyFile(editor: Editor): Promise<ChatPage> {
  await editor.driver.openFile('src/money.ts');
  const chat = await newChat(editor);
  const frame = await chat.frame();
  await frame.locator('.chip.offered').first().click();
  await waitFor('the chip', async () => (await frame.locator('.composer-chips .chip:not(.offered)').count()) > 0);
  return chat;
}

/** Asks for a refactoring of the money file that puts `comment` in the place of its comment; the frame then shows the card of the edit. */
async function askForRefactoring(editor: Editor, comment: string): Promise<Frame> {
  const chat = await chatWithMoneyFile(editor);
  const frame = await chat.frame();
  editor.gateway.script({ text: `Done.\n\n\`\`\`ts src/money.ts\n<<<<<<< SEARCH\n/** Half a cent rounds up. */\n=======\n${comment}\n>>>>>>> REPLACE\n\`\`\`\n` }, { contains: 'with better words' });
  await chat.ask('/refactor with better words');
  await waitFor('the edit card', async () => (await frame.locator('.edit-card').count()) === 1, 20_000);
  return frame;
}

export const suite: EditorSuite = {
  name: 'Chat places',
  timeoutMs: 90_000,
  tests: {
    'an editor tab shows the same conversation, also while it streams': async (editor) => {
      editor.gateway.script({ text: Array.from({ length: 60 }, (_, index) => `word${index}`).join(' '), tokensPerSecond: 30, chunking: 'token' }, { contains: 'in two places' });
      const chat = await newChat(editor);
      await chat.ask('in two places');
      await chat.streamed('word3');
      await editor.driver.runCommand('RunAPI: Open Chat in Editor');
      const frames = await waitFor('two chats', async () => {
        const found = [];
        for (const frame of editor.page.frames()) if ((await frame.locator('#runapi-chat textarea').count().catch(() => 0)) > 0) found.push(frame);
        return found.length === 2 ? found : undefined;
      });
      for (const frame of frames) await waitFor('the end in both', async () => (await frame.locator('article.answer .body').last().innerText()).includes('word59'), 20_000);
    },

    'compaction replaces the history in requests and can be undone': async (editor) => {
      const chat = await newChat(editor);
      editor.gateway.script({ text: 'the first answer' }, { contains: 'the first question' });
      await chat.ask('the first question');
      await chat.answered('the first answer');
      editor.gateway.script({ text: 'SUMMARY OF ALL' }, { contains: 'Task: compact' });
      // With a space behind it the list of commands is closed, and Enter sends.
      await chat.ask('/compact ');
      const frame = await chat.frame();
      await waitFor('the notice', async () => (await frame.locator('.notice').count()) === 1);
      editor.gateway.script({ text: 'after it' }, { contains: 'the next question' });
      await chat.ask('the next question');
      await chat.answered('after it');
      const last = (): string => JSON.stringify(editor.gateway.requests.filter(({ body }) => JSON.stringify(body).includes('next question') || JSON.stringify(body).includes('third question')).at(-1)?.body);
      assert.ok(last().includes('SUMMARY OF ALL') && !last().includes('the first answer'));
      await frame.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      editor.gateway.script({ text: 'as before' }, { contains: 'a third question' });
      await chat.ask('a third question');
      await chat.answered('as before');
      assert.ok(last().includes('the first answer') && !last().includes('SUMMARY OF ALL'));
    },

    'the request can be seen before it is sent, without the key': async (editor) => {
      const chat = await newChat(editor);
      await (await chat.composer()).fill('not sent yet');
      const frame = await chat.frame();
      await frame.locator('.cost').click();
      await frame.getByRole('menuitem', { name: 'Show what is sent' }).click();
      const shown = await waitFor('the request', async () => {
        const text = await editor.driver.editorText();
        return text.includes('not sent yet') ? text : undefined;
      });
      assert.ok(shown.includes('"max_tokens"'));
      assert.ok(!shown.includes(editor.gateway.key));
      assert.equal(editor.gateway.requests.filter(({ method }) => method === 'POST').length, 0);
    },

    'a refactor in the chat is reviewed, and nothing changes before it is accepted': async (editor) => {
      const path = join(editor.folder, 'src/money.ts');
      const before = await readFile(path, 'utf8');
      const frame = await askForRefactoring(editor, '/** Half a cent is rounded up. */');
      assert.match(await frame.locator('.route').last().innerText(), /Refactor.*Opus/);
      assert.equal(await readFile(path, 'utf8'), before);
      await frame.locator('.edit-card').getByRole('button', { name: 'Accept' }).click();
      await waitFor('the change', async () => (await readFile(path, 'utf8')).includes('is rounded up'));
      await waitFor('the state', async () => (await frame.locator('.edit-card').innerText()).includes('Accepted'));
    },

    'lines that are typed while an answer rewrites their file are kept': async (editor) => {
      const whole = (await readFile(join(editor.folder, 'src/money.ts'), 'utf8')).replace('rounds up', 'is rounded up');
      const chat = await chatWithMoneyFile(editor);
      editor.gateway.script({ text: `Begins.\n\n\`\`\`ts src/money.ts\n${whole}\`\`\`\n`, tokensPerSecond: 60, chunking: 'token' }, { contains: 'all of it' });
      await chat.ask('/refactor and show all of it');
      await chat.streamed('Begins');
      await editor.host.evaluate(async (vscode) => {
        const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith('/src/money.ts'));
        if (document === undefined) throw new Error('the file is not open');
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '// typed meanwhile\n');
        await vscode.workspace.applyEdit(edit);
      });
      const card = (await chat.frame()).locator('.edit-card');
      await waitFor('the edit card', async () => (await card.getByRole('button', { name: 'Accept' }).count()) === 1, 20_000);
      assert.match(await card.innerText(), /\+1\s*−1/);
      await card.getByRole('button', { name: 'Accept' }).click();
      const text = (): Promise<string | undefined> => editor.host.evaluate((vscode) => vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith('/src/money.ts'))?.getText());
      await waitFor('both changes', async () => (await text()) === `// typed meanwhile\n${whole}`);
    },

    'a change that waits for review is reviewed and accepted after a reload, against the file as it is then': async (editor) => {
      const path = join(editor.folder, 'src/money.ts');
      await askForRefactoring(editor, '/** Half a cent is rounded up. */');
      const marked = (await readFile(path, 'utf8')).replace(/^/, '// typed before the reload\n');
      await writeFile(path, marked);
      await editor.reload();
      const after = await (await openChat(editor)).frame();
      await waitFor('the card again', async () => (await after.locator('.edit-card').getByRole('button', { name: 'Accept' }).count()) === 1, 20_000);
      await after.locator('.edit-card').getByRole('button', { name: 'Accept' }).click();
      await waitFor('the change', async () => (await readFile(path, 'utf8')) === marked.replace('rounds up', 'is rounded up'));
      await waitFor('the state', async () => (await after.locator('.edit-card').innerText()).includes('Accepted'));
      await editor.reload();
      const last = await (await openChat(editor)).frame();
      await last.locator('.edit-card').getByRole('button', { name: 'Undo' }).click();
      await waitFor('the file as it was', async () => (await readFile(path, 'utf8')) === marked);
    },

    'a change that no longer applies after a reload says so and touches nothing': async (editor) => {
      const path = join(editor.folder, 'src/money.ts');
      await askForRefactoring(editor, '/** No. */');
      await writeFile(path, 'export const rewritten = true;\n');
      await editor.reload();
      const after = await (await openChat(editor)).frame();
      await after.locator('.edit-card').getByRole('button', { name: 'Review changes' }).click();
      await waitFor('the state', async () => (await after.locator('.edit-card').innerText()).includes('Not applied'), 20_000);
      assert.ok((await editor.driver.notifications()).some(({ text }) => text.includes('do not apply to the files as they are now')));
      assert.equal(await readFile(path, 'utf8'), 'export const rewritten = true;\n');
    },

    'what is shown as sent is what the gateway got, also after a model has refused a parameter': async (editor) => {
      await editor.driver.setSetting('runapi.routes', { chat: { temperature: 0.4 } });
      editor.gateway.setDefaults({ rejectSampling: ['claude-sonnet-4.6'] });
      const chat = await newChat(editor);
      const frame = await chat.frame();
      editor.gateway.script({ text: 'taken' }, { contains: 'exactly this' });
      await chat.ask('exactly this');
      await chat.answered('taken');
      const sent = questionsOf(editor, 'exactly this').at(-1)?.body;
      await frame.locator('article.answer').last().hover();
      await chat.click('Show what was sent');
      const shown = await waitFor('the request', async () => {
        const text = await editor.driver.editorText();
        return text.includes('exactly this') ? text : undefined;
      });
      // Our own JSON.
      assert.deepEqual((JSON.parse(shown) as { readonly body: unknown }).body, sent);
      assert.ok(!shown.includes('temperature'));
    },

    'a message that is sent again takes along what it had, not what is open or attached now': async (editor) => {
      const chat = await chatWithMoneyFile(editor);
      editor.gateway.script({ text: 'explained' }, { contains: 'the rounding' });
      await chat.ask('/explain the rounding');
      await chat.answered('explained');
      await editor.driver.openFile('package.json');
      const frame = await chat.frame();
      await waitFor('the offer', async () => (await frame.locator('.chip.offered').allInnerTexts()).some((text) => text.includes('package.json')));
      await frame.locator('.chip.offered').first().click();
      const waiting = frame.locator('.composer-chips .chip:not(.offered)');
      await waitFor('the chip', async () => (await waiting.count()) === 1);
      editor.gateway.script({ text: 'explained again' }, { contains: 'once more' });
      await frame.locator('article.user').hover();
      await chat.click('Edit and resend');
      await frame.locator('.edit-box textarea').fill('/explain once more');
      await frame.locator('.edit-box').getByRole('button', { name: 'Send' }).click();
      await chat.answered('explained again');
      assert.deepEqual((await frame.locator('article.user .chip').allInnerTexts()).map((text) => /[\w.]+\.\w+/.exec(text)?.[0]), ['money.ts']);
      const sent = JSON.stringify(questionsOf(editor, 'once more').at(-1)?.body);
      assert.ok(sent.includes('src/money.ts') && !sent.includes('package.json'));
      assert.match(await waiting.innerText(), /package\.json/);
    },

    'an own command is completed, expanded and listed': async (editor) => {
      await editor.host.evaluate(async (vscode) => {
        const folder = vscode.workspace.workspaceFolders?.[0];
        if (folder === undefined) throw new Error('no folder');
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, '.runapi/commands/ship.md'), new TextEncoder().encode('---\ndescription: Prepare a release\n---\nRelease $1 WITH CARE.'));
      });
      const chat = await newChat(editor);
      const box = await chat.composer();
      await box.pressSequentially('/shi', { delay: 20 });
      const frame = await chat.frame();
      await waitFor('the suggestion', async () => (await frame.locator('.suggestions').innerText()).includes('Prepare a release'));
      await box.press('Enter');
      await box.pressSequentially('v9', { delay: 20 });
      editor.gateway.script({ text: 'shipped' }, { contains: 'Release v9 WITH CARE.' });
      await box.press('Enter');
      await chat.answered('shipped');
      assert.ok((await frame.locator('article.user').last().innerText()).includes('.runapi/commands/ship.md'));
    },
  },
};
