// Which files of a workspace are worth a suggestion. Paths only: nothing is read for it.

export interface StarterFiles {
  readonly explain?: string;
  readonly untested?: string;
  readonly refactor?: string;
}

const testMark = /(?:^|[/._-])(?:tests?|specs?|__tests__)(?:[/._-]|$)/i;
const entryNames = /(?:^|\/)(?:index|main|app|server|cli|lib|mod)\.\w+$/i;
const generated = /\.(?:d\.ts|min\.js|generated\.\w+)$|(?:^|\/)(?:config|\w+\.config)\.\w+$/i;

/** The open file comes first; without one, an entry point is explained and a file without a test is tested. */
export function pickStarterFiles(paths: readonly string[], open: string | undefined): StarterFiles {
  const sources = paths.filter((path) => !testMark.test(path) && !generated.test(path));
  const tested = new Set(paths.filter((path) => testMark.test(path)).map(subjectOf));
  const own = open !== undefined && !testMark.test(open) && !generated.test(open) ? open : undefined;
  const inOrder = [...sources].sort((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b));
  const untested = inOrder.filter((path) => !tested.has(subjectOf(path)) && !entryNames.test(path));
  return {
    explain: open ?? inOrder.find((path) => entryNames.test(path)) ?? inOrder[0],
    untested: own !== undefined && !tested.has(subjectOf(own)) ? own : untested[0],
    refactor: own ?? inOrder.find((path) => !entryNames.test(path) && path !== untested[0]) ?? inOrder[0],
  };
}

/** "test/money.test.ts" and "src/money.ts" are about the same: "money". */
function subjectOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name.replace(/(?:^tests?_|[._-](?:tests?|specs?)$)/i, '').replace(/Tests?$/, '').toLowerCase();
}

function depthOf(path: string): number {
  return path.split('/').length;
}
