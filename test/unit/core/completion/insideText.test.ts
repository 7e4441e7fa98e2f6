import { describe, expect, it } from 'vitest';
import { isInsideText, openQuote } from '../../../../src/core/completion/insideText.ts';
import { syntaxOf } from '../../../../src/core/completion/syntax.ts';
import { placeAt } from './harness.ts';

function isInside(languageId: string, marked: string): boolean {
  return isInsideText(placeAt(marked, { languageId }), syntaxOf(languageId));
}

describe('the cursor stands in a text', () => {
  it.each([
    ['python', 'def f():\n    """Does it.\n    █', true],
    ['python', 'def f():\n    """Does it."""\n    █', false],
    ['python', 'the end of a string that began above the window"""\ndef f():\n    █', false],
    ['typescript', '/**\n * █', true],
    ['typescript', '/** whole */\n█', false],
    ['typescript', 'const a = `b\n█', true],
    ['swift', 'let a = """\n  █', true],
    ['java', 'String a = """\n  b\n  """;\n█', false],
    ['perl', '=head1 NAME\n\n█', true],
    ['perl', '=head1 NAME\n\n=cut\n\n█', false],
    ['shellscript', "echo 'a\n█", false],
  ])('%s %j: %s', (languageId, marked, expected) => expect(isInside(languageId, marked)).toBe(expected));
});

describe('the quote that is open at a line\'s end', () => {
  it.each([
    ['const a = "b', '"'],
    ['const a = "b"', undefined],
    ["const a = '\"", "'"],
    ['say("it\'s', '"'],
    ["// it's", undefined],
    ['a = "b\\"', '"'],
    ['a = `b', '`'],
    ['', undefined],
  ])('%j: %s', (line, expected) => expect(openQuote(line)).toBe(expected));
});
