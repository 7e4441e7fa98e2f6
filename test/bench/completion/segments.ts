// Which piece of each file is typed: whole lines from a third of the way in, with real text before and after.
import { detectIndentUnit } from '../../../src/core/completion/indentUnit.ts';
import type { CorpusFile } from './corpus.ts';
import type { Segment } from './typedDocument.ts';

export function segmentOf(file: CorpusFile, characters: number): Segment {
  const lines = file.text.split('\n');
  const unit = detectIndentUnit(lines, { tabSize: 4, insertSpaces: true });
  const from = lineStart(file.text, Math.floor(file.text.length * 0.3));
  const end = file.text.indexOf('\n', Math.min(file.text.length - 1, from + characters));
  return { name: file.name, languageId: file.languageId, target: file.text, from, to: end < 0 ? file.text.length : end, indentUnit: unit.text };
}

function lineStart(text: string, index: number): number {
  return text.lastIndexOf('\n', index) + 1;
}
