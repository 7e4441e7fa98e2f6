// How an answer stands to what was typed, for any answer and any way of typing: into it, away from it, and back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswer, type Answer } from '../../../../src/core/completion/answer.ts';
import { createAnswerStore, type FoundAnswer } from '../../../../src/core/completion/answerStore.ts';
import { relate, type Relation } from '../../../../src/core/completion/relation.ts';
import { cursorMark, placeAt } from './harness.ts';

const head = 'import a from \'a\';\n\nfunction f() {\n  return ';
const tail = '\n}\n\nfunction g() {\n  done();\n}\n';

/** The file with so much typed at the place that was asked about. */
function fileWith(typed: string): string {
  return head + typed + cursorMark + tail;
}

function check(text: string, typed: string, open = false): Relation {
  return relate({ place: placeAt(fileWith('')), text, open }, placeAt(fileWith(typed)));
}

/** Words of code: no line is blank, none begins or ends in white space of its own. */
const word = fc.constantFrom('a', 'total', 'f(b)', '(', ')', '.map', '"x"', ';', '{', '}', '=>', '[0]', '1', 'await');
const line = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const block = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n    '));

describe('for any answer', () => {
  it('typing the beginning of its line leaves the rest', () => {
    fc.assert(fc.property(line, fc.nat(), (text, cut) => {
      const at = cut % (text.length + 1);
      expect(check(text, text.slice(0, at))).toEqual({ kind: 'ahead', since: text.slice(0, at), remaining: text.slice(at) });
    }));
  });

  it('typing whole lines of it leaves the lines that follow', () => {
    fc.assert(fc.property(block, fc.nat(), (text, cut) => {
      const lines = text.split('\n');
      const count = cut % lines.length;
      const typed = lines.slice(0, count).map((one) => `${one}\n`).join('') + (count === 0 ? '' : '    ');
      expect(check(text, typed)).toMatchObject({ kind: 'ahead', remaining: lines.slice(count).join('\n').slice(count === 0 ? 0 : 4) });
    }));
  });

  it('a key that it does not have next leaves it', () => {
    fc.assert(fc.property(line, fc.nat(), (text, cut) => {
      const at = cut % text.length;
      expect(check(text, `${text.slice(0, at)}#`)).toEqual({ kind: 'diverged' });
    }));
  });

  it('what was left is not reached again by typing on', () => {
    fc.assert(fc.property(line, line, (text, more) => {
      expect(check(text, `#${more}`)).toEqual({ kind: 'diverged' });
    }));
  });

  it('while it is arriving, its own text typed before it came is not a contradiction', () => {
    fc.assert(fc.property(line, fc.nat(), fc.nat(), (text, cut, arrived) => {
      const typed = text.slice(0, cut % (text.length + 1));
      const soFar = text.slice(0, arrived % (text.length + 1));
      const relation = check(soFar, typed, true);
      expect(relation.kind).toBe(soFar.startsWith(typed) ? 'ahead' : 'pending');
      // What has come later never turns a wait into a contradiction.
      expect(check(text, typed, true)).toMatchObject({ kind: 'ahead', remaining: text.slice(typed.length) });
    }));
  });

  it('the pair of brackets that the editor closes is no contradiction', () => {
    fc.assert(fc.property(fc.constantFrom('()', '[]', '{}', '""', '\'\''), (pair) => {
      const text = `f${pair[0] ?? ''}x${pair[1] ?? ''};`;
      const now = placeAt(`${head}f${pair[0] ?? ''}${cursorMark}${pair[1] ?? ''}${tail}`);
      expect(relate({ place: placeAt(fileWith('')), text, open: false }, now)).toMatchObject({ kind: 'ahead', remaining: text.slice(2) });
    }));
  });
});

describe('a place stays the same place', () => {
  it.each([
    ['when lines are put in above the function', `import b from 'b';\n${fileWith('x')}`, 'diverged'],
    ['when the file goes on far below', `${fileWith('to')}${'more();\n'.repeat(30)}`, 'ahead'],
    ['when white space at a line\'s end above is taken away', fileWith('to').replace('{\n  return', '{  \n  return'), 'ahead'],
    ['when the function below has another name now', fileWith('to').replace('function g', 'function h'), 'ahead'],
    ['not when a statement stands right below', fileWith('to').replace(`${cursorMark}\n`, `${cursorMark}\n  more();\n`), 'diverged'],
    ['not when the line so far was changed', fileWith('to').replace('return', 'throw'), 'diverged'],
  ])('%s', (_, now, kind) => expect(relate({ place: placeAt(fileWith('')), text: 'total;', open: false }, placeAt(now)).kind).toBe(kind));
});

describe('the store, for any answer', () => {
  const answered = (text: string, id = 1): Answer => {
    const answer = createAnswer({ id, place: placeAt(fileWith('')), mode: 'line' });
    answer.add({ type: 'text', text: `<insert>${text}</insert>` }, 0);
    answer.end();
    return answer;
  };
  const findAfter = (answers: readonly Answer[], typed: string): FoundAnswer | undefined => {
    const store = createAnswerStore();
    for (const answer of answers) store.add(answer);
    return store.find(placeAt(fileWith(typed)));
  };

  it('finds the same on the way back as on the way there', () => {
    fc.assert(fc.property(line, (code) => {
      const store = createAnswerStore();
      const answer = answered(code);
      store.add(answer);
      const remainingAt = (length: number): string | undefined => {
        const found = store.find(placeAt(fileWith(answer.text.slice(0, length))));
        return found?.relation.kind === 'ahead' ? found.relation.remaining : undefined;
      };
      const there = Array.from({ length: answer.text.length }, (_, length) => remainingAt(length));
      const back = Array.from({ length: answer.text.length }, (_, step) => remainingAt(answer.text.length - 1 - step));
      expect(there).toEqual(back.reverse());
      expect(there).toEqual(there.map((_, length) => answer.text.slice(length)));
    }), { numRuns: 40 });
  });

  it('finds nothing where something else was typed', () => {
    fc.assert(fc.property(line, (text) => {
      expect(findAfter([answered(text)], '#')).toBeUndefined();
    }), { numRuns: 40 });
  });

  it('serves each of two answers where only it agrees', () => {
    const answers = [answered('total;', 1), answered('text;', 2)];
    expect(['t', 'to', 'te', 'ta'].map((typed) => findAfter(answers, typed)?.answer.id)).toEqual([2, 1, 2, undefined]);
  });

  it('has forgotten everything once it is cleared', () => {
    const store = createAnswerStore();
    store.add(answered('total;'));
    store.clear();
    expect(store.find(placeAt(fileWith('')))).toBeUndefined();
  });

  it('forgets one document and keeps the answers of another', () => {
    const store = createAnswerStore();
    const uri = 'file:///b.ts';
    const other = createAnswer({ id: 2, place: placeAt(fileWith(''), { uri }), mode: 'line' });
    other.add({ type: 'text', text: '<insert>b;</insert>' }, 0);
    store.add(answered('total;'));
    store.add(other);
    store.forget('file:///a.ts');
    expect(store.find(placeAt(fileWith('')))).toBeUndefined();
    expect(store.find(placeAt(fileWith(''), { uri }))?.answer.id).toBe(2);
  });
});
