/** The segments of a path that stays inside its root; undefined for every other path (ATTACKS row 36). */
export function parseRelativePath(path: string): readonly string[] | undefined {
  const plain = path.trim().replace(/^\.\//, '');
  if (plain === '' || plain.length > 1000) return undefined;
  // oxlint-disable-next-line no-control-regex -- NUL and line ends are no part of a path
  if (/[\u0000-\u001f\u007f\\:*?"<>|~]|%2e|%2f|%5c/i.test(plain) || plain.startsWith('/')) return undefined;
  const segments = plain.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.length === 0 || segments.some((segment) => segment === '..' || /[ .]$/.test(segment))) return undefined;
  return segments;
}
