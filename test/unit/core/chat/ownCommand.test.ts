import { describe, expect, it } from 'vitest';
import { expandOwnCommand, fillArguments, parseOwnCommand } from '../../../../src/core/chat/ownCommand.ts';
import { createRedactor } from '../../../../src/core/context/redactSecrets.ts';
import { english } from '../../../../src/core/translate.ts';

const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const redactor = createRedactor();
const parse = (fileName: string, text: string) => parseOwnCommand({ fileName, path: `.runapi/commands/${fileName}`, text }, (raw) => redactor.redact(raw, fileName));

describe('an own command', () => {
  it.each([
    ['ship.md', 'Do it.', { name: 'ship', description: 'Do it.', prompt: 'Do it.' }],
    ['Ship-It.MD', '# Ship it\n\nAll of it.', { name: 'ship-it', description: 'Ship it' }],
    ['ship.md', '---\ndescription: "Prepare a release"\nmodel: x\n---\nDo it.\n', { description: 'Prepare a release', prompt: 'Do it.' }],
    ['요약.md', '짧게 요약해 줘', { name: '요약', prompt: '짧게 요약해 줘' }],
    ['요약.md'.normalize('NFD'), 'x', { name: '요약' }], ['Résumé-2.md', 'x', { name: 'résumé-2' }], ['要約_新.md', 'x', { name: '要約_新' }],
    ['ship.md', '\uFEFF---\r\ndescription: D\r\n---\r\nDo it.', { description: 'D', prompt: 'Do it.' }],
  ])('%s with %j', (file, text, expected) => expect(parse(file, text)).toMatchObject(expected));

  it.each([
    ['explain.md', 'x', 'the name of a task'], ['clear.md', 'x', 'the name of a command'], ['ship.txt', 'x', 'another kind of file'], [`${'n'.repeat(51)}.md`, 'x', 'too long a name'], ['2.md', 'x', 'a number'], ['요약 둘.md', 'x', 'a name of two words'], [' ship.md', 'x', 'a space before it'], ['a b.md', 'x', 'a name that cannot be typed'],
    ['../ship.md', 'x', 'a path'], ['ship.md', ' \n', 'nothing in it'], ['ship.md', '---\ndescription: d\n---\n', 'only a description'], ['ship.md', 'x'.repeat(200_000), 'too much in it'],
  ])('%s is none: %s %s', (file, text) => expect(parse(file, text)).toBeUndefined());

  it.each([
    ['Fix $1 and $2', 'a b c', 'Fix a and b'], ['All: $ARGUMENTS.', 'a  b', 'All: a  b.'], ['No place', 'a b', 'No place\n\na b'], ['No place', '', 'No place'], ['$1-$9-$10', 'x', 'x--$10'], ['Cost $$1', '5', 'Cost $5'], ['$ARGUMENTSX', 'a', '$ARGUMENTSX\n\na'],
    ['$1', '$ARGUMENTS $2', '$ARGUMENTS'],
  ])('%j with %j is %j', (prompt, typed, expected) => expect(fillArguments(prompt, typed)).toBe(expected));
});

describe('an own command that is typed', () => {
  const expand = (text: string, ...files: readonly (readonly [string, string])[]) => expandOwnCommand(text, { list: async () => files.flatMap(([name, prompt]) => parse(name, prompt) ?? []) }, english);

  it('is sent without the secrets of its file, and says so', async () => {
    const { chips, context } = await expand('/deploy now', ['deploy.md', `---\ndescription: with ${token}\n---\nUse ${token} for $1.`]);
    expect(context[0]?.text).toMatch(/^Use \S+ for now\.$/);
    expect(JSON.stringify({ chips, context })).not.toContain(token);
    expect(chips).toMatchObject([{ id: 'command:deploy', detail: '.runapi/commands/deploy.md', warning: expect.stringContaining('masked') as string }]);
  });

  it('says nothing of secrets where there are none', async () => {
    const { chips } = await expand('/deploy', ['deploy.md', 'Do it.']);
    expect(chips[0]).not.toHaveProperty('warning', expect.any(String));
  });

  it.each(['/요약 이 파일', `/${'요약'.normalize('NFD')} 이 파일`])('may have a Korean name: %s', async (typed) => {
    expect((await expand(typed, ['요약.md', '세 줄로: $ARGUMENTS'])).context).toEqual([{ chipId: 'command:요약', name: '.runapi/commands/요약.md', text: '세 줄로: 이 파일' }]);
  });

  it.each(['요약 이 파일', '/요약해 이 파일', '/usr/bin', '/요'])('is none in %s', async (typed) => {
    expect(await expand(typed, ['요약.md', 'x'])).toEqual({ chips: [], context: [] });
  });
});
