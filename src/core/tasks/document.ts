// Document: comments and nothing else. What the answer changes beside comments is found out before the user accepts.
import { maskCode } from './codeMask.ts';
import { proseRule, systemPrompt, userMessage, type EditPromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface DocumentRequest extends EditPromptContext {
  readonly languageId: string;
  readonly target: string;
}

export function documentPrompt(request: DocumentRequest): TaskPrompt {
  return {
    system: systemPrompt('document', [
      'You write documentation comments: what a caller has to know and cannot see from the names. Purpose, units, ranges, what is thrown or returned at the edges, side effects. No restating of the signature, no filler.',
      `Use the form that ${formOf(request.languageId)}, and the style of the comments that the file already has.`,
      'Add or correct comments only. Not one character of code changes.',
      `The comments: ${proseRule(request.replyLanguage)} If the file's own comments are in another language, keep to that one.`,
      request.editFormat,
    ]),
    messages: [userMessage(request, `Document ${request.target}.`)],
  };
}

/** Whether the two texts are the same program: equal but for comments, blank lines and, where it means nothing, white space. */
export function changesOnlyComments(before: string, after: string, languageId: string): boolean {
  return codeOnly(before, languageId) === codeOnly(after, languageId);
}

function codeOnly(text: string, languageId: string): string {
  const { withoutComments } = maskCode(text.replace(/\r\n?/g, '\n'), languageId);
  const bare = docstringLanguages.has(languageId) ? withoutComments.replace(docstring, '') : withoutComments;
  return bare.split('\n').map((line) => line.trimEnd()).filter((line) => line !== '').join('\n');
}

const docstringLanguages = new Set(['python', 'elixir']);
/** A triple-quoted string that stands alone as a statement, or is the value of Elixir's @doc. */
const docstring = /(?<=^|\n)[ \t]*(?:@(?:module|type)?doc[ \t]+(?:~[sS])?|[rRuU])?("""|''')[\s\S]*?\1[ \t]*(?=\n|$)/g;

function formOf(languageId: string): string {
  return forms[languageId] ?? 'is usual for the language';
}

const forms: Readonly<Record<string, string>> = {
  typescript: 'TSDoc has (/** … */, no types in tags)', typescriptreact: 'TSDoc has (/** … */, no types in tags)',
  javascript: 'JSDoc has (/** … */ with types)', javascriptreact: 'JSDoc has (/** … */ with types)',
  python: 'PEP 257 asks for (docstrings)', go: 'godoc reads (// Name …)', rust: 'rustdoc reads (/// and //!)', java: 'Javadoc has', kotlin: 'KDoc has',
  csharp: 'C# XML documentation has (/// <summary>)', php: 'PHPDoc has', ruby: 'YARD has', swift: 'Swift has (///)', c: 'Doxygen has', cpp: 'Doxygen has', 'objective-c': 'Doxygen has',
  scala: 'Scaladoc has', dart: 'dartdoc has (///)', lua: 'LDoc has (---)', r: 'roxygen2 has (#\')', elixir: 'ExDoc reads (@doc and @moduledoc)', powershell: 'comment-based help has (<# .SYNOPSIS #>)',
  shellscript: 'is usual for shell functions (# lines above)', vue: 'JSDoc has (/** … */ with types)', svelte: 'JSDoc has (/** … */ with types)', groovy: 'Groovydoc has', haskell: 'Haddock has (-- |)',
};
