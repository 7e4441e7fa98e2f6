import { describe, expect, it } from 'vitest';
import type { EditingAnswer } from '../../../../src/core/chat/answerEdits.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { answered, createHarness, lastAnswer, messageOf } from './conversationHarness.ts';

describe('edits', () => {
  const create = () => {
    const seen: string[] = [];
    return {
      seen,
      edits: {
        begin: ({ task, files }: EditingAnswer) => {
          seen.push(`begin ${task} ${files.map(({ uri, text }) => `${uri}=${text}`).join(' ')}`);
          return {
            push: (part: { readonly type: string }) => { seen.push(part.type === 'text-delta' && 'text' in part ? `text ${part.text as string}` : part.type); },
            finish: (reason: string) => { seen.push(`finish ${reason}`); },
            cancel: () => { seen.push('cancel'); },
          };
        },
      },
    };
  };
  const refactor = messageOf('/refactor', { task: 'refactor', chips: [{ id: 'c', kind: 'file', label: 'a.ts' }], context: [{ chipId: 'c', name: 'a.ts', text: '<p>\nx\n</p>', uris: ['file:///a.ts'], wholes: [{ uri: 'file:///a.ts', start: 4, end: 6 }] }] });

  it('are taken from the answers of tasks that change files', async () => {
    const { seen, edits } = create();
    const harness = createHarness({ edits });
    harness.conversation.send(refactor);
    await settle();
    await harness.runner.last.text('one', 'two');
    await harness.runner.last.finish();
    expect(seen).toEqual(['begin refactor file:///a.ts=x\n', 'text one', 'text two', 'finish stop']);
  });

  it.each([
    ['length', 'finish length'],
    ['stop', 'finish stop'],
  ] as const)('of an answer that ends with %s say so', async (reason, expected) => {
    const { seen, edits } = create();
    const harness = createHarness({ edits });
    harness.conversation.send(refactor);
    await settle();
    await harness.runner.last.text('one');
    await harness.runner.last.finish(reason);
    expect(seen.at(-1)).toBe(expected);
  });

  it('are cancelled with a stopped or broken answer', async () => {
    const { seen, edits } = create();
    const harness = createHarness({ edits });
    harness.conversation.send(refactor);
    await settle();
    await harness.runner.last.text('one');
    harness.conversation.stop();
    await settle();
    expect(seen.at(-1)).toBe('cancel');
  });

  it('of a continued answer are read from its beginning', async () => {
    const { seen, edits } = create();
    const harness = createHarness({ edits });
    harness.conversation.send(refactor);
    await settle();
    await harness.runner.last.text('the first half of it');
    await harness.runner.last.finish('length');
    seen.length = 0;
    harness.conversation.continueAnswer(lastAnswer(harness));
    await settle();
    await harness.runner.last.text(' and the rest');
    await harness.runner.last.finish();
    expect(seen).toEqual(['begin refactor file:///a.ts=x\n', 'text the first half of it', 'text  and the rest', 'finish stop']);
  });

  it('are not looked for in other answers', async () => {
    const { seen, edits } = create();
    await answered('question', 'answer', createHarness({ edits }));
    expect(seen).toEqual([]);
  });
});
