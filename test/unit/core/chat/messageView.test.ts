import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { windowIds } from '../../../../src/core/chat/deskSnapshot.ts';
import { alternativesOf, createTree, hang, wayOn, wayTo, type MessageHead } from '../../../../src/core/chat/messageTree.ts';
import { branchOf, shownTitle, toMessageView, toMessageViews } from '../../../../src/core/chat/messageView.ts';
import { createSession } from '../../../../src/core/chat/session.ts';

describe('a message as it is drawn', () => {
  const session = createSession('s');
  const events: readonly ChatEvent[] = [
    { type: 'message', id: 'u', parent: null, at: 7, role: 'user', chips: [{ id: 'c', kind: 'file', label: 'a.ts' }], body: '<b>question</b>' },
    { type: 'answer', id: 'a', parent: 'u', at: 8 },
    { type: 'route', id: 'a', route: { task: 'chat', model: 'm', protocol: 'messages', maxTokens: 9, reason: 'r' } },
    { type: 'delta', id: 'a', part: 'thinking', body: 'hm' },
    { type: 'delta', id: 'a', part: 'text', body: 'answer' },
    { type: 'edit', id: 'a', edit: { id: 'e', state: 'pending', files: [{ path: 'a.ts', added: 1, removed: 2 }] } },
    { type: 'end', id: 'a', at: 9, status: 'done', thinkingMs: 5 },
  ];
  for (const event of events) session.apply(event);

  it('has the words of the user as they are', () => {
    expect(toMessageView(session, 'u')).toMatchObject({ id: 'u', role: 'user', text: '<b>question</b>', status: 'done', createdAt: 7, chips: [{ label: 'a.ts' }], branch: undefined, thinking: undefined });
  });

  it('has all that is known of an answer', () => {
    expect(toMessageView(session, 'a')).toMatchObject({ role: 'assistant', text: 'answer', thinking: 'hm', thinkingMs: 5, route: { model: 'm' }, edit: { state: 'pending' } });
  });

  it('goes through a message channel unchanged', () => {
    const view = toMessageView(session, 'a');
    expect(structuredClone(view)).toEqual(view);
  });

  it('is empty while its text is not loaded, and none where there is no message', () => {
    session.applyHead({ type: 'message', id: 'v', parent: 'a', at: 9, role: 'user', body: 'x' }, 99);
    expect(toMessageView(session, 'v')).toMatchObject({ text: '' });
    expect(toMessageViews(session, ['a', 'nothing', 'v']).map(({ id }) => id)).toEqual(['a', 'v']);
  });

  it('counts branches where there are several', () => {
    session.apply({ type: 'answer', id: 'b', parent: 'u', at: 9 });
    expect([branchOf(session, 'u'), branchOf(session, 'a'), branchOf(session, 'b')]).toEqual([undefined, { index: 0, count: 2 }, { index: 1, count: 2 }]);
  });
});

describe('the title that is shown', () => {
  const create = (...events: readonly ChatEvent[]) => {
    const session = createSession('s');
    for (const event of events) session.apply(event);
    return session;
  };
  const question: ChatEvent = { type: 'message', id: 'u', parent: null, at: 1, role: 'user', body: '\n  What is this?\nMore.' };

  it.each([
    ['the title', create(question, { type: 'title', title: 'A title', byUser: false }), undefined, 'A title'],
    ['the first line of the question', create(question), undefined, 'What is this?'],
    ['what is known of the question', create(), 'From the file', 'From the file'],
    ['nothing', create(), undefined, ''],
  ] as const)('is %s', (_name, session, firstText, title) => expect(shownTitle(session, firstText)).toBe(title));
});

describe('the window of a view', () => {
  const check = (name: string, sizes: readonly number[], count: number): void => it(name, () => {
    const session = createSession('s');
    for (const [index, size] of sizes.entries()) session.applyHead({ type: 'message', id: `m${index}`, parent: index === 0 ? null : `m${index - 1}`, at: 1, role: 'user', body: '' }, size);
    expect(windowIds(session)).toEqual(session.path.slice(session.path.length - count));
  });

  check('is empty for an empty conversation', [], 0);
  check('is all of a short one', [10, 10, 10], 3);
  check('is forty messages of a long one', Array.from({ length: 500 }, () => 10), 40);
  check('is fewer where they are large', Array.from({ length: 50 }, () => 100_000), 4);
  check('is the last one, whatever its size', [10, 10, 9_000_000], 1);
  check('leaves a large one before the last out', [10, 9_000_000, 10], 1);
});

describe('a tree of messages', () => {
  const head = (id: string, parent: string | null, role: MessageHead['role'] = 'user'): MessageHead => ({ id, parent, role, createdAt: 1, status: 'done', size: 1 });
  const grow = (...heads: readonly MessageHead[]) => {
    const tree = createTree();
    for (const one of heads) {
      tree.heads.set(one.id, one);
      hang(tree, one.id, one.parent);
    }
    return tree;
  };

  it('leads on along what was hung last', () => {
    const tree = grow(head('a', null), head('b', 'a'), head('c', 'b'), head('d', 'a'));
    expect(wayOn(tree, null)).toEqual(['a', 'd']);
    tree.chosen.set('a', 'b');
    expect(wayOn(tree, null)).toEqual(['a', 'b', 'c']);
  });

  it('leads to any message, shown or not', () => {
    const tree = grow(head('a', null), head('b', 'a'), head('c', 'b'), head('d', 'a'));
    expect(wayTo(tree, 'c')).toEqual(['a', 'b', 'c']);
    expect(wayTo(tree, 'd')).toEqual(['a', 'd']);
  });

  it('has alternatives of one role only', () => {
    const tree = grow(head('a', null), head('b', 'a', 'assistant'), head('n', 'a', 'notice'), head('c', 'a', 'assistant'));
    expect(alternativesOf(tree, 'c')).toEqual(['b', 'c']);
    expect(alternativesOf(tree, 'nothing')).toEqual([]);
  });
});
