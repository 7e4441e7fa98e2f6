// A command that a person typed, as an argument list. Quotes work as in a shell; whatever would make a shell run more than one program
// is refused, because nothing here goes through a shell.

export type ParsedCommand = { readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly reason: 'empty' | 'unclosed-quote' | 'shell-syntax' };

export function parseCommand(text: string): ParsedCommand {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else if (quote === '"' && character === '\\' && /["\\]/.test(text[at + 1] ?? '')) word = `${word ?? ''}${text[++at] ?? ''}`;
      else word = `${word ?? ''}${character}`;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/[^\S\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/[|&;<>`\r\n]/.test(character) || (character === '$' && /[({\w]/.test(text[at + 1] ?? ''))) return { ok: false, reason: 'shell-syntax' };
    else word = `${word ?? ''}${character}`;
  }
  if (quote !== undefined) return { ok: false, reason: 'unclosed-quote' };
  if (word !== undefined) words.push(word);
  return words.length === 0 ? { ok: false, reason: 'empty' } : { ok: true, words };
}
