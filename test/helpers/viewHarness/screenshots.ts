// Pictures of every state of the chat view, to be looked at: `npx node test/helpers/viewHarness/screenshots.ts FOLDER [STATE…]`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../../editor/browser.ts';
import { openView } from './openView.ts';
import { startViewServer, viewThemes, type ViewTheme } from './viewServer.ts';
import { viewStates } from './viewStates.ts';

const [folder = 'test/editor/results/view', ...names] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await startViewServer();
const browser = await launchBrowser();
console.log(`view script: ${server.scriptBytes} bytes`);
try {
  for (const [name, snapshot] of Object.entries(viewStates)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const theme of viewThemes) await shoot(name, theme, 380);
    await shoot(name, 'dark', 250);
    async function shoot(state: string, theme: ViewTheme, width: number): Promise<void> {
      const view = await openView(browser, server, { snapshot, theme, width });
      await view.page.waitForTimeout(200);
      await view.page.screenshot({ path: join(folder, `${state}-${theme}${width === 250 ? '-narrow' : ''}.png`) });
      if (view.problems.length > 0) console.log(state, theme, view.problems);
      await view.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
