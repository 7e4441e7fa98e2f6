// The file of a conversation of 10,000 messages, 50 MB: questions of a line, answers of 10 kB.
import { formatLine } from '../../src/core/chat/chatEvent.ts';

const turns = 5_000;
export const largeBody = 'A paragraph with "quotes" and\nline ends. '.repeat(240);

export function largeSession(): string {
  const lines = [formatLine({ type: 'session', version: 1, id: 's', at: 1 }, 'w')];
  for (let index = 0; index < turns; index++) {
    const parent = index === 0 ? null : `a${index - 1}`;
    lines.push(
      formatLine({ type: 'message', id: `u${index}`, parent, at: 1, role: 'user', body: `question ${index}` }, 'w'),
      formatLine({ type: 'answer', id: `a${index}`, parent: `u${index}`, at: 1 }, 'w'),
      formatLine({ type: 'delta', id: `a${index}`, part: 'text', body: largeBody }, 'w'),
      formatLine({ type: 'end', id: `a${index}`, at: 2, status: 'done' }, 'w'),
    );
  }
  return lines.join('');
}
