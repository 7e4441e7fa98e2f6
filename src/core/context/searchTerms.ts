// Words of code and prose as search terms: names as a whole and in their parts, without endings that only grammar needs; Korean, Chinese
// and Japanese in pairs of characters, since they are written without blanks or with particles that stick to the word.

export function splitTerms(text: string): readonly string[] {
  const terms: string[] = [];
  for (const [run] of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    if (paired.test(run)) terms.push(...pairs(run));
    else addName(run, terms);
  }
  return terms;
}

const paired = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Longer runs are hashes or data. */
const longestTerm = 60;

function addName(name: string, terms: string[]): void {
  if (name.length > longestTerm) return;
  const parts = name.split(/_+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter((part) => part !== '');
  if (parts.length > 1) terms.push(name.toLowerCase().replaceAll('_', ''));
  for (const part of parts) {
    const word = part.toLowerCase();
    const term = stem(word);
    if (term.length > 1 && !common.has(word) && !common.has(term)) terms.push(term);
  }
}

function pairs(run: string): readonly string[] {
  const characters = Array.from(run.toLowerCase());
  return characters.length < 2 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Plurals and the endings -ed and -ing, carefully: "rounded", "rounding" and "rounds" meet "round". */
function stem(word: string): string {
  if (word.length > 5 && /[^aeiou]ing$/.test(word)) return undouble(word.slice(0, -3));
  if (word.length > 4 && /[^e]ed$/.test(word)) return undouble(word.slice(0, -2));
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:[sx]|[cs]h)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}

function undouble(word: string): string {
  return /([^aeioulsz])\1$/.test(word) ? word.slice(0, -1) : word;
}

const common: ReadonlySet<string> = new Set(['the', 'and', 'for', 'with', 'that', 'this', 'are', 'is', 'in', 'of', 'to', 'it', 'on', 'an', 'as', 'at', 'be', 'by', 'or', 'we', 'do', 'how', 'what', 'where', 'which', 'when', 'does', 'from', 'can', 'not', 'if', 'has', 'was', 'const', 'let', 'return', 'function', 'import', 'export']);
