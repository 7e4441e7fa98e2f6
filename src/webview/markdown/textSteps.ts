// The steps of the block driver through text that is not parsed: the lines of an open fence, and lines that are too long.
import { stepCharacters, type DriverState } from './driverState.ts';
import { stripIndent } from './fences.ts';

export function stepFence(state: DriverState): boolean {
  const { fence, incoming, finished } = state;
  if (fence === undefined) return false;
  const window = incoming.slice(0, stepCharacters * 2);
  let text = '';
  let at = 0;
  while (at < window.length) {
    const end = window.indexOf('\n', at);
    const line = end < 0 ? window.slice(at) : window.slice(at, end);
    if (!state.insideLine && end < 0 && window.length === incoming.length && !finished && fence.mayClose.test(line)) break;
    if (!state.insideLine && fence.closes.test(line) && (end >= 0 || finished)) {
      return closeFence(state, text, end < 0 ? window.length : end + 1);
    }
    text += (state.insideLine ? line : stripIndent(line, fence.indent)) + (end < 0 ? '' : '\n');
    state.insideLine = end < 0;
    at = end < 0 ? window.length : end + 1;
  }
  if (text !== '') state.sink.appendCode(text);
  state.incoming = incoming.slice(at);
  if (state.incoming !== '' && at > 0) return true;
  return finished ? closeFence(state, '', state.incoming.length) : false;
}

function closeFence(state: DriverState, text: string, length: number): boolean {
  if (text !== '') state.sink.appendCode(text);
  state.sink.closeFence();
  state.incoming = state.incoming.slice(length);
  state.mode = 'blocks';
  state.fence = undefined;
  return state.incoming !== '';
}

export function stepPlain(state: DriverState): boolean {
  const window = state.incoming.slice(0, stepCharacters * 4);
  const end = window.indexOf('\n');
  const text = end < 0 ? window : window.slice(0, end);
  if (text !== '') state.sink.appendPlain(text);
  state.incoming = state.incoming.slice(end < 0 ? window.length : end + 1);
  if (end >= 0 || (state.finished && state.incoming === '')) {
    state.sink.endPlain();
    state.mode = 'blocks';
  }
  return state.incoming !== '';
}
