// The way back, from the journal: each file gets its original bytes if it still is what we made of it. What was typed since is kept: only our
// lines are taken out, and where that cannot be told apart nothing is undone.
import * as vscode from 'vscode';
import type { JournalEntry, JournalFile } from '../../core/edit/journal.ts';
import type { EditProblem } from '../../core/edit/proposal.ts';
import { rebase } from '../../core/edit/rebase.ts';
import { compareWithJournal, type JournalFiles } from './journalFiles.ts';
import { filePlaceOf } from './filePlace.ts';
import { bytesAfter, changesTo, planCreate, staysUnsaved, type PlannedWrite, type PlanResult } from './plannedWrite.ts';
import { readPresent, type PresentFile } from './presentFile.ts';
import { pathOfUri } from './workspacePaths.ts';

/** An empty plan: the files are as they were before already. */
export async function planUndo(entry: JournalEntry, journal: JournalFiles): Promise<PlanResult> {
  const writes: PlannedWrite[] = [];
  const problems: EditProblem[] = [];
  for (const file of entry.files.toReversed()) {
    const planned = await planFile(entry, file, journal);
    if (planned === undefined) continue;
    if ('kind' in planned) writes.push(planned);
    else problems.push({ path: pathOfUri(vscode.Uri.parse(file.newUri ?? file.uri, true)), ...planned.problem });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, writes };
}

type Planned = PlannedWrite | { readonly problem: EditProblem } | undefined;

async function planFile(entry: JournalEntry, file: JournalFile, journal: JournalFiles): Promise<Planned> {
  const uri = vscode.Uri.parse(file.newUri ?? file.uri, true);
  const present = await readPresent(uri);
  if (present.state === 'refused') return { problem: { kind: present.kind } };
  const before = file.before === undefined ? undefined : await journal.read(entry, file.before);
  if (present.state === 'missing') {
    if (file.after !== undefined) return before === undefined ? undefined : { problem: { kind: 'missing-file' } };
    return before === undefined ? undefined : toWrite(await planCreate(uri, before, file.mode));
  }
  return planPresent({ entry, file, journal, present: present.file, before });
}

interface PresentPlan {
  readonly entry: JournalEntry;
  readonly file: JournalFile;
  readonly journal: JournalFiles;
  readonly present: PresentFile;
  readonly before: Uint8Array | undefined;
}

async function planPresent({ entry, file, journal, present, before }: PresentPlan): Promise<Planned> {
  const bytes = file.unsaved || staysUnsaved(present) ? undefined : present.bytes;
  const state = bytes === undefined ? 'foreign' : await compareWithJournal(journal, entry, file, bytes);
  if (file.after === undefined) return { problem: { kind: 'exists' } };
  // A new file that somebody worked on since is theirs.
  if (before === undefined) return state === 'after' ? { kind: 'delete', file: present } : { problem: { kind: 'changed' } };
  if (state === 'before' && file.newUri === undefined) return undefined;
  if (state === 'after' || state === 'before') return change(file, present, { text: await decode(before, file, present), bytes: before });
  return planRebased({ entry, file, journal, present, before });
}

/** The text went on after our edit: our lines are taken out of the present text. */
async function planRebased({ entry, file, journal, present, before }: PresentPlan): Promise<Planned> {
  if (before === undefined || file.after === undefined) return { problem: { kind: 'changed' } };
  const after = await decode(await journal.read(entry, file.after), file, present);
  const original = await decode(before, file, present);
  const back = rebase({ base: after, current: present.text, proposed: original });
  if (!back.ok) return { problem: { kind: 'changed' } };
  const bytes = await bytesAfter(present, changesTo(present, back.proposed));
  return bytes === undefined ? { problem: { kind: 'encoding' } } : change(file, present, { text: back.proposed, bytes });
}

async function change(file: JournalFile, present: PresentFile, { text, bytes }: { readonly text: string; readonly bytes: Uint8Array }): Promise<Planned> {
  const changes = changesTo(present, text);
  if (file.newUri !== undefined) {
    const newUri = vscode.Uri.parse(file.uri, true);
    const found = await filePlaceOf(newUri);
    return found.ok ? { kind: 'rename', file: present, newUri, newPlace: found.place, changes, bytes } : { problem: { kind: 'bad-path', detail: found.reason } };
  }
  // The user's own undo took the lines out, and has not been saved: there is nothing left to do.
  if (changes.length === 0 && staysUnsaved(present)) return undefined;
  return { kind: 'modify', file: present, changes, bytes };
}

/** In the document's own line ends, so that its lines compare. */
async function decode(bytes: Uint8Array, file: JournalFile, { document }: PresentFile): Promise<string> {
  const text = file.unsaved ? Buffer.from(bytes).toString('utf8') : await vscode.workspace.decode(bytes, { encoding: document.encoding });
  return text.replace(/^\uFEFF/, '').replace(/\r\n|\n|\r/g, document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

function toWrite(planned: { readonly write: PlannedWrite } | { readonly problem: EditProblem }): PlannedWrite | { readonly problem: EditProblem } {
  return 'write' in planned ? planned.write : planned;
}
