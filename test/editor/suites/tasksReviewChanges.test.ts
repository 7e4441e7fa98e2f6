// Reviews of changes: staged ones, the working tree, a branch against its base; large ones in parts; what is stopped and what fails.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { finding, findings, git } from '../reviewSteps.ts';
import { answerTask, asked, bodyOf, notification, putOnDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

/** About 13,000 tokens: two of them do not go into one request. */
const longFile = (name: string): string => Array.from({ length: 650 }, (_, index) => `export const ${name}${String(index)} = [${String(index)}, 'a plain text'];`).join('\n') + '\n';

export const suite: EditorSuite = {
  name: 'Tasks, review of changes',
  timeoutMs: 60_000,
  tests: tidy({
    'of the staged changes sees what is staged, not what was changed after, and points into the file as it is': async (editor) => {
      await putOnDisk(editor, 'src/rate.ts', 'export function rate(zone: number): number {\n  return 10 / zone;\n}\n');
      await git(editor, 'add', 'src/rate.ts');
      await putOnDisk(editor, 'src/rate.ts', '// moved down\n\nexport function rate(zone: number): number {\n  return 10 / zone;\n}\n');
      answerTask(editor, 'review', { text: finding({ path: 'src/rate.ts', line: 2, title: 'Zone 0 divides by zero', quote: '  return 10 / zone;' }) });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewStaged');
      assert.match(await notification(editor, /1 finding in staged changes/), /Review → Sonnet/);
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /Review the staged changes/);
      assert.doesNotMatch(body, /moved down|lastHour|ageHours/);
      // Staged as line 2, it stands in line 4 by now.
      assert.deepEqual(await findings(editor), [{ path: 'src/rate.ts', line: 4, title: 'Zone 0 divides by zero' }]);
    },

    'of the working changes sees tracked and new files, and drops findings beside the changes': async (editor) => {
      const quote = "  const lastHour = orderedAt.getUTCDay() === 5 ? 11 : 14;";
      answerTask(editor, 'review', {
        text: finding({ path: 'src/pickup.ts', line: 8, title: 'Saturday is day 6', quote }) + finding({ path: 'src/money.ts', line: 8, title: 'Not part of the change' }) + finding({ path: 'src/label.ts', line: 1, title: 'A new file is seen' }),
      });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      assert.match(await notification(editor, /2 findings in working changes/), /1 pointed at no line/);
      assert.deepEqual((await findings(editor)).map(({ path, title }) => `${path} ${title}`).sort(), ['src/label.ts A new file is seen', 'src/pickup.ts Saturday is day 6']);
    },

    'a file that may not be sent is left out, and that is said': async (editor) => {
      await putOnDisk(editor, '.env', 'TOKEN=abcdefgh12345678canary\n');
      await git(editor, 'add', '-f', '.env');
      answerTask(editor, 'review', { text: 'NONE' });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      assert.match(await notification(editor, /No findings in working changes/), /1 file may not be sent and was left out/);
      assert.doesNotMatch(bodyOf(asked(editor)[0]), /canary/);
    },

    'of a branch is held against where it left the base that is picked': (editor) => onBranch(editor, async () => {
      answerTask(editor, 'review', { text: finding({ path: 'src/rate.ts', line: 2, title: 'Zone 0 divides by zero' }) });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewBranch');
      await waitFor('the question', async () => /Against which base/.test(await editor.driver.quickInput.question()));
      const offered = await editor.driver.quickInput.labels();
      assert.ok(offered.includes('main') && offered.includes('Main branch'), offered.join());
      await editor.driver.quickInput.pick('main');
      await notification(editor, /1 finding in branch against main/);
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /changes of branch \\+"topic\\+" since it left \\+"main\\+"/);
      assert.match(body, /export function rate/);
      // On main only, after the branch had left it.
      assert.doesNotMatch(body, /laterOnMain/);
    }),

    'a large change goes in parts, one file or more to a request, with progress and one sum': async (editor) => {
      await putOnDisk(editor, 'src/one.ts', longFile('one'));
      await putOnDisk(editor, 'src/two.ts', longFile('two'));
      editor.gateway.script({ text: 'NONE', firstTokenMs: 1500 }, { contains: 'src/one.ts' });
      editor.gateway.script((call) => (JSON.stringify(call).includes('Task: review.') ? { text: 'NONE', firstTokenMs: 500 } : undefined));
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      await waitFor('progress', async () => (await editor.driver.statusItems()).some((text) => /Review · part \d of \d · /.test(text)));
      assert.match(await notification(editor, /No findings in working changes/), /\d requests/);
      assert.ok(asked(editor).length >= 2, String(asked(editor).length));
      // They are asked for at once, so either may come first.
      assert.ok(asked(editor).some((request) => /This is part 1 of \d; the other parts are reviewed on their own/.test(bodyOf(request))));
    },

    'a very large change asks first, with its price, and a no sends nothing': async (editor) => {
      for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) await putOnDisk(editor, `src/${name}.ts`, longFile(name));
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      const said = await notification(editor, /This is large: \d+ files, about [\d,]+ tokens in \d+ requests/);
      const [shown] = await editor.driver.notifications();
      assert.match(shown?.buttons.join() ?? '', /^Review \(about \$/);
      await editor.driver.press('Escape');
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await waitFor('the end of the task', async () => !(await editor.driver.statusItems()).some((text) => /Review ·|Review$/.test(text)));
      assert.equal(asked(editor).length, 0, said);
    },

    'stopped in the middle it asks no more, keeps what was found and says how far it came': async (editor) => {
      await putOnDisk(editor, 'src/one.ts', longFile('one'));
      await putOnDisk(editor, 'src/two.ts', longFile('two'));
      await putOnDisk(editor, 'src/zwei.ts', longFile('zwei'));
      const found = finding({ path: 'src/booking.ts', line: 46, title: 'Minutes are taken for hours', quote: '      const ageHours = (now().getTime() - booking.createdAt.getTime()) / 60_000;' });
      editor.gateway.script((call) => {
        const body = JSON.stringify(call);
        if (!body.includes('Task: review.')) return undefined;
        return body.includes('src/booking.ts') ? { text: found } : { text: 'word '.repeat(2000), tokensPerSecond: 5, chunking: 'token' };
      });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      await waitFor('the first finding', async () => (await findings(editor)).length === 1);
      await waitFor('three requests', () => asked(editor).length === 3);
      await cancelOne(editor);
      assert.match(await notification(editor, /1 finding in working changes/), /Only \d of \d parts were reviewed/);
      await waitFor('the streams to end', () => asked(editor).filter(({ aborted }) => aborted).length >= 2);
      await editor.gateway.idle();
      assert.deepEqual((await findings(editor)).map(({ title }) => title), ['Minutes are taken for hours']);
    },

    'a part that failed is asked for again alone, and the findings of the others stay': async (editor) => {
      await putOnDisk(editor, 'src/one.ts', longFile('one'));
      await putOnDisk(editor, 'src/two.ts', longFile('two'));
      const found = finding({ path: 'src/booking.ts', line: 46, title: 'Minutes are taken for hours', quote: '      const ageHours = (now().getTime() - booking.createdAt.getTime()) / 60_000;' });
      editor.gateway.fault({ name: 'status-500', times: 3, contains: 'src/two.ts' });
      editor.gateway.script((call) => {
        const body = JSON.stringify(call);
        if (!body.includes('Task: review.')) return undefined;
        return { text: body.includes('src/booking.ts') ? found : 'NONE', firstTokenMs: 300 };
      });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      const said = await notification(editor, /RunAPI had an error of its own/);
      assert.equal((await findings(editor)).length, 1);
      await start(editor, 'runapi.exportReview');
      await waitFor('the report of what there is', async () => /Only 1 of 2 parts were reviewed/.test(await editor.driver.editorText()));
      await editor.driver.answerNotification(said.slice(0, 20), 'Retry');
      assert.doesNotMatch(await notification(editor, /1 finding in working changes/), /Only/);
      const bodies = asked(editor).map((request) => bodyOf(request));
      // Twice by itself, once by the button; the part that was answered is not paid for again.
      assert.deepEqual([bodies.filter((body) => body.includes('src/two.ts')).length, bodies.filter((body) => body.includes('src/booking.ts')).length], [4, 1]);
    },
  }),
};

