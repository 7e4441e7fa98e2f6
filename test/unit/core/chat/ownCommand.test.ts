import { describe, expect, it } from 'vitest';
import { fillArguments, parseOwnCommand } from '../../../../src/core/chat/ownCommand.ts';

describe('an own command', () => {
  it.each([
    ['ship.md', 'Do it.', { name: 'ship', description: 'Do it.', prompt: 'Do it.' }],
    ['Ship-It.MD', '# Ship it\n\nAll of it.', { name: 'ship-it', description: 'Ship it' }],
    ['ship.md', '---\ndescription: "Prepare a release"\nmodel: x\n---\nDo it.\n', { description: 'Prepare a release', prompt: 'Do it.' }],
    ['ship.md', '\uFEFF---\r\ndescription: D\r\n---\r\nDo it.', { description: 'D', prompt: 'Do it.' }],
  ])('%s with %j', (file, text, expected) => expect(parseOwnCommand(file, 'p', text)).toMatchObject(expected));

  it.each([
    ['explain.md', 'x', 'the name of a task'], ['clear.md', 'x', 'the name of a command'], ['ship.txt', 'x', 'another kind of file'], ['a b.md', 'x', 'a name that cannot be typed'],
    ['../ship.md', 'x', 'a path'], ['ship.md', ' \n', 'nothing in it'], ['ship.md', '---\ndescription: d\n---\n', 'only a description'], ['ship.md', 'x'.repeat(200_000), 'too much in it'],
  ])('%s is none: %s %s', (file, text) => expect(parseOwnCommand(file, 'p', text)).toBeUndefined());

  it.each([
    ['Fix $1 and $2', 'a b c', 'Fix a and b'], ['All: $ARGUMENTS.', 'a  b', 'All: a  b.'], ['No place', 'a b', 'No place\n\na b'], ['No place', '', 'No place'], ['$1-$9-$10', 'x', 'x--$10'], ['Cost $$1', '5', 'Cost $5'], ['$ARGUMENTSX', 'a', '$ARGUMENTSX\n\na'],
    ['$1', '$ARGUMENTS $2', '$ARGUMENTS'],
  ])('%j with %j is %j', (prompt, typed, expected) => expect(fillArguments(prompt, typed)).toBe(expected));
});
