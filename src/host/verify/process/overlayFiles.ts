// The files as they are on the disk, with some texts laid over them: those that are not saved, those that are proposed.
import { statSync } from 'node:fs';
import type { OverlayFile } from '../checkMessages.ts';
import type { TypeScript } from './loadTypeScript.ts';

export interface OverlayFiles {
  readonly fileExists: (path: string) => boolean;
  readonly readFile: (path: string) => string | undefined;
  /** Changes when the text does. */
  readonly versionOf: (path: string) => string;
  /** The same for two spellings of a path on a disk that ignores case. */
  readonly keyOf: (path: string) => string;
  /** Files that exist in the overlay only. */
  readonly added: readonly string[];
}

/** Later layers win. One check sees one state of the disk: what was asked of it once is not asked again. */
export function createOverlayFiles(ts: TypeScript, layers: readonly (readonly OverlayFile[])[]): OverlayFiles {
  const { sys } = ts;
  const keyOf = (path: string): string => (sys.useCaseSensitiveFileNames ? path : path.toLowerCase());
  const laid = new Map(layers.flat().map((file) => [keyOf(file.path), file]));
  const existsOnDisk = remember((path) => sys.fileExists(path));
  const versionOnDisk = remember(diskVersion);
  return {
    keyOf,
    fileExists: (path) => {
      const over = laid.get(keyOf(path));
      return over === undefined ? existsOnDisk(path) : over.text !== undefined;
    },
    readFile: (path) => {
      const over = laid.get(keyOf(path));
      return over === undefined ? sys.readFile(path) : over.text;
    },
    versionOf: (path) => {
      const over = laid.get(keyOf(path));
      return over === undefined ? versionOnDisk(path) : `text ${String(over.text?.length)} ${hash(over.text ?? '')}`;
    },
    added: [...laid.values()].filter(({ path, text }) => text !== undefined && !sys.fileExists(path)).map(({ path }) => path),
  };
}

function remember<Value>(look: (path: string) => Value): (path: string) => Value {
  const known = new Map<string, Value>();
  return (path) => {
    const value = known.get(path) ?? look(path);
    known.set(path, value);
    return value;
  };
}

function diskVersion(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? 'none' : `disk ${String(status.mtimeMs)} ${String(status.size)}`;
}

/** FNV-1a over 32 bits: with the length beside it, enough to tell two states of one file apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
