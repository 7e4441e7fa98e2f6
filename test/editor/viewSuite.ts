// For suites that look at the chat view alone: the built view in the harness page, in the browser that the editor runs in.
import type { Browser } from 'playwright-core';
import type { Editor } from './editor.ts';
import { openView, type OpenView, type OpenViewOptions } from '../helpers/viewHarness/openView.ts';
import { startViewServer, type ViewServer } from '../helpers/viewHarness/viewServer.ts';
import { viewStates } from '../helpers/viewHarness/viewStates.ts';
import type { ChatSnapshot } from '../../src/shared/protocol.ts';

export interface ViewPages {
  open(options?: Partial<OpenViewOptions>): Promise<OpenView>;
}

/** Serves the view, runs the work, closes every page that it opened. */
export async function withView(editor: Editor, work: (pages: ViewPages) => Promise<void>): Promise<void> {
  const browser = browserOf(editor);
  const server: ViewServer = await startViewServer();
  const opened: OpenView[] = [];
  try {
    await work({
      open: async (options = {}) => {
        const view = await openView(browser, server, { snapshot: viewState('study'), ...options });
        opened.push(view);
        return view;
      },
    });
  } finally {
    for (const view of opened) await view.close();
    await server.close();
  }
}

export function viewState(name: string): ChatSnapshot {
  const state = viewStates[name];
  if (state === undefined) throw new Error(`There is no state "${name}"`);
  return state;
}

function browserOf(editor: Editor): Browser {
  const browser = editor.page.context().browser();
  if (browser === null) throw new Error('The page has no browser');
  return browser;
}
