// Texts of files, or of lines of them, behind the gate.
import type * as vscode from 'vscode';
import type { RawPart } from '../../core/context/buildItem.ts';
import type { FileGate, GateReason } from '../../core/context/fileGate.ts';
import type { LineRange } from '../../core/context/lineRange.ts';
import { displayPath, readFileText } from './fileText.ts';

export interface PartWish {
  readonly uri: vscode.Uri;
  readonly range?: LineRange | undefined;
  readonly priority?: number;
  /** The user was warned that the file holds secrets. */
  readonly evenIfSecret?: boolean;
}

export type GatedPart = { readonly open: true; readonly part: RawPart } | { readonly open: false; readonly reason: GateReason | 'not-found' };

export interface PartReader {
  readPart(wish: PartWish): Promise<GatedPart>;
  /** Rejects with the signal's reason. Files that are not there are passed over. */
  readParts(wishes: readonly PartWish[], signal: AbortSignal | undefined): Promise<{ readonly parts: readonly RawPart[]; readonly leftOut: readonly GateReason[] }>;
}

export function createPartReader(gate: FileGate): PartReader {
  const readPart = async ({ uri, range, priority, evenIfSecret }: PartWish): Promise<GatedPart> => {
    const verdict = await gate.check(uri.toString());
    const isAllowed = verdict.open || (verdict.reason === 'secret-file' && evenIfSecret === true);
    if (!isAllowed) return { open: false, reason: verdict.reason };
    const content = await readFileText(uri);
    if (content === undefined) return { open: false, reason: 'not-found' };
    const { text, startLine } = cutLines(content.text, range);
    const language = content.languageId === undefined ? {} : { languageId: content.languageId };
    return { open: true, part: { path: displayPath(uri), uri: uri.toString(), text, startLine, ...language, ...(priority === undefined ? {} : { priority }) } };
  };
  return {
    readPart,
    async readParts(wishes, signal) {
      const parts: RawPart[] = [];
      const leftOut: GateReason[] = [];
      for (const wish of wishes) {
        signal?.throwIfAborted();
        const gated = await readPart(wish);
        if (gated.open) parts.push(gated.part);
        else if (gated.reason !== 'not-found') leftOut.push(gated.reason);
      }
      return { parts, leftOut };
    },
  };
}

function cutLines(text: string, range: LineRange | undefined): { readonly text: string; readonly startLine: number } {
  if (range === undefined) return { text, startLine: 1 };
  const lines = text.split(/(?<=\n)/).slice(range.startLine - 1, range.endLine);
  return { text: lines.join(''), startLine: range.startLine };
}
