import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, findChromium } from './chromium.ts';

/** Playwright gives it a pipe and a new profile: it ends with this process, and leaves nothing behind. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: chromiumArguments,
    chromiumSandbox: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}
