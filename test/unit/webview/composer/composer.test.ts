import { describe, expect, it } from 'vitest';
import { createSentHistory } from '../../../../src/webview/composer/sentHistory.ts';
import { findTrigger, replaceTrigger } from '../../../../src/webview/composer/trigger.ts';

/** "|" is the caret. */
function trigger(marked: string): ReturnType<typeof findTrigger> {
  return findTrigger(marked.replace('|', ''), marked.indexOf('|'));
}

describe('the completion list opens for', () => {
  it.each([
    ['/|', { trigger: '/', query: '', start: 0 }],
    ['/re|', { trigger: '/', query: 're', start: 0 }],
    ['/요약|', { trigger: '/', query: '요약', start: 0 }],
    ['  /re| more', { trigger: '/', query: 're', start: 2 }],
    ['@|', { trigger: '@', query: '', start: 0 }],
    ['see #src/re|', { trigger: '@', query: 'src/re', start: 4 }],
    ['(@a|', { trigger: '@', query: 'a', start: 1 }],
    ['@파일|', { trigger: '@', query: '파일', start: 0 }],
  ])('%s', (marked, expected) => expect(trigger(marked)).toEqual(expected));

  it.each(['|', 'text /re|', '/refactor this|', 'a@b|', 'C#|', '@file then|', '/refactor |'])('not for %s', (marked) => expect(trigger(marked)).toBeUndefined());
});

describe('a choice', () => {
  const pick = (marked: string, insert: string): string => {
    const found = trigger(marked);
    if (found === undefined) throw new Error('no trigger');
    const { text, caret } = replaceTrigger(marked.replace('|', ''), found, insert);
    return `${text.slice(0, caret)}|${text.slice(caret)}`;
  };
  it.each([
    ['/re|', '/refactor', '/refactor |'],
    ['/re| this', '/refactor', '/refactor| this'],
    ['see @src| and', '', 'see |and'],
    ['@src|', '', '|'],
  ])('%s with %j', (marked, insert, expected) => expect(pick(marked, insert)).toBe(expected));
});

describe('what was sent before', () => {
  it('comes back with the arrow up, and goes with the arrow down', () => {
    const history = createSentHistory();
    history.add('one');
    history.add('two');
    expect(history.move('', 'up')).toBe('two');
    expect(history.move('two', 'up')).toBe('one');
    expect(history.move('one', 'up')).toBeUndefined();
    expect(history.move('one', 'down')).toBe('two');
    expect(history.move('two', 'down')).toBe('');
    expect(history.move('', 'down')).toBeUndefined();
  });
  it('leaves a text alone that was typed or changed', () => {
    const history = createSentHistory();
    history.add('one');
    expect(history.move('typed', 'up')).toBeUndefined();
    expect(history.move('', 'up')).toBe('one');
    expect(history.move('one more', 'up')).toBeUndefined();
  });
  it('keeps one of two equal texts', () => {
    const history = createSentHistory();
    history.add('one');
    history.add('one');
    expect(history.move('', 'up')).toBe('one');
    expect(history.move('one', 'up')).toBeUndefined();
  });
});
