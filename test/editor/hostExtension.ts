// Bundles hostTests/ with its suites into a .vsix.
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packageFolder } from './packageExtension.ts';

const source = join(import.meta.dirname, 'hostTests');
const suitesFolder = join(source, 'suites');

export async function packageHostExtension(folder: string): Promise<string> {
  const staging = join(folder, 'host-package');
  const file = join(folder, 'runapi-test-host.vsix');
  await mkdir(staging, { recursive: true });
  await copyFile(join(source, 'package.json'), join(staging, 'package.json'));
  await writeFile(join(staging, 'README.md'), 'Test extension.\n');
  await bundle(join(staging, 'extension.js'));
  await packageFolder(staging, file);
  return file;
}

async function bundle(outfile: string): Promise<void> {
  const files = await hostSuiteFiles();
  const contents = [
    ...files.map((file, index) => `import { suite as suite${index} } from ${JSON.stringify(join(suitesFolder, file))};`),
    `export const hostSuites = [${files.map((_, index) => `suite${index}`).join(', ')}];`,
  ].join('\n');
  await build({
    entryPoints: [join(source, 'extension.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [
      {
        name: 'host-suites',
        setup: (bundler) => {
          bundler.onResolve({ filter: /^host-suites$/ }, (args) => ({ path: args.path, namespace: 'host-suites' }));
          bundler.onLoad({ filter: /.*/, namespace: 'host-suites' }, () => ({ contents, resolveDir: suitesFolder, loader: 'ts' }));
        },
      },
    ],
  });
}

async function hostSuiteFiles(): Promise<readonly string[]> {
  return (await readdir(suitesFolder)).filter((file) => file.endsWith('.test.ts')).sort();
}
