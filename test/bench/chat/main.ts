// `npm run bench -- chat [--json]`: the chat view in the real browser, with the figures that issue 4 sets.
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../editor/browser.ts';
import { startViewServer, type ViewServer } from '../../helpers/viewHarness/viewServer.ts';
import { printFigures, type Figure } from './figures.ts';
import { measureHostile } from './hostile.ts';
import { measureRealEditor } from './realEditor.ts';
import { measureSessionOpen } from './sessionOpen.ts';
import { measureStreaming } from './streaming.ts';
import { measureTranscript } from './transcript.ts';

export interface ChatBench {
  readonly browser: Browser;
  readonly server: ViewServer;
}

export async function runBench(options: { readonly json: boolean }): Promise<void> {
  const server = await startViewServer();
  const browser = await launchBrowser();
  const bench: ChatBench = { browser, server };
  const only = process.env['BENCH_ONLY'] ?? '';
  const figures: Figure[] = [{ name: 'script of the view', value: server.scriptBytes / 1_000, unit: 'kB' }];
  try {
    for (const [name, measure] of Object.entries({ streaming: measureStreaming, hostile: measureHostile, transcript: measureTranscript, sessionOpen: measureSessionOpen, realEditor: measureRealEditor })) {
      if (only === '' || only === name) figures.push(...(await measure(bench)));
    }
  } finally {
    await browser.close();
    await server.close();
  }
  printFigures(figures, options.json);
}
