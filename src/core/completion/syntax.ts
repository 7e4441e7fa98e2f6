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
};
const hashComments: LanguageSyntax = { ...cLike, lineComments: ['#'], blockComments: [] };
const byIndentation: LanguageSyntax = { ...hashComments, blocksByIndentation: true };
const markup: LanguageSyntax = {
  lineComments: [], blockComments: [['<!--', '-->']], strings: [], multilineStrings: [], blocksByIndentation: true, prose: false,
};
const prose: LanguageSyntax = { ...markup, prose: true };
const sql: LanguageSyntax = { ...cLike, lineComments: ['--'], strings: ["'", '"'] };
const lisp: LanguageSyntax = { ...cLike, lineComments: [';'], blockComments: [], strings: ['"'], multilineStrings: ['"'] };

const syntaxes: Readonly<Record<string, LanguageSyntax>> = {
  javascript: scriptLike, javascriptreact: scriptLike, typescript: scriptLike, typescriptreact: scriptLike, go: scriptLike, vue: scriptLike, svelte: scriptLike,
  rust: rustLike, swift: { ...textBlocks, strings: ['"""', '"'] }, kotlin: textBlocks, java: textBlocks, csharp: textBlocks,
  php: { ...cLike, lineComments: ['//', '#'] }, scss: cLike, less: cLike, css: { ...cLike, lineComments: [] },
  python, yaml: byIndentation, dockercompose: byIndentation, makefile: byIndentation, coffeescript: byIndentation, nim: byIndentation, pug: byIndentation,
  ruby: { ...hashComments, blocksByIndentation: true }, perl: hashComments, shellscript: hashComments, r: hashComments, elixir: { ...hashComments, blocksByIndentation: true },
  julia: { ...hashComments, blocksByIndentation: true }, powershell: { ...hashComments, blockComments: [['<#', '#>']] }, toml: hashComments, ini: hashComments, dockerfile: hashComments,
  lua: { ...cLike, lineComments: ['--'], blockComments: [['--[[', ']]']], blocksByIndentation: true },
  haskell: { ...cLike, lineComments: ['--'], blockComments: [['{-', '-}']], strings: ['"'], blocksByIndentation: true },
  sql, html: markup, xml: markup, handlebars: markup, clojure: lisp, lisp, scheme: lisp, markdown: prose, plaintext: prose, latex: { ...prose, lineComments: ['%'] }, restructuredtext: prose,
};

/** Languages that are not listed are read as the C family is: brackets and slashes. */
export function syntaxOf(languageId: string): LanguageSyntax {
  return syntaxes[languageId] ?? cLike;
}
