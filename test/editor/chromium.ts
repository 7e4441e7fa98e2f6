import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, findProgram, installDebianPackages } from './systemPackages.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

export const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Any Chrome or Chromium of this machine; CHROMIUM_PATH wins. Installs Debian's when root and absent. */
export async function findChromium(): Promise<string> {
  const found = installed();
  if (found !== undefined) return found;
  if (canInstall()) await installDebianPackages(['chromium', 'fonts-dejavu-core', 'fonts-noto-cjk']);
  const afterwards = installed();
  if (afterwards !== undefined) return afterwards;
  throw new Error('No Chrome or Chromium was found. Install one (on Debian or Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to its program.');
}

function installed(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && existsSync(chosen)) return chosen;
  for (const program of programs) {
    const path = findProgram(program);
    if (path !== undefined) return path;
  }
  return knownPlaces().find((path) => existsSync(path));
}

function knownPlaces(): readonly string[] {
  const windows = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]);
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  return [...windows, ...mac];
}