/** A branch `topic` with a commit of its own, and one on main that the branch does not have. */
async function onBranch(editor: Editor, test: () => Promise<void>): Promise<void> {
  const start = await git(editor, 'rev-parse', 'HEAD');
  await git(editor, 'checkout', '-q', '--', '.');
  await git(editor, 'clean', '-q', '-f', '-d');
  await git(editor, 'checkout', '-q', '-b', 'topic');
  await putOnDisk(editor, 'src/rate.ts', 'export function rate(zone: number): number {\n  return 10 / zone;\n}\n');
  await git(editor, 'add', 'src/rate.ts');
  await git(editor, 'commit', '-q', '-m', 'Add rates');
  await git(editor, 'checkout', '-q', 'main');
  await putOnDisk(editor, 'src/later.ts', 'export const laterOnMain = 1;\n');
  await git(editor, 'add', 'src/later.ts');
  await git(editor, 'commit', '-q', '-m', 'Add more');
  await git(editor, 'checkout', '-q', 'topic');
  try {
    await test();
  } finally {
    await git(editor, 'checkout', '-q', '-f', 'main');
    await git(editor, 'reset', '-q', '--hard', start);
    await git(editor, 'branch', '-q', '-D', 'topic');
  }
}

async function cancelOne({ host }: Editor): Promise<void> {
  await host.evaluate((vscode) => vscode.commands.executeCommand('runapi.cancelTask'));
}
