// Which files the project keeps out: .gitignore, .aiexclude and .runapiignore at every level, and the setting runapi.exclude. Each of
// the four is a layer of its own: what one shuts another cannot open. Held against git in the tests; stricter than git where a nested file
// opens a folder that an outer one shut.
import ignore, { type Ignore } from 'ignore';

export const ignoreFileNames = ['.gitignore', '.aiexclude', '.runapiignore'] as const;
export type IgnoreFileName = (typeof ignoreFileNames)[number];

export interface IgnoreFile {
  readonly name: IgnoreFileName;
  /** Folder that it stands in, relative to the root, '' for the root itself. */
  readonly folder: string;
  readonly text: string;
}

export interface IgnoreRules {
  /** `path` is relative to the root, with slashes. */
  ignores(path: string): 'ignored' | 'excluded' | undefined;
}

/** `exclude` are the patterns of the setting, in the syntax of ignore files. */
export function createIgnoreRules(files: readonly IgnoreFile[], exclude: readonly string[]): IgnoreRules {
  const layers = ignoreFileNames.map((name) => createLayer(files.filter((file) => file.name === name)));
  const settingLayer = createLayer(exclude.length === 0 ? [] : [{ folder: '', text: exclude.join('\n') }]);
  return {
    ignores(path) {
      const normal = path.normalize('NFC');
      if (layers.some((layer) => layerIgnores(layer, normal))) return 'ignored';
      return layerIgnores(settingLayer, normal) ? 'excluded' : undefined;
    },
  };
}

/** Folder → its rules. */
type Layer = ReadonlyMap<string, Ignore>;

function createLayer(files: readonly Pick<IgnoreFile, 'folder' | 'text'>[]): Layer {
  const layer = new Map<string, Ignore>();
  for (const { folder, text } of files) {
    const rules = layer.get(folder.normalize('NFC')) ?? ignore({ allowRelativePaths: false });
    layer.set(folder.normalize('NFC'), rules.add(text.normalize('NFC')));
  }
  return layer;
}

/** From the root down: a folder that is ignored takes everything below with it, as in git. */
function layerIgnores(layer: Layer, path: string): boolean {
  if (layer.size === 0) return false;
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 || segments.includes('..') || segments.includes('.')) return false;
  for (let length = 1; length <= segments.length; length++) {
    const isFolder = length < segments.length;
    if (entryIgnored(layer, segments.slice(0, length), isFolder)) return true;
  }
  return false;
}

/** The rules nearest to the entry decide; further ones only where the nearer say nothing. */
function entryIgnored(layer: Layer, segments: readonly string[], isFolder: boolean): boolean {
  for (let depth = segments.length - 1; depth >= 0; depth--) {
    const rules = layer.get(segments.slice(0, depth).join('/'));
    if (rules === undefined) continue;
    const verdict = rules.test(`${segments.slice(depth).join('/')}${isFolder ? '/' : ''}`);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
