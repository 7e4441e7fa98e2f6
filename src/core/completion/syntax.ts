// What the engine knows of languages: how comments and strings look and whether blocks are made of brackets or of indentation.
// Enough to count brackets, and no more: no grammar is loaded (test/bench/README.md has the figures for and against).

export interface LanguageSyntax {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [string, string])[];
  /** Quotes; the long ones come first. */
  readonly strings: readonly string[];
  /** Strings of these quotes may run over line ends. */
  readonly multilineStrings: readonly string[];
  /** A block is opened by a line's last character ":" or by a keyword, and is over when the indentation is. */
  readonly blocksByIndentation: boolean;
  /** The body of a block must stand deeper than its header. */
  readonly bodiesAreDeeper?: boolean;
  /** Elements are the blocks. */
  readonly blocksByTags?: boolean;
  /** A line with a word that opens a block. */
  readonly blockStart?: RegExp;
  /** A line that begins with the word that ends one. */
  readonly blockEnd?: RegExp;
  /** Elements that have no end tag. */
  readonly voidElements?: RegExp;
  /** Texts over several lines that begin with "<<" and a word. */
  readonly heredocs?: boolean;
  /** Words of a person, not code: prose in an answer is then the answer. */
  readonly prose: boolean;
}

const cLike: LanguageSyntax = {
  lineComments: ['//'], blockComments: [['/*', '*/']], strings: ['"', "'"], multilineStrings: [], blocksByIndentation: false, prose: false,
};
const scriptLike: LanguageSyntax = { ...cLike, strings: ['`', '"', "'"], multilineStrings: ['`'] };
// A quote in Rust is also a lifetime: counting it as a string would swallow the rest of the line.
const rustLike: LanguageSyntax = { ...cLike, strings: ['"'], multilineStrings: ['"'] };
const textBlocks: LanguageSyntax = { ...cLike, strings: ['"""', '"', "'"], multilineStrings: ['"""'] };
const python: LanguageSyntax = {
  lineComments: ['#'], blockComments: [], strings: ['"""', "'''", '"', "'"], multilineStrings: ['"""', "'''"], blocksByIndentation: true, prose: false,
  // A header without its ":" so far; one with something behind it has its body there.
  bodiesAreDeeper: true, blockStart: /^\s*(?:(?:class|if|while|for|case|else|elif|try|with)\b[^:]*|def\b[^)]*)$/,
};
const hashComments: LanguageSyntax = { ...cLike, lineComments: ['#'], blockComments: [] };
const byIndentation: LanguageSyntax = { ...hashComments, blocksByIndentation: true };
const endWord = /^\s*end\b/;
const ruby: LanguageSyntax = {
  ...byIndentation, heredocs: true, blockEnd: endWord,
  blockStart: /^\s*(?:def\b(?!.*\)\s*=\s|\s+[\w.?!]+\s*=\s)|(?:class|module|if|unless|while|until|for|case|begin|else|elsif|when|rescue|ensure)\b(?!.*\bthen\s+\S))|\bdo(?:\s*\|[^|]*\|)?\s*$/,
};
const elixir: LanguageSyntax = {
  ...byIndentation, strings: ['"""', '"', "'"], multilineStrings: ['"""'], blockEnd: endWord,
  blockStart: /^\s*(?:def\w*|if|unless|case|cond|for|with|try)\b(?!.*\bdo:)|^\s*(?:else|rescue|catch|after)\s*$|\bdo\s*$|->\s*$/,
};
const lua: LanguageSyntax = {
  ...cLike, lineComments: ['--'], blockComments: [['--[[', ']]']], blocksByIndentation: true, blockEnd: /^\s*(?:end|until)\b/,
  blockStart: /^\s*(?:(?:local\s+)?function|if|while|for|repeat|else|elseif|do)\b|\b(?:do|then)\s*$|\bfunction\s*\([^)]*\)\s*$/,
};
const julia: LanguageSyntax = {
  ...byIndentation, blockEnd: endWord,
  blockStart: /^\s*(?:function|if|while|for|begin|(?:mutable\s+)?struct|module|macro|let|try|catch|finally|else|elseif|quote)\b|\bdo(?:\s+\w[\w, ]*)?\s*$/,
};
const shell: LanguageSyntax = {
  ...hashComments, heredocs: true, blockStart: /(?:^|[\s;])(?:then|do|else)\s*$|^\s*case\b.*\bin\s*$/, blockEnd: /^\s*(?:fi|done|esac)\b/,
};
const markup: LanguageSyntax = {
  lineComments: [], blockComments: [['<!--', '-->']], strings: [], multilineStrings: [], blocksByIndentation: true, blocksByTags: true, prose: false,
};
const html: LanguageSyntax = { ...markup, voidElements: /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i };
const prose: LanguageSyntax = { ...markup, prose: true };
const sql: LanguageSyntax = { ...cLike, lineComments: ['--'], strings: ["'", '"'] };
const lisp: LanguageSyntax = { ...cLike, lineComments: [';'], blockComments: [], strings: ['"'], multilineStrings: ['"'] };

const syntaxes: Readonly<Record<string, LanguageSyntax>> = {
  javascript: scriptLike, javascriptreact: scriptLike, typescript: scriptLike, typescriptreact: scriptLike, go: scriptLike, vue: scriptLike, svelte: scriptLike,
  rust: rustLike, swift: { ...textBlocks, strings: ['"""', '"'] }, kotlin: textBlocks, java: textBlocks, csharp: textBlocks,
  php: { ...cLike, lineComments: ['//', '#'], heredocs: true }, scss: cLike, less: cLike, css: { ...cLike, lineComments: [] },
  python, yaml: byIndentation, dockercompose: byIndentation, makefile: byIndentation, nim: byIndentation, pug: byIndentation,
  coffeescript: { ...byIndentation, blockStart: /^\s*(?:class|if|unless|while|until|for|switch|when|else|try|catch|finally)\b(?!.*\bthen\b)|[-=]>\s*$/ },
  ruby, perl: { ...hashComments, heredocs: true }, shellscript: shell, r: hashComments, elixir,
  julia, powershell: { ...hashComments, blockComments: [['<#', '#>']] }, toml: hashComments, ini: hashComments, dockerfile: hashComments,
  lua,
  haskell: { ...cLike, lineComments: ['--'], blockComments: [['{-', '-}']], strings: ['"'], blocksByIndentation: true, blockStart: /(?:\b(?:do|of|where|then|else|let|in)|=)\s*$/ },
  sql, html, xml: markup, handlebars: markup, clojure: lisp, lisp, scheme: lisp, markdown: prose, plaintext: prose, latex: { ...prose, lineComments: ['%'] }, restructuredtext: prose,
};

/** Languages that are not listed are read as the C family is: brackets and slashes. */
export function syntaxOf(languageId: string): LanguageSyntax {
  return syntaxes[languageId] ?? cLike;
}
