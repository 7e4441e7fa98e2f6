// Run as a process of its own and killed at a random moment: applies edits to the files of a folder through the journal, over and over.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFileAtomic } from '../../../../src/host/edit/atomicFile.ts';
import { createJournalFiles } from '../../../../src/host/edit/journalFiles.ts';

const [folder = '', journalFolder = '', count = '3'] = process.argv.slice(2);
const journal = createJournalFiles(journalFolder);
const paths = Array.from({ length: Number(count) }, (_, index) => join(folder, `file${index}.txt`));

for (let round = 0; ; round++) {
  const files = paths.map((path) => ({ path, before: readFileSync(path), after: Buffer.from(`round ${process.pid} ${round}\n`.repeat(20_000)) }));
  const entry = await journal.prepare({
    id: `entry-${process.pid}-${round}`, editId: 'edit', title: 'Test', createdAt: round,
    files: files.map(({ path, before, after }) => ({ uri: pathToFileURL(path).href, before, after })),
  });
  // The first file is written as an editor's save would, in place: the recovery has to see the half of it.
  for (const [index, { path, after }] of files.entries()) {
    if (index === 0) writeFileSync(path, after);
    else await writeFileAtomic(path, after);
  }
  await journal.settle(entry, 'applied');
  if (round === 0) process.stdout.write('running\n');
  if (round % 5 === 4) await journal.remove(entry);
}
