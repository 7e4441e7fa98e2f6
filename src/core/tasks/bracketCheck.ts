// Whether an edit leaves the brackets of a file balanced: the one check of syntax that needs no language service and no document.
import { maskCode } from './codeMask.ts';

/** Languages whose text is full of brackets that need not pair. */
const unpaired = new Set(['markdown', 'plaintext', 'html', 'xml', 'shellscript', 'tex', 'latex', 'log']);

/** False only when the brackets paired before and do not now. */
export function keepsBrackets(before: string, after: string, languageId: string): boolean {
  if (unpaired.has(languageId) || before.trim() === '') return true;
  return !isBalanced(before, languageId) || isBalanced(after, languageId);
}

const partner: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function isBalanced(text: string, languageId: string): boolean {
  const open: string[] = [];
  for (const [bracket] of maskCode(text, languageId).code.matchAll(/[()[\]{}]/g)) {
    const wanted = partner[bracket];
    if (wanted === undefined) open.push(bracket);
    else if (open.pop() !== wanted) return false;
  }
  return open.length === 0;
}
