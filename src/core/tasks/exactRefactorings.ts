// Refactorings that a language service does exactly, recognised in what the user typed, in English and Korean.

export type ExactRefactoring =
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'code-action'; /** Prefixes of code action kinds, the most fitting first. */ readonly kinds: readonly string[] };

const identifier = '[`\'"“]?([\\p{L}_$][\\p{L}\\p{N}_$]*)[`\'"”]?';
/** Letters of other scripts would swallow the particle behind a name in Korean. */
const asciiIdentifier = '[`\'"“]?([A-Za-z_$][\\w$]*)[`\'"”]?';
const renames: readonly RegExp[] = [
  new RegExp(`^(?:please\\s+)?rename\\s+(?:the\\s+)?(?:function|method|class|variable|parameter|type|interface|constant|field|property|symbol)?\\s*${identifier}\\s+(?:to|into|as|->|→)\\s+${identifier}\\s*\\.?$`, 'iu'),
  new RegExp(`^${asciiIdentifier}\\s*(?:을|를|의\\s*이름을)?\\s*(?:->|→)?\\s*${asciiIdentifier}\\s*(?:으로|로)\\s*(?:이름\\s*)?(?:바꿔|바꾸|변경|개명)\\S*(?:\\s*(?:줘|주세요))?\\s*\\.?$`, 'u'),
];

const actions: readonly (readonly [pattern: RegExp, kinds: readonly string[]])[] = [
  [/\b(?:organi[sz]e|sort|clean up|tidy)\b.*\bimports?\b|임포트.*정리|import.*정리/i, ['source.organizeImports', 'source.sortImports']],
  [/^extract\b.*\b(?:function|method)\b|(?:함수|메서드)로\s*(?:추출|분리|빼)/i, ['refactor.extract.function', 'refactor.extract.method', 'refactor.extract']],
  [/^extract\b.*\b(?:variable|constant|const)\b|(?:변수|상수)로\s*(?:추출|분리|빼)/i, ['refactor.extract.constant', 'refactor.extract.variable', 'refactor.extract']],
  [/^extract\b.*\b(?:type|interface)\b|(?:타입|인터페이스)으?로\s*(?:추출|분리|빼)/i, ['refactor.extract.type', 'refactor.extract.interface', 'refactor.extract']],
  [/^move\b.*\bfile\b|파일로\s*(?:옮|이동)/i, ['refactor.move.newFile', 'refactor.move.file', 'refactor.move']],
  [/^inline\b|인라인으?로/i, ['refactor.inline']],
  [/\bconvert\b.*\barrow\b|\barrow\b.*\bfunction\b/i, ['refactor.rewrite.arrow', 'refactor.rewrite']],
];

export function recogniseExact(instruction: string): ExactRefactoring | undefined {
  const text = instruction.trim();
  for (const pattern of renames) {
    const [, from, to] = pattern.exec(text) ?? [];
    if (from !== undefined && to !== undefined && from !== to) return { kind: 'rename', from, to };
  }
  // A long wish is more than the one step that it begins with.
  if (text.length > 100 || /[,;]|\band\b|\bthen\b|하고|그리고/.test(text)) return undefined;
  const kinds = actions.find(([pattern]) => pattern.test(text))?.[1];
  return kinds === undefined ? undefined : { kind: 'code-action', kinds };
}
