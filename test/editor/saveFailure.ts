import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from './editor.ts';
import { resultsFolder } from './paths.ts';

/** Keeps what a person needs to understand a failed test; returns the files. */
export async function saveFailure(editor: Editor, testName: string): Promise<readonly string[]> {
  const name = testName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  await mkdir(resultsFolder, { recursive: true });
  const saved = await Promise.all([
    editor.driver.screenshot(name).catch(() => undefined),
    editor.logs().then(
      async ({ extensionHost, runapi }) => {
        const path = join(resultsFolder, `${name}.log`);
        await writeFile(path, `${extensionHost}\n--- RunAPI ---\n${runapi}\n--- requests ---\n${editor.gateway.requests.map(({ method, path: target, status }) => `${method} ${target} ${status ?? ''}`).join('\n')}\n`);
        return path;
      },
      () => undefined,
    ),
  ]);
  return saved.filter((path) => path !== undefined);
}
