// Help with the last command of a terminal. A proposed command is one visible line that is put at the prompt and never run.
import * as z from 'zod';
import { stripControls } from './stripControls.ts';
import { proseRule, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface CommandProposal {
  readonly command: string;
  readonly reason: string;
}

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
    else if (!/^\s*(?:```\w*|NONE\W*|[[\]]|[-\d.)\s]*\{.*)?\s*$/.test(line)) notes.push(stripControls(line).replace(/^\s*NONE\W+/, '').trim());
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
