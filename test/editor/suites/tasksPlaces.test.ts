// Tasks where there are several folders, in Korean, with a terminal and with a notebook.
import assert from 'node:assert/strict';
import type { EditorSuite } from '../editorSuite.ts';
import { finding, findings } from '../reviewSteps.ts';
import { accept, answerTask, asked, bodyOf, newFile, notification, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, several folders and Korean',
  options: { workspace: 'multi-root', locale: 'ko' },
  timeoutMs: 60_000,
  tests: tidy({
    'a file of the second folder is edited there, by a path that names its folder, with prose in Korean': async (editor) => {
      await openSecond(editor);
      answerTask(editor, 'document', { text: searchReplace('price-list/prices.py', 'def total(lines):', 'def total(lines):\n    """합계를 센트로 돌려준다."""') });
      await start(editor, 'runapi.documentCode');
      await accept(editor);
      await waitFor('the comment', () => secondText(editor).then((text) => text.includes('합계를 센트로')));
      assert.match(bodyOf(asked(editor)[0]), /price-list\/prices\.py[\s\S]*Korean|Korean[\s\S]*price-list\/prices\.py/);
    },

    'tests of the second folder go into the second folder': async (editor) => {
      await openSecond(editor);
      answerTask(editor, 'generate tests', { text: newFile('price-list/tests/test_prices.py', 'from prices import total\n\n\ndef test_empty():\n    assert total([]) == 0') });
      await start(editor, 'runapi.generateTests');
      await waitFor('the request', () => asked(editor).length === 1);
      assert.match(bodyOf(asked(editor)[0]), /pytest[\s\S]*the new file price-list\/tests\/test_prices\.py/);
    },

    'a cell of a notebook is refused in plain Korean before anything is sent': async (editor) => {
      await editor.host.evaluate(async (vscode) => {
        const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'print(1 + 1)', 'python');
        const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell])).then((opened) => opened, () => undefined);
        const uri = notebook?.cellAt(0).document.uri ?? vscode.Uri.parse('vscode-notebook-cell:/none.ipynb#W0');
        void vscode.commands.executeCommand('runapi.documentCode', uri);
      });
      await notification(editor, /노트북 셀|텍스트 파일이 아닙니다/);
      assert.equal(asked(editor).length, 0);
    },

    'a finding in the second folder stands and is applied there, with its words in Korean': async (editor) => {
      await openSecond(editor);
      answerTask(editor, 'review', {
        text: `${finding({ path: 'price-list/prices.py', line: 2, title: '빈 목록을 따로 다루지 않습니다', quote: '    return sum(line["cents"] for line in lines)' })}<<<<<<< SEARCH\n    return sum(line["cents"] for line in lines)\n=======\n    return sum((line["cents"] for line in lines), 0)\n>>>>>>> REPLACE\n`,
      });
      await start(editor, 'runapi.reviewFile');
      await notification(editor, /지적 사항 1건|1건/);
      assert.deepEqual((await findings(editor)).map(({ line, title }) => [line, title]), [[2, '빈 목록을 따로 다루지 않습니다']]);
      await start(editor, 'runapi.nextFinding');
      await start(editor, 'runapi.applyFinding');
      await accept(editor);
      await waitFor('the edit', () => secondText(editor).then((text) => text.includes('in lines), 0)')));
    },

    'working changes are those of the repository that the active file is in': async (editor) => {
      await openSecond(editor);
      await start(editor, 'runapi.reviewChanges');
      await waitFor('the review of the only repository', async () => asked(editor).length === 1 || (await editor.driver.notifications()).some(({ text }) => /git/.test(text)), 20_000);
      assert.doesNotMatch(bodyOf(asked(editor)[0]), /prices\.py/);
    },

    'a review says in Korean that nothing was found': async (editor) => {
      await openSecond(editor);
      answerTask(editor, 'review', { text: 'NONE' });
      await start(editor, 'runapi.reviewFile');
      await notification(editor, /지적 사항이 없습니다/);
    },
  }),
};

async function openSecond({ host }: Parameters<typeof start>[0]): Promise<void> {
  await host.evaluate(async (vscode) => {
    const folder = vscode.workspace.workspaceFolders?.[1];
    if (folder === undefined) throw new Error('There is no second folder');
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'prices.py'), { preview: false });
  });
}

async function secondText({ host }: Parameters<typeof start>[0]): Promise<string> {
  return host.evaluate(async (vscode) => {
    const folder = vscode.workspace.workspaceFolders?.[1];
    return folder === undefined ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'prices.py')));
  });
}
