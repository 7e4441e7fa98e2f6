import { appendFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerStorage } from '../core/models/ledger.ts';

/** Lines are appended with one write each (O_APPEND), so several windows can share a file. */
export function createLedgerFiles(folder: string): LedgerStorage {
  return {
    append: async (file, line) => {
      await mkdir(folder, { recursive: true });
      await appendFile(join(folder, file), line, { encoding: 'utf8', mode: 0o600 });
    },
    readFrom: async (file, offset) => {
      const handle = await open(join(folder, file), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (handle === undefined) return '';
      try {
        const { size } = await handle.stat();
        const bytes = Buffer.alloc(Math.max(0, size - offset));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
        return bytes.toString('utf8', 0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}
