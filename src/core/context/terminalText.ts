// What a person saw in a terminal, from what a program wrote to it: without escape sequences, with lines that were written over in their
// last state, and bounded.

/** The end of an output says what went wrong. */
export function readTerminalText(raw: string, maximumCharacters = 20_000): string {
  const plain = stripEscapes(raw);
  const lines = plain.split('\n').map(lastState);
  const text = lines.join('\n').replace(/\n+$/, '');
  if (text.length <= maximumCharacters) return text;
  const end = text.slice(-maximumCharacters);
  return `…${end.slice(end.indexOf('\n'))}`;
}

/** CSI, OSC (links, titles, the clipboard), DCS and the like, single escapes, then control characters but tab and line end. */
export function stripEscapes(text: string): string {
  return text
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is taken out
    .replaceAll(/\u001b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\u0007\u001b\u009c]{0,4096}(?:\u0007|\u001b\\|\u009c)?|[PX^_][^\u001b]{0,4096}(?:\u001b\\)?|[ -/]{0,4}[0-~])|\u009b[0-?]{0,64}[ -/]{0,8}[@-~]/g, '')
    .replaceAll('\r\n', '\n')
    // oxlint-disable-next-line no-control-regex -- as above
    .replaceAll(/[\u0000-\u0007\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}

/** A carriage return starts the line anew, a backspace takes a character back: progress bars end as their last state. */
function lastState(line: string): string {
  let shown = '';
  for (const pass of line.split('\r')) shown = pass.length >= shown.length ? pass : pass + shown.slice(pass.length);
  if (!shown.includes('\b')) return shown.trimEnd();
  const kept: string[] = [];
  for (const character of shown) {
    if (character === '\b') kept.pop();
    else kept.push(character);
  }
  return kept.join('').trimEnd();
}
