import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditorOptions } from './editorOptions.ts';
import { projectRoot } from './paths.ts';

const category = 'RunAPI: ';

/** From the English title of one of our commands to that of a display language. Titles of other commands stay as they are. */
export async function readTitles(locale: NonNullable<EditorOptions['locale']>): Promise<(title: string) => string> {
  if (locale === 'en') return (title) => title;
  const [english, translated] = await Promise.all([readSentences('package.nls.json'), readSentences(`package.nls.${locale}.json`)]);
  const titles = new Map(Object.entries(english).map(([key, sentence]) => [category + sentence, category + (translated[key] ?? sentence)]));
  return (title) => titles.get(title) ?? title;
}

async function readSentences(file: string): Promise<Readonly<Record<string, string>>> {
  // Our own files: a unit test holds their shape.
  return JSON.parse(await readFile(join(projectRoot, file), 'utf8')) as Readonly<Record<string, string>>;
}
