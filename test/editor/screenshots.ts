// `npm run screenshots`: the pictures of the README, into media/readme.
// `npm run screenshots -- --states [--only TEXT] [--out FOLDER]`: every scene in all four themes and in Korean, to be looked at.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEditorHouse, type Editor } from './editor.ts';
import { themeNames, type EditorOptions, type Theme } from './editorOptions.ts';
import { projectRoot, resultsFolder } from './paths.ts';
import { scenes, type Scene } from './screenshotScenes.ts';
import { shrinkPng } from './smallPng.ts';

const { values } = parseArgs({ options: { states: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, out: { type: 'string' } } });
const calm: EditorOptions = { settings: { 'editor.minimap.enabled': false } };
/** Of the scenes, with the size and theme in which the README shows them. */
const readmePictures: Readonly<Record<string, { readonly scene: string; readonly options: EditorOptions }>> = {
  'chat': { scene: 'chat', options: { theme: 'dark', width: 1080, height: 760 } },
  'chat-light': { scene: 'chat-narrow', options: { theme: 'light', width: 620, height: 600 } },
  'completion': { scene: 'completion', options: { theme: 'dark', width: 820, height: 520 } },
  'refactor': { scene: 'refactor', options: { theme: 'dark', width: 1080, height: 680 } },
};

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const house = await createEditorHouse();
let failures = 0;
if (values.states) await takeStates(values.out ?? join(resultsFolder, 'screenshots'));
else await takeReadme(values.out ?? join(projectRoot, 'media/readme'));
await house.close();
process.exit(failures > 0 ? 1 : 0);

async function takeReadme(folder: string): Promise<void> {
  for (const [name, { scene, options }] of Object.entries(readmePictures).filter(([name]) => isWanted(name))) {
    const editor = await house.open({ ...calm, ...options });
    await bringTo(editor, name, scenes[scene]);
    const path = await editor.driver.screenshot(name, folder);
    await shrinkPng(path);
    console.log(path);
    await editor.close();
  }
}

async function takeStates(folder: string): Promise<void> {
  for (const locale of ['en', 'ko'] as const) {
    // Scenes without options of their own share an editor.
    let shared: Editor | undefined;
    for (const [name, scene] of Object.entries(scenes).filter(([name]) => isWanted(name))) {
      const editor = scene.options === undefined ? (shared ??= await house.open({ ...calm, locale })) : await house.open({ ...calm, locale, ...scene.options });
      await bringTo(editor, name, scene);
      if (locale === 'ko') console.log(await editor.driver.screenshot(`${name}-ko`, folder));
      else await takeThemes(editor, name, folder);
      if (editor !== shared) await editor.close();
    }
    await shared?.close();
  }
}

async function takeThemes({ driver, page }: Editor, name: string, folder: string): Promise<void> {
  // Object.keys is typed as string[]; these are the themes.
  for (const theme of Object.keys(themeNames) as Theme[]) {
    await driver.setTheme(theme);
    // The views are told of a theme after the workbench has it.
    await page.waitForTimeout(200);
    console.log(await driver.screenshot(`${name}-${theme}`, folder));
  }
}

async function bringTo(editor: Editor, name: string, scene: Scene | undefined): Promise<void> {
  await editor.reset();
  try {
    await scene?.show(editor);
    // What fades has faded.
    await editor.page.waitForTimeout(400);
  } catch (error) {
    failures += 1;
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isWanted(name: string): boolean {
  return name.includes(values.only);
}
