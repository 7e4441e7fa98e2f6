// Three bundles: the extension host's (CommonJS, Node), the process of the type check, the chat view's (a browser script, no zod in it).
// `node esbuild.js` builds once, `--watch` keeps building, `--production` minifies and leaves source maps out, `--outdir=DIR` writes elsewhere.
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
  {
    ...shared,
    entryPoints: { webview: 'src/webview/main.tsx' },
    outdir,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
  },
];

async function main() {
  if (!watch) {
    await Promise.all(bundles.map((options) => esbuild.build(options)));
    return;
  }
  for (const options of bundles) await (await esbuild.context(options)).watch();
}

main().catch(() => process.exit(1));
