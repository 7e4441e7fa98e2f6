// `npm run bench -- completion|chat|edit [--json]`: runs one benchmark, or all of them.
export interface Bench {
  readonly runBench: (options: { readonly json: boolean }) => Promise<void>;
}

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  completion: () => import('./completion/main.ts'),
  chat: () => import('./chat/main.ts'),
  edit: () => import('./edit/main.ts'),
};

const flags = process.argv.slice(2);
const names = flags.filter((flag) => !flag.startsWith('--'));
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const load = benches[name];
  if (load === undefined) {
    console.error(`No benchmark is called "${name}". There are: ${Object.keys(benches).join(', ')}.`);
    process.exit(1);
  }
  await (await load()).runBench({ json: flags.includes('--json') });
}
