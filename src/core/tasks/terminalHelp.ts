// Help with the last command of a terminal. A proposed command is one visible line that is put at the prompt and never run.
import * as z from 'zod';
import { stripControls } from './commitMessage.ts';
import { joinParts, proseRule, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface TerminalRun {
  readonly commandLine: string;
  readonly folder?: string;
  readonly exitCode?: number;
  /** The end of what it printed, without escape sequences. */
  readonly output: string;
}

export interface CommandProposal {
  readonly command: string;
  readonly reason: string;
}

/** The end matters more than the beginning: that is where errors stand. */
const maxOutputCharacters = 8000;

export function terminalFixPrompt(request: PromptContext & { readonly shell: string; readonly system: string }): TaskPrompt {
  return {
    system: systemPrompt('terminal fix', [
      'A command in a terminal did not do what the user wanted. Propose the commands that put it right, the likeliest first, at most three.',
      'Each on one line as one JSON object: {"command": "…", "reason": "…"}. The command is a single line for the shell named below, safe to read at a glance, without placeholders unless nothing else is possible. The reason is one short sentence.',
      'If the cause lies in code and no command can help, answer with the one line NONE and, after it, one sentence that names the cause.',
      `Reasons: ${proseRule(request.replyLanguage)}`,
    ]),
    messages: [userMessage(request, `Shell: ${request.shell}. System: ${request.system}. Propose commands.`)],
  };
}

export function terminalExplainRequest(run: TerminalRun): string {
  return run.exitCode === undefined || run.exitCode === 0 ? 'Explain what this command did and what its output means.' : 'Explain why this command failed and what to do about it.';
}

/** The run as text: for a prompt once it is redacted and set between marks. */
export function formatTerminalRun(run: TerminalRun): string {
  const output = stripControls(collapseRedraws(run.output)).trimEnd();
  const shown = output.length <= maxOutputCharacters ? output : `… ${String(output.length - maxOutputCharacters)} characters left out …\n${output.slice(-maxOutputCharacters)}`;
  return joinParts([run.folder === undefined ? '' : `# in ${run.folder}\n`, `$ ${stripControls(run.commandLine)}`].join(''), shown, run.exitCode === undefined ? undefined : `exit code ${String(run.exitCode)}`);
}

/** A carriage return goes back to the line's start: what stands after the last one is what was seen. */
function collapseRedraws(text: string): string {
  return text.replace(/\r+\n/g, '\n').split('\n').map((line) => line.slice(line.lastIndexOf('\r') + 1)).join('\n');
}

const proposal = z.object({ command: z.string(), reason: z.string().optional().catch(undefined) });

export interface TerminalAnswer {
  readonly proposals: readonly CommandProposal[];
  /** What the answer says when no command can help. */
  readonly note: string;
}

export function parseTerminalAnswer(text: string): TerminalAnswer {
  const proposals: CommandProposal[] = [];
  const notes: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const parsed = parseProposal(line);
    if (parsed !== undefined) proposals.push(parsed);
    else if (!/^\s*(?:```\w*|NONE\W*|[[\]])?\s*$/.test(line)) notes.push(stripControls(line).replace(/^\s*NONE\W+/, '').trim());
  }
  return { proposals: proposals.slice(0, 3), note: notes.join(' ').slice(0, 1000) };
}

function parseProposal(line: string): CommandProposal | undefined {
  const start = line.indexOf('{');
  if (start < 0) return undefined;
  try {
    const value: unknown = JSON.parse(line.slice(start).trim().replace(/[,\]\s`]+$/, ''));
    const result = proposal.safeParse(value);
    if (!result.success) return undefined;
    const command = singleLine(result.data.command);
    return command === undefined ? undefined : { command, reason: stripControls(result.data.reason ?? '').replace(/\s+/g, ' ').slice(0, 300) };
  } catch {
    return undefined;
  }
}

/** A line end would run the command: one that holds more than one line is no proposal. */
function singleLine(command: string): string | undefined {
  const text = stripControls(command).replace(/^\s*\$\s+/, '').trim();
  return text === '' || /[\r\n]/.test(text) || text.length > 1000 ? undefined : text.replace(/\t/g, ' ');
}
