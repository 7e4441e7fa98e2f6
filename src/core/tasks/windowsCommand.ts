// On Windows npx, pnpm, yarn, mvn and gradlew are batch files, and only cmd.exe starts those. It reads its line once more for
// variables, redirections and escapes, so an argument that holds any of their signs is refused instead of quoted.

export interface WindowsCommand {
  readonly program: string;
  /** Given on as they stand, without quotes added. */
  readonly arguments: readonly string[];
}

/** Programs that come as .exe or as a script without ending: started directly. */
const executables = new Set(['node', 'deno', 'bun', 'bunx', 'go', 'cargo', 'python3', 'python', 'dotnet', 'ruby', 'uv', 'git']);

export type WindowsStart = { readonly kind: 'direct' } | { readonly kind: 'batch'; readonly command: WindowsCommand } | { readonly kind: 'refused' };

export function windowsStart({ program, arguments: args }: { readonly program: string; readonly arguments: readonly string[] }): WindowsStart {
  if (executables.has(program) || /\.exe$/i.test(program)) return { kind: 'direct' };
  const words = [program.replace(/^\.\//, '').replace(/\//g, '\\'), ...args];
  if (words.some((word) => /["%!^&|<>\r\n\0]/.test(word))) return { kind: 'refused' };
  // A backslash before the closing quote would escape it.
  const line = words.map((word) => `"${word.replace(/\\+$/, (run) => run + run)}"`).join(' ');
  return { kind: 'batch', command: { program: 'cmd.exe', arguments: ['/d', '/s', '/c', `"${line}"`] } };
}
