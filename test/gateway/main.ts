// `npm run gateway -- --port 8787`: starts the local RunAPI and prints its address and key.
import { parseArgs } from 'node:util';
import { startGateway } from './gateway.ts';

const { values } = parseArgs({
  options: {
    'port': { type: 'string', default: '8787' },
    'host': { type: 'string', default: '127.0.0.1' },
    'key': { type: 'string' },
    'balance-cents': { type: 'string', default: '10000' },
    'first-token-ms': { type: 'string', default: '400' },
    'tokens-per-second': { type: 'string', default: '80' },
  },
});

const gateway = await startGateway({
  port: Number(values.port),
  host: values.host,
  balanceCents: Number(values['balance-cents']),
  defaults: { firstTokenMs: Number(values['first-token-ms']), tokensPerSecond: Number(values['tokens-per-second']) },
  ...(values.key === undefined ? {} : { key: values.key }),
});
console.log(`RUNAPI_BASE_URL=${gateway.url}`);
console.log(`RUNAPI_API_KEY=${gateway.key}`);
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => { void gateway.close(); });
