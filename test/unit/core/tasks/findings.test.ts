import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFindingsParser, type RawFinding } from '../../../../src/core/tasks/findings.ts';

function parse(text: string): { readonly findings: readonly RawFinding[]; readonly malformed: number } {
  const parser = createFindingsParser();
  const findings = [...parser.push(text), ...parser.end()];
  return { findings, malformed: parser.malformed };
}

function parseInPieces(pieces: readonly string[]): readonly RawFinding[] {
  const parser = createFindingsParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

/** `expected` is written as path:start-end severity title [edit]. */
function check(text: string, expected: readonly string[], malformed = 0): void {
  const result = parse(text);
  expect(result.findings.map(short)).toEqual(expected);
  expect(result.malformed).toBe(malformed);
}

function short({ path, startLine, endLine, severity, title, suggestion }: RawFinding): string {
  return `${path}:${startLine}-${endLine} ${severity} ${title}${suggestion === undefined ? '' : ' [edit]'}`;
}

const line = '{"path":"src/a.ts","line":3,"endLine":4,"severity":"error","title":"Divides by zero","reason":"When empty.","quote":"return sum / n;"}';
const edit = '<<<<<<< SEARCH\nreturn sum / n;\n=======\nreturn n === 0 ? 0 : sum / n;\n>>>>>>> REPLACE';

describe('the findings of a review', () => {
  it('reads one object to a line', () => {
    check(`${line}\n${line}\n`, ['src/a.ts:3-4 error Divides by zero', 'src/a.ts:3-4 error Divides by zero']);
  });
  it('reads the last line without a line end', () => check(line, ['src/a.ts:3-4 error Divides by zero']));
  it('takes the block below as its edit', () => {
    check(`${line}\n${edit}\n`, ['src/a.ts:3-4 error Divides by zero [edit]']);
  });
  it('keeps the text of the edit as whole lines', () => {
    expect(parse(`${line}\n${edit}\n`).findings[0]?.suggestion).toEqual({ oldText: 'return sum / n;\n', newText: 'return n === 0 ? 0 : sum / n;\n' });
  });
  it('reads an edit that deletes', () => {
    expect(parse(`${line}\n<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE\n`).findings[0]?.suggestion).toEqual({ oldText: 'a\n', newText: '' });
  });
  it('drops an edit that never closed and keeps the finding', () => {
    check(`${line}\n<<<<<<< SEARCH\nreturn sum`, ['src/a.ts:3-4 error Divides by zero']);
  });
  const second = '{"path":"src/b.ts","line":7,"severity":"info","title":"Unused"}';
  const lost = (text: string): readonly string[] => parse(text).findings.map((finding) => `${finding.path} ${finding.lostSuggestion === true ? 'lost' : (finding.suggestion?.newText ?? '-')}`);
  it('reads on after an edit without its end', () => {
    const open = edit.slice(0, edit.lastIndexOf('\n'));
    expect(lost(`${line}\n${open}\n\n${second}\n${edit}\n`)).toEqual(['src/a.ts lost', 'src/b.ts return n === 0 ? 0 : sum / n;\n']);
    expect(lost(`${line}\n${open}\n${edit}\n${second}\n`)).toEqual(['src/a.ts lost', 'src/b.ts -']);
    expect(lost(`${line}\n<<<<<<< SEARCH\nreturn\n${second}\n`)).toEqual(['src/a.ts lost', 'src/b.ts -']);
    expect(lost(`${line}\n${open}`)).toEqual(['src/a.ts lost']);
  });
  it('loses an edit that ended too early, and no other', () => {
    expect(lost(`${line}\n${edit}\nmore\n>>>>>>> REPLACE\n${second}\n${edit}\n`)).toEqual(['src/a.ts lost', 'src/b.ts return n === 0 ? 0 : sum / n;\n']);
    expect(lost(`${line}\n${edit.replace(' REPLACE', '')}\n=======\nmore\n`)).toEqual(['src/a.ts lost']);
  });
  it('parts an edit at its own separator, not at an underlined heading', () => {
    const heading = '<<<<<<< SEARCH\nTitle\n=====\nold\n=======\nTitle\n=====\nnew\n>>>>>>> REPLACE\n';
    expect(parse(`${line}\n${heading}`).findings[0]?.suggestion).toEqual({ oldText: 'Title\n=====\nold\n', newText: 'Title\n=====\nnew\n' });
  });
  it('keeps every reading of an edit with separators of its own', () => {
    const heading = '<<<<<<< SEARCH\nTitle\n=======\nold\n=======\nTitle\n=======\nnew\n>>>>>>> REPLACE\n';
    expect(parse(`${line}\n${heading}`).findings[0]?.suggestion?.otherReadings?.map(({ oldText }) => oldText)).toEqual(['Title\n=======\nold\n', 'Title\n=======\nold\n=======\nTitle\n']);
  });
  it('keeps the first of two edits below one finding', () => {
    expect(lost(`${line}\n${edit}\n${edit.replace('0 :', '1 :')}\n${second}\n`)).toEqual(['src/a.ts return n === 0 ? 0 : sum / n;\n', 'src/b.ts -']);
  });
  it('takes a long line in small pieces in a blink', () => {
    const long = `{"path":"a.ts","line":1,"title":"${'t'.repeat(600_000)}"}`;
    expect(parseInPieces(long.match(/.{1,4}/g) ?? [])).toHaveLength(1);
  });
  it('passes over prose, fences, NONE and empty lines', () => {
    check(`Here are my findings:\n\`\`\`json\n${line}\n\`\`\`\nNONE\n`, ['src/a.ts:3-4 error Divides by zero']);
  });
  it('accepts list marks, numbers, trailing commas and an array around', () => {
    check(`[\n- ${line},\n2. ${line},\n]`, ['src/a.ts:3-4 error Divides by zero', 'src/a.ts:3-4 error Divides by zero']);
  });
  it('accepts an array on one line that holds one finding', () => {
    check(`[${line}]`, ['src/a.ts:3-4 error Divides by zero']);
  });
  it('accepts CRLF', () => {
    check(`${line}\r\n${edit.replaceAll('\n', '\r\n')}\r\n`, ['src/a.ts:3-4 error Divides by zero [edit]']);
  });
  it('counts what begins like a finding and is none', () => {
    check('{"path":"a.ts","title":"no line"}\n{"path":\n', [], 2);
  });
  it('counts broken JSON', () => check('{"path":"a.ts","line":3,"title":"x"\n', [], 1));
  it('takes lines written as words', () => {
    check('{"path":"a.ts","line":"L12","endLine":"14","title":"x"}', ['a.ts:12-14 warning x']);
  });
  it('takes the start of a range written as words', () => {
    check('{"path":"a.ts","line":"12-14","title":"x"}', ['a.ts:12-12 warning x']);
  });
  it('ignores an end before the start', () => {
    check('{"path":"a.ts","line":9,"endLine":2,"title":"x"}', ['a.ts:9-9 warning x']);
  });
  it('refuses line 0, a negative line and a fraction of a line', () => {
    check('{"path":"a.ts","line":0,"title":"x"}\n', [], 1);
  });
  it('brings the path to slashes', () => {
    check('{"path":".\\\\src\\\\a.ts","line":1,"title":"x"}', ['./src/a.ts:1-1 warning x']);
  });
  it('knows what models call severities', () => {
    for (const [word, severity] of [['critical', 'error'], ['High', 'error'], ['bug', 'error'], ['medium', 'warning'], ['', 'warning'], ['nit', 'info'], ['suggestion', 'info']]) {
      check(`{"path":"a.ts","line":1,"severity":"${word}","title":"x"}`, [`a.ts:1-1 ${severity} x`]);
    }
  });
  it('cuts endless titles and reasons', () => {
    const [finding] = parse(`{"path":"a.ts","line":1,"title":"${'t'.repeat(900)}","reason":"${'r'.repeat(9000)}"}`).findings;
    expect([finding?.title.length, finding?.reason.length]).toEqual([200, 4000]);
  });
  it('takes no prototype along', () => {
    const [finding] = parse('{"path":"a.ts","line":1,"title":"x","__proto__":{"polluted":true}}').findings;
    expect(finding).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  const answer = `Some prose.\n${line}\n${edit}\n{"path":"한글/b.ts","line":1,"title":"이름이 뜻과 다르다 🙂"}\n`;
  it('gives the same wherever the stream is cut', () => {
    const whole = parse(answer).findings;
    expect(whole).toHaveLength(2);
    for (let at = 0; at <= answer.length; at += 1) expect(parseInPieces([answer.slice(0, at), answer.slice(at)])).toEqual(whole);
  });
  it('gives the same one character at a time', () => {
    expect(parseInPieces(answer.split(''))).toEqual(parse(answer).findings);
  });
  it('gives the same wherever a broken stream is cut', () => {
    const broken = `${line}\n${edit.slice(0, -16)}\n${line.replace('src/a.ts', 'b.ts')}\n${edit}\n>>>>>>> REPLACE\n${line.replace('src/a.ts', 'c.ts')}\n${edit}`;
    const whole = parse(broken).findings;
    expect(whole.map(({ path, suggestion }) => `${path} ${suggestion !== undefined}`)).toEqual(['src/a.ts false', 'b.ts false', 'c.ts true']);
    for (let at = 0; at <= broken.length; at += 1) expect(parseInPieces([broken.slice(0, at), broken.slice(at)])).toEqual(whole);
  });
  it('gives each finding as soon as the next begins', () => {
    const parser = createFindingsParser();
    expect(parser.push(`${line}\n`)).toEqual([]);
    expect(parser.push(`${line}\n`).map(short)).toEqual(['src/a.ts:3-4 error Divides by zero']);
  });
  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('{', '}\n', '"path":', '<<<<<<< SEARCH\n', '=======\n', '>>>>>>> REPLACE\n', line)), { maxLength: 30 }), (pieces) => {
      expect(Array.isArray(parseInPieces(pieces))).toBe(true);
    }));
  });
});
