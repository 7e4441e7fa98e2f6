// P5 of the fault table: killed at any moment, every file is wholly before or wholly after, and all files of one edit together.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recoverPrepared } from '../../../../src/host/edit/diskRecovery.ts';
import { createJournalFiles } from '../../../../src/host/edit/journalFiles.ts';

/** `KILLS=500` runs the number that the fault table asks for; the default keeps the unit tests short. */
const kills = Number(process.env['KILLS'] ?? 12);
const fileCount = 3;

describe('an apply that is killed', () => {
  it(`leaves every file whole, ${kills} times`, async () => {
    const root = mkdtempSync(join(tmpdir(), 'edit-kill-'));
    const folder = join(root, 'workspace');
    const journalFolder = join(root, 'journal');
    mkdirSync(folder);
    for (let index = 0; index < fileCount; index++) writeFileSync(join(folder, `file${index}.txt`), 'original\n'.repeat(20_000));
    const torn: string[] = [];
    let recovered = 0;
    for (let kill = 0; kill < kills; kill++) {
      await runAndKill(folder, journalFolder, 3 + ((kill * 7919) % 60));
      const recoveries = await recoverPrepared(createJournalFiles(journalFolder), () => false);
      recovered += recoveries.length;
      const texts = Array.from({ length: fileCount }, (_, index) => readFileSync(join(folder, `file${index}.txt`), 'utf8'));
      if (new Set(texts).size !== 1) torn.push(`kill ${kill}: files of different edits`);
      for (const text of texts) if (!isWhole(text)) torn.push(`kill ${kill}: ${text.length} characters`);
      const strangers = readdirSync(folder).filter((name) => !/^file\d\.txt$/.test(name));
      expect(strangers).toEqual([]);
    }
    rmSync(root, { recursive: true });
    expect(torn).toEqual([]);
    // Otherwise no kill hit an apply and the test has shown nothing.
    expect(recovered).toBeGreaterThan(0);
  }, 600_000);
});

/** Every line the same, and all of them there. */
function isWhole(text: string): boolean {
  const lines = text.split('\n');
  return lines.length === 20_001 && new Set(lines.slice(0, -1)).size === 1;
}

async function runAndKill(folder: string, journalFolder: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'applyChild.ts'), folder, journalFolder, String(fileCount)], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}
