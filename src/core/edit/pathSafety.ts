// Whether a path from an answer may be resolved at all. Pure: links and the real place are checked where the disk is (host/edit/realPlace.ts),
// before the review and again before the write.

export type PathVerdict = { readonly ok: true; readonly segments: readonly string[] } | { readonly ok: false; readonly reason: PathFault };

export type PathFault = 'empty' | 'absolute' | 'parent' | 'scheme' | 'encoded' | 'character' | 'device' | 'trailing' | 'short-name' | 'too-long';

/** Linux allows 255 bytes a name and 4,096 a path; nothing real comes near. */
const longestPath = 1024;

export function checkPath(path: string): PathVerdict {
  const fault = faultOfWhole(path);
  if (fault !== undefined) return { ok: false, reason: fault };
  const segments = path.replaceAll('\\', '/').split('/').filter((segment, index) => !(segment === '.' && index === 0) && segment !== '');
  if (segments.length === 0) return { ok: false, reason: 'empty' };
  const bad = segments.map(faultOfSegment).find((each) => each !== undefined);
  return bad === undefined ? { ok: true, segments } : { ok: false, reason: bad };
}

function faultOfWhole(path: string): PathFault | undefined {
  if (path.trim() === '') return 'empty';
  if (path.length > longestPath) return 'too-long';
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFFD<>"|?*]/.test(path)) return 'character';
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return 'scheme';
  if (/^(?:[\\/]|~|[a-z]:)/i.test(path)) return 'absolute';
  // A colon opens an alternate data stream on Windows, a drive elsewhere in a path is no path.
  if (path.includes(':')) return 'character';
  return /%(?:2e|2f|5c|00|25)/i.test(path) ? 'encoded' : undefined;
}

function faultOfSegment(segment: string): PathFault | undefined {
  if (/^\.{2,}$/.test(segment.normalize('NFKC').trim())) return 'parent';
  if (segment === '.') return 'parent';
  if (/[. ]$/.test(segment) || segment.startsWith(' ')) return 'trailing';
  if (/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i.test(segment)) return 'device';
  return /^[^.]{1,8}~\d+(?:\.|$)/.test(segment) ? 'short-name' : undefined;
}
