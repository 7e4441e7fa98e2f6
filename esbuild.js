// Three bundles: the extension host's (CommonJS, Node), the process of the type check, the chat view's (a browser script, no zod in it).
// `node esbuild.js` builds once, `--watch` keeps building, `--production` minifies and leaves source maps out, `--outdir=DIR` writes elsewhere.
const { readFile } = require('node:fs/promises');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const outdir = process.argv.find((argument) => argument.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
};

/** Of an icon only its paths, to a hundredth of a pixel. @type {import('esbuild').Plugin} */
const icons = {
  name: 'icons',
  setup: (build) => build.onLoad({ filter: /\.svg$/ }, async ({ path }) => {
    const paths = [...(await readFile(path, 'utf8')).matchAll(/<path[^>]* d="([^"]+)"/g)].map((match) => match[1].replace(/(\.\d\d)\d+/g, '$1'));
    return { contents: paths.join('\n'), loader: 'text' };
  }),
};

/** @type {import('esbuild').BuildOptions} */
const webview = {
  ...shared,
  entryPoints: { webview: 'src/webview/main.tsx' },
  absWorkingDir: __dirname,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  alias: { entities: './src/webview/markdown/namedEntities.ts', 'punycode.js': './src/webview/markdown/hostNames.ts' },
  plugins: [icons],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts' },
    outdir,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: { typeCheck: 'src/host/verify/process/main.ts' },
    outdir,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
  },
  { ...webview, outdir },
];

async function main() {
  if (!watch) {
    await Promise.all(bundles.map((options) => esbuild.build(options)));
    return;
  }
  for (const options of bundles) await (await esbuild.context(options)).watch();
}

if (require.main === module) main().catch(() => process.exit(1));
// The tests of the view build what is shipped.
module.exports = { webview };
