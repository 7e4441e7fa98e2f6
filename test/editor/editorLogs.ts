import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface EditorLogs {
  /** VS Code's own log of the extension host. */
  readonly extensionHost: string;
  /** Our extension's output channels. */
  readonly runapi: string;
}

/** Of all windows since the start, in order. */
export async function readEditorLogs(dataFolder: string): Promise<EditorLogs> {
  const root = join(dataFolder, 'logs');
  const files = (await readdir(root, { recursive: true }).catch(() => [])).filter((file) => file.endsWith('.log')).sort();
  const read = async (test: (file: string) => boolean): Promise<string> => {
    const texts = await Promise.all(files.filter(test).map((file) => readFile(join(root, file), 'utf8')));
    return texts.join('');
  };
  return {
    extensionHost: await read((file) => file.endsWith('remoteexthost.log')),
    runapi: await read((file) => file.includes('runapi.runapi-assistant')),
  };
}
