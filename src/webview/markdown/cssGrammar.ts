// CSS with its relatives SCSS and Less. The library's own grammar lists every property and tag, which is 13 kB of names; here the
// place tells what a word is.
import type { HLJSApi, Language, Mode } from 'highlight.js';

/** No name is longer; without a limit a line that is one long word would take the square of its length. */
const word = String.raw`-?[A-Za-z_][\w-]{0,60}`;

export function cssGrammar(highlighter: HLJSApi): Language {
  const comments = [highlighter.C_BLOCK_COMMENT_MODE, highlighter.COMMENT(/(?<![:\w"'(])\/\//, /$/)];
  const strings = [highlighter.APOS_STRING_MODE, highlighter.QUOTE_STRING_MODE];
  const interpolation: Mode = { scope: 'variable', begin: /[#@]\{[^}\n]{0,200}\}/ };
  const values: Mode[] = [
    ...comments, ...strings, interpolation,
    { scope: 'number', begin: /#[0-9A-Fa-f]{3,8}\b/ },
    { scope: 'number', begin: /(?<![\w-])[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:%|[A-Za-z]+)?/ },
    { scope: 'variable', begin: /--[\w-]+|\$[\w-]+|@[\w-]+/ },
    { scope: 'keyword', begin: /!\s*(?:important|default|global|optional)\b/ },
    { scope: 'built_in', begin: new RegExp(`${word}(?=\\()`) },
  ];
  return {
    name: 'CSS',
    case_insensitive: true,
    aliases: ['scss', 'less', 'sass', 'pcss', 'postcss'],
    contains: [
      ...comments, ...strings, interpolation,
      // A declaration: up to its end, but not a selector such as "a:hover {".
      { begin: /(?<![\w-])(?:--|\$|@)?[\w-]{1,60}\s{0,4}:(?!:)(?=[^{};]{0,200}(?:[;}]|$))/, returnBegin: true, end: /[;}]/, returnEnd: true, contains: [{ scope: 'attribute', begin: /[\w-]{1,60}(?=\s{0,4}:)/, starts: { end: /(?=[;}])/, contains: values } }, ...values] },
      { scope: 'keyword', begin: /@(?:-\w+-)?[A-Za-z][\w-]*/, starts: { end: /(?=[{;}])/, contains: values } },
      { scope: 'variable', begin: /\$[\w-]+/ },
      { scope: 'selector-id', begin: /#[A-Za-z_][\w-]*/ },
      { scope: 'selector-class', begin: new RegExp(`\\.${word}|%${word}`) },
      { scope: 'selector-attr', begin: /\[/, end: /\]/, contains: strings },
      { scope: 'selector-pseudo', begin: new RegExp(`::?${word}`) },
      { scope: 'selector-tag', begin: new RegExp(`(?<![\\w.#-])${word}`) },
    ],
  };
}
