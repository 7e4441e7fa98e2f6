// Real files that are not this project's, out of packages that npm serves (licences: README.md). The second list was not looked at while
// the engine was made: it tells whether anything was tuned to the first.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

export interface CorpusFile {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
}

const folder = join(import.meta.dirname, '..', 'corpus');
const android = '@capacitor/android/capacitor/src/main/java/com/getcapacitor';
const gyp = 'node-gyp/gyp/pylib';
const ios = '@capacitor/ios/Capacitor/Capacitor';

export const corpora = {
  main: [
    'zod/src/v3/ZodError.ts', 'zod/src/v4/core/visit.ts', 'eventsource-parser/src/parse.ts',
    'semver/classes/semver.js', 'commander/lib/option.js', 'undici/lib/web/cookies/parse.js',
    `${gyp}/gyp/MSVSUtil.py`, `${gyp}/gyp/xcode_ninja.py`, `${gyp}/packaging/_parser.py`,
    `${android}/FileUtils.java`, `${android}/plugin/util/HttpRequestHandler.java`, `${android}/BridgeActivity.java`,
    `${ios}/KeyValueStore.swift`, `${ios}/Plugins/HttpRequestHandler.swift`,
  ],
  holdOut: [
    'zod/src/v4/core/parse.ts', 'zod/src/v4/core/memoizer.ts', 'zod/src/v4/core/registries.ts',
    'semver/classes/range.js', 'undici/lib/handler/redirect-handler.js', 'undici/lib/web/websocket/util.js',
    `${gyp}/packaging/tags.py`, `${gyp}/gyp/MSVSVersion.py`, `${gyp}/gyp/easy_xml.py`,
    `${android}/BridgeWebChromeClient.java`, `${android}/plugin/CapacitorCookieManager.java`, `${android}/cordova/MockCordovaWebViewImpl.java`,
    `${ios}/JSExport.swift`, `${ios}/Codable/JSValueEncoder.swift`,
  ],
} as const;

const languageIds: Readonly<Record<string, string>> = {
  '.ts': 'typescript', '.tsx': 'typescriptreact', '.js': 'javascript', '.mjs': 'javascript', '.jsx': 'javascriptreact', '.py': 'python', '.java': 'java', '.swift': 'swift',
  '.go': 'go', '.rs': 'rust', '.c': 'c', '.h': 'c', '.cc': 'cpp', '.cpp': 'cpp', '.cs': 'csharp', '.rb': 'ruby', '.php': 'php', '.kt': 'kotlin', '.lua': 'lua', '.sh': 'shellscript',
  '.css': 'css', '.scss': 'scss', '.html': 'html', '.vue': 'vue', '.sql': 'sql', '.yaml': 'yaml', '.yml': 'yaml', '.json': 'json', '.pl': 'perl', '.pm': 'perl', '.xml': 'xml', '.toml': 'toml', '.m': 'objective-c',
};

export function readCorpus(name: keyof typeof corpora): CorpusFile[] {
  installCorpus();
  return corpora[name].map((path) => readFile(join(folder, 'node_modules', path), path));
}

/** Any other folder of source files: `--files FOLDER`. */
export function readFolder(path: string): CorpusFile[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) in languageIds).sort();
  return names.filter((name) => statSync(join(path, name)).isFile()).map((name) => readFile(join(path, name), relative(path, join(path, name))));
}

/** Files of every language that the corpus and our own dependencies hold, spread over their packages. */
export function readEachLanguage(filesEach: number): CorpusFile[] {
  installCorpus();
  const byLanguage = new Map<string, string[]>();
  for (const modules of [join(folder, 'node_modules'), join(folder, '..', '..', '..', 'node_modules')]) {
    for (const name of readdirSync(modules, { recursive: true, encoding: 'utf8' }).sort()) {
      const languageId = languageIds[extname(name)];
      if (languageId !== undefined && isWrittenByHand(join(modules, name))) byLanguage.set(languageId, [...(byLanguage.get(languageId) ?? []), join(modules, name)]);
    }
  }
  return [...byLanguage.values()].flatMap((paths) => spread(paths, filesEach)).map((path) => readFile(path, relative(join(folder, '..', '..', '..'), path)));
}

function isWrittenByHand(path: string): boolean {
  if (/\.min\.|\.d\.\w+$|[\\/]dist[\\/]/.test(path)) return false;
  const { size } = statSync(path);
  return size > 1000 && size < 120_000 && statSync(path).isFile();
}

function spread<Item>(items: readonly Item[], count: number): Item[] {
  return items.filter((_, index) => Math.floor((index * count) / items.length) !== Math.floor(((index - 1) * count) / items.length) || items.length <= count);
}

/** Blank lines are blank, as the editor leaves them. */
function readFile(path: string, name: string): CorpusFile {
  return { name, languageId: languageIds[extname(path)] ?? 'plaintext', text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n').replaceAll(/^[ \t]+$/gm, '') };
}

function installCorpus(): void {
  if (existsSync(join(folder, 'node_modules', 'zod'))) return;
  console.error('Installing the files that the benchmark types…');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
