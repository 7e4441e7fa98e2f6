// A fenced code block that holds a file: with a path it is the file's whole text, without one it is loose code.
import type { ParserSink, SectionReader } from './sectionReader.ts';

export interface FenceStart {
  readonly mark: string;
  readonly info: string;
}

/** A path, a language and what else stands behind a fence: bounds the time on hostile lines. */
const longestFence = 1000;

export function fenceStart(line: string): FenceStart | undefined {
  const match = line.length > longestFence ? null : /^\s*(`{3,}|~{3,})\s*([^`]*)$/.exec(line);
  return match?.[1] === undefined ? undefined : { mark: match[1], info: (match[2] ?? '').trim() };
}

export function closesFence(line: string, fence: FenceStart): boolean {
  const text = line.trim();
  return text.length >= fence.mark.length && text === fence.mark.charAt(0).repeat(text.length);
}

export function isMarkdownPath(path: string | undefined): boolean {
  return path !== undefined && /\.(?:md|mdx|markdown|rst|adoc|txt)$/i.test(path);
}

interface FencedFileOptions {
  readonly fence: FenceStart;
  readonly path: string | undefined;
  readonly answerLine: number;
  readonly pathLine?: string | undefined;
  /** Without a path: the file that the sentence before speaks of. */
  readonly about?: string | undefined;
  readonly sink: ParserSink;
}

export function createFencedFileReader({ fence, path, answerLine, pathLine, about, sink }: FencedFileOptions): SectionReader {
  const lines: string[] = [];
  // A markdown file holds fences of its own; one with a language opens an inner block that the next bare fence closes.
  const nests = isMarkdownPath(path);
  const inner: FenceStart[] = [];
  return {
    take(line) {
      const opened = nests ? fenceStart(line) : undefined;
      if (opened !== undefined && opened.info !== '') {
        if (opened.mark.startsWith(fence.mark)) inner.push(opened);
      } else if (closesFence(line, inner.at(-1) ?? fence) && inner.pop() === undefined) {
        const content = lines.length === 0 ? [''] : [...lines, ''];
        const loose = path !== undefined ? {} : { isLoose: true, ...(about === undefined ? {} : { about }) };
        sink.edit({ kind: 'write', path, answerLine, lines: content, ...loose, ...(pathLine === undefined ? {} : { pathLine }) });
        return 'done';
      }
      lines.push(line);
      return 'more';
    },
    end() {
      // An open block of loose code among prose changes nothing.
      if (path !== undefined) sink.problem({ kind: 'cut', path, answerLine, detail: 'The answer ends inside a code block.' });
    },
    open: () => (path === undefined ? undefined : { kind: 'write', path, answerLine, oldLines: [], newLines: lines }),
  };
}
