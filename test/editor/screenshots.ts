// `npm run screenshots`: the pictures of the README, into media/readme.
// `npm run screenshots -- --states [--only TEXT] [--out FOLDER]`: every scene in all four themes, narrow and in Korean, to be looked at.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEditorHouse, type Editor } from './editor.ts';
import { themeNames, type EditorOptions, type Theme } from './editorOptions.ts';
import { projectRoot, resultsFolder } from './paths.ts';
import { scenes } from './screenshotScenes.ts';

const { values } = parseArgs({ options: { states: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, out: { type: 'string' } } });
const readmeScenes = ['chat'];
const calm: EditorOptions = { settings: { 'editor.minimap.enabled': false } };

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const house = await createEditorHouse();
let failures = 0;
if (values.states) await takeStates(values.out ?? join(resultsFolder, 'screenshots'));
else await takeReadme(values.out ?? join(projectRoot, 'media/readme'));
await house.close();
process.exit(failures > 0 ? 1 : 0);

async function takeReadme(folder: string): Promise<void> {
  const editor = await house.open({ ...calm, theme: 'dark', width: 1200, height: 750 });
  for (const name of readmeScenes.filter(isWanted)) await take(editor, name, { folder, file: name });
}

async function takeStates(folder: string): Promise<void> {
  const english = await house.open(calm);
  for (const name of Object.keys(scenes).filter(isWanted)) {
    await take(english, name, { folder, file: `${name}-dark` });
    // Object.keys is typed as string[]; these are the themes.
    for (const theme of (Object.keys(themeNames) as Theme[]).filter((theme) => theme !== 'dark')) {
      await english.driver.setTheme(theme);
      console.log(await english.driver.screenshot(`${name}-${theme}`, folder));
    }
  }
  await english.close();
  const korean = await house.open({ ...calm, locale: 'ko' });
  for (const name of Object.keys(scenes).filter(isWanted)) await take(korean, name, { folder, file: `${name}-ko` });
}

async function take(editor: Editor, name: string, { folder, file }: { readonly folder: string; readonly file: string }): Promise<void> {
  await editor.reset();
  try {
    await scenes[name]?.(editor);
    // The pointer leaves, so that nothing is shown as hovered, and what fades has faded.
    await editor.page.mouse.move(640, 4);
    await editor.page.waitForTimeout(400);
  } catch (error) {
    failures += 1;
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.log(await editor.driver.screenshot(file, folder));
}

function isWanted(name: string): boolean {
  return name.includes(values.only);
}
