// The manifest, the words in both languages and the lock file, held against the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/core/settings.ts';
import { taskIds } from '../../src/shared/chatTypes.ts';
import { commandIds } from '../../src/shared/commandIds.ts';
import { viewStrings } from '../../src/shared/viewStrings.ts';
import { findSentences, scanSource } from '../helpers/sentences.ts';

const root = join(import.meta.dirname, '../..');
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');
const readWords = (path: string): Readonly<Record<string, string>> => z.record(z.string(), z.string()).parse(JSON.parse(readText(path)));

const command = z.object({ command: z.string(), title: z.string(), category: z.string().optional() });
const setting = z.looseObject({ scope: z.string(), description: z.string().optional(), markdownDescription: z.string().optional(), default: z.unknown() });
const manifestText = readText('package.json');
const manifest = z.looseObject({
  engines: z.object({ vscode: z.string() }),
  dependencies: z.unknown().optional(),
  devDependencies: z.record(z.string(), z.string()),
  activationEvents: z.array(z.string()),
  contributes: z.looseObject({ commands: z.array(command), configuration: z.object({ properties: z.record(z.string(), setting) }) }),
}).parse(JSON.parse(manifestText));

const english = readWords('package.nls.json');
const korean = readWords('package.nls.ko.json');
const bundle = readWords('l10n/bundle.l10n.ko.json');
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => ({ file: entry.name, scanned: scanSource(readFileSync(join(entry.parentPath, entry.name), 'utf8')) }));
const sentences = [...sources.flatMap(({ file, scanned }) => findSentences(file, scanned)), ...Object.values(viewStrings).map((text) => ({ file: 'viewStrings.ts', text }))];

