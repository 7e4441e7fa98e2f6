// One chat view in a browser page, with its host inside the page.
import type { Browser, Page } from 'playwright-core';
import type { ChatSnapshot, HostMessage, ViewMessage } from '../../../src/shared/protocol.ts';
import type { FakeHost } from './fakeHost.ts';
import type { ViewServer, ViewTheme } from './viewServer.ts';

declare global {
  interface Window {
    startView: () => Promise<void>;
    host: FakeHost;
  }
}

export interface OpenView {
  readonly page: Page;
  post(message: HostMessage): Promise<void>;
  sent(): Promise<readonly ViewMessage[]>;
  /** What the browser complained about: policy violations, uncaught errors. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

export interface OpenViewOptions {
  readonly snapshot: ChatSnapshot;
  readonly theme?: ViewTheme;
  readonly width?: number;
  readonly height?: number;
  readonly lang?: 'en' | 'ko';
  readonly reducedMotion?: boolean;
  readonly syntheticCharacters?: number;
}

export async function openView(browser: Browser, server: ViewServer, options: OpenViewOptions): Promise<OpenView> {
  const { snapshot, theme = 'dark', width = 380, height = 880, lang = 'en' } = options;
  const page = await browser.newPage({ viewport: { width, height }, ...(options.reducedMotion === true ? { reducedMotion: 'reduce' as const } : {}) });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${server.url}?theme=${theme}&lang=${lang}`);
  await page.evaluate(([given, characters]) => {
    window.host.snapshot = given;
    window.host.syntheticCharacters = characters;
    return window.startView();
  }, [snapshot, options.syntheticCharacters] as const);
  await page.waitForFunction(() => window.host.sent.some((message) => message.type === 'painted'));
  return {
    page, problems,
    post: (message) => page.evaluate((posted) => window.host.post(posted), message),
    sent: () => page.evaluate(() => window.host.sent),
    close: () => page.close(),
  };
}
