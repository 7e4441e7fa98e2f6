// The markdown dialect of the view: CommonMark, tables, strikethrough and bare http(s) addresses. No HTML: it is shown as text.
import createMarkdownIt, { type Env, type Token } from 'markdown-it';
import { endAddresses } from './addressEnd.ts';
import { widenCjkFlanking } from './cjkFlanking.ts';
import { addEditRule } from './editRule.ts';

export type { Token };

/** Link references seen so far; shared by all parts of one message. */
export type ReferenceStore = Pick<Env, 'references'>;

export interface MarkdownParser {
  parse(source: string, references: ReferenceStore): readonly Token[];
}

export function createMarkdownParser(): MarkdownParser {
  const markdown = createMarkdownIt({ html: false, linkify: true });
  // Depth of the DOM and of the parser's recursion: 10,000 nested quotes become 24 and a rest that is text.
  markdown.set({ maxNesting: 24 });
  // "retry.ts" and "build.sh" are no addresses: only what names its scheme is linked.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  // Which addresses may open is decided where nodes are made (links.ts); a refused one must not come back as raw source.
  markdown.validateLink = () => true;
  endAddresses(markdown);
  widenCjkFlanking(markdown);
  addEditRule(markdown);
  return { parse: (source, references) => markdown.parse(source, references) };
}