describe('commands', () => {
  const contributed = manifest.contributes.commands.map((entry) => entry.command);

  it('are the same in the manifest and in commandIds.ts', () => {
    expect([...contributed].sort()).toEqual(Object.values(commandIds).sort());
    expect(new Set(contributed).size).toBe(contributed.length);
  });

  it('are called runapi.verbNoun and stand under RunAPI in the palette', () => {
    for (const [name, id] of Object.entries(commandIds)) expect(id).toBe(`runapi.${name}`);
    for (const entry of manifest.contributes.commands) expect([entry.command, entry.category]).toEqual([entry.command, 'RunAPI']);
  });

  it('are each registered in the sources', () => {
    const code = sources.filter(({ file }) => file !== 'commandIds.ts').map(({ scanned }) => scanned.code).join('\n');
    expect(Object.keys(commandIds).filter((name) => !new RegExp(`\\bcommandIds\\.${name}\\b`).test(code))).toEqual([]);
  });

  it('are the only ones of ours that menus, keys and walkthroughs name', () => {
    const named = [...manifestText.matchAll(/"command":\s*"(runapi\.[\w.]+)"/g), ...manifestText.matchAll(/command:(runapi\.[\w.]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((id) => !contributed.includes(id))).toEqual([]);
  });
});

describe('words of the manifest', () => {
  const used = [...manifestText.matchAll(/"%([^"%]+)%"/g)].map((match) => match[1] ?? '');

  it('exist in English and in Korean, and none is left over', () => {
    expect(used.length).toBeGreaterThan(30);
    expect([...new Set(used)].sort()).toEqual(Object.keys(english).sort());
    expect(Object.keys(korean).sort()).toEqual(Object.keys(english).sort());
  });

  it('keep marks of code and commands in Korean', () => {
    const marks = (text: string): readonly string[] => [...text.matchAll(/`[^`]+`|\(command:[\w.]+\)|https?:\/\/[^\s)]+/g)].map(([mark]) => mark).sort();
    for (const [key, text] of Object.entries(english)) expect([key, marks(korean[key] ?? '')]).toEqual([key, marks(text)]);
  });
});

describe('settings', () => {
  const properties = Object.entries(manifest.contributes.configuration.properties);

  it('are described through the words, and only a workspace may add to what is excluded', () => {
    for (const [name, entry] of properties) {
      expect([name, entry.description ?? entry.markdownDescription]).toEqual([name, expect.stringMatching(/^%setting\.[\w.]+%$/)]);
      expect([name, entry.scope]).toEqual([name, name === 'runapi.exclude' ? 'resource' : 'application']);
    }
  });

  it('have the defaults of the code', () => {
    const flat = (value: unknown, path: string): unknown => path.split('.').reduce((at: unknown, key) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined), value);
    for (const [name, entry] of properties) expect([name, entry.default]).toEqual([name, flat(defaultSettings, name.replace('runapi.', ''))]);
  });

  it('have a route for each task', () => {
    const routes = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(manifest.contributes.configuration.properties['runapi.routes']);
    expect(Object.keys(routes.properties).sort()).toEqual([...taskIds].sort());
  });
});

describe('the finder of sentences', () => {
  const check = (source: string, found: readonly string[]): void => expect(findSentences('a.ts', scanSource(source)).map(({ text }) => text)).toEqual(found);

  it.each([
    ["translate('One {count}', { count: size('two') })", ['One {count}']],
    ['vscode.l10n.t("It\'s \\"so\\"", name)', ['It\'s "so"']],
    ["const x = `# ${translate('Inside')} and ${a ? `${translate(`Deep`)}` : ''}`; translate('After')", ['Inside', 'Deep', 'After']],
    ["translate(many ? 'Files' : 'File')", ['Files', 'File']],
    ["const words = { a: 'First', b: 'Second' };\ntranslate(words[kind])", ['First', 'Second']],
    ["const words = { 'a': 'First', 'b-c': 'Second' };\ntranslate(words[kind])", ['First', 'Second']],
    ["translate(isOpen ? 'Open' : 'Closed')", ['Open', 'Closed']],
    ["// translate('comment')\n/* translate('other') */ translate('real')", ['real']],
    ["text.replace(/'/g, \"\"); translate('after a pattern')", ['after a pattern']],
    ["position.translate(0, 1); other.retranslate('no')", []],
    ["translate(message)", []],
  ])('%s', (source, found) => check(source, found));
});

describe('sentences of the code', () => {
  it('are found', () => {
    expect(sentences.length).toBeGreaterThan(200);
  });

  it('are all in the Korean bundle', () => {
    expect(sentences.filter(({ text }) => !Object.hasOwn(bundle, text)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });

  it('are used, where the bundle has them', () => {
    const literals = new Set(sources.flatMap(({ scanned }) => scanned.literals.map((literal) => literal.text)));
    expect(Object.keys(bundle).filter((sentence) => !literals.has(sentence))).toEqual([]);
  });

  it('are no templates: only whole sentences can be looked up', () => {
    const templates = sources.flatMap(({ file, scanned }) => [...scanned.code.matchAll(/(?:(?<![.\w])translate|\bl10n\.t)\(\s*`[^`]*\$\{/g)].map(() => file));
    expect(templates).toEqual([]);
  });

  it('have the same places to fill in Korean', () => {
    const places = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{\w+\}/g)].map(([place]) => place))].sort();
    for (const [sentence, translation] of Object.entries(bundle)) expect([sentence, places(translation)]).toEqual([sentence, places(sentence)]);
  });

  it('are in Korean where they hold words', () => {
    // Words that Korean writes as they are: names and signs.
    const isName = (sentence: string): boolean => !/[a-z]{2}/.test(sentence.replace(/\{\w+\}/g, '').replace(/\b(?:RunAPI|VS Code|Markdown|JSON|ms|git)\b/g, ''));
    expect(Object.entries(bundle).filter(([sentence, translation]) => !/[가-힣]/.test(translation) && !isName(sentence)).map(([sentence]) => sentence)).toEqual([]);
  });

  it('keep the tone: no exclamation marks, no please, no oops', () => {
    const loud = /!(?!=)|\b(?:please|oops|sorry)\b|부탁드|죄송/i;
    expect([...Object.entries(bundle), ...Object.entries(english), ...Object.entries(korean)].flat().filter((text) => loud.test(text))).toEqual([]);
  });
});

describe('packages', () => {
  it('are pinned and are all for development: the bundles hold what is used', () => {
    expect(manifest.dependencies).toBeUndefined();
    for (const [name, version] of Object.entries(manifest.devDependencies)) expect([name, version]).toEqual([name, expect.stringMatching(/^(?:\d+\.\d+\.\d+(?:-[\w.]+)?|file:test\/[\w-]+)$/)]);
  });

  it('have types of exactly the oldest VS Code that is promised', () => {
    expect(`^${manifest.devDependencies['@types/vscode']}`).toBe(manifest.engines.vscode);
  });

  it('come from no host that a lock file names', () => {
    const locks = readdirSync(root).filter((name) => /lock/.test(name));
    expect(locks).toContain('package-lock.json');
    for (const lock of locks) expect([lock, /"resolved":\s*"(?!file:|test\/)/.exec(readText(lock))?.[0]]).toEqual([lock, undefined]);
    expect(readText('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });

  it('ship pictures that exist', () => {
    const pictures = [...manifestText.matchAll(/"(media\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
