// What the gateway tells of the account, the models and the prices: small JSON answers, parsed once.
import * as z from 'zod';
import type { Price, PriceSchedule } from '../models/price.ts';
import { readText } from './byteSource.ts';
import { readErrorBody } from './errorBody.ts';
import { createHttp, type HttpAnswer, type HttpDependencies, type HttpRequest } from './http.ts';
import { parseJson } from './jsonValue.ts';
import { messages } from './messages.ts';
import type { ModelRequest } from './modelClient.ts';
import { readPriceSchedule, type StoredPrices } from './priceSchedule.ts';
import type { Memory } from './quirks.ts';
import { callWithRetries } from './retry.ts';

export interface Me {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly accountName?: string;
}

export interface Balance {
  readonly balanceCents?: number;
  readonly paidBalanceCents?: number;
  readonly bonusBalanceCents?: number;
  readonly spentTodayCents?: number;
  readonly spentTotalCents?: number;
}

export interface AccountClient {
  /** The cheap way to verify a key; `key` is tried in place of the stored one. */
  me(signal: AbortSignal, key?: string): Promise<Me>;
  balance(signal: AbortSignal): Promise<Balance>;
  /** Model ids that can be routed to. Where the list is down, the last one that was seen. */
  models(signal: AbortSignal): Promise<readonly string[]>;
  /** Asks for the live prices, which `knownPrices` then gives; unchanged ones are not sent again. */
  refreshPrices(signal: AbortSignal): Promise<void>;
  /** The last live prices, of an earlier start too; empty before the first answer. */
  knownPrices(): PriceSchedule;
  countTokens(request: ModelRequest, signal: AbortSignal): Promise<number>;
}

export interface AccountDependencies extends HttpDependencies {
  readonly random: () => number;
  readonly memory: Memory;
}

export function createAccountClient(dependencies: AccountDependencies): AccountClient {
  const http = createHttp(dependencies);
  const { clock, random, settings, memory } = dependencies;
  const address = (): string => settings.current().baseUrl;
  const send = (request: Omit<HttpRequest, 'accept' | 'method'> & { readonly method?: 'POST' }, signal: AbortSignal): Promise<HttpAnswer> => callWithRetries(
    { clock, random, maxRetries: () => settings.current().network.maxRetries },
    () => http.send({ method: 'GET', ...request, accept: 'application/json' }, signal),
    signal,
  );
  const read = async <T>(schema: z.ZodType<T>, request: Parameters<typeof send>[0], signal: AbortSignal): Promise<T> => parseAnswer(await send(request, signal), schema);

  return {
    me: async (signal, key) => toMe(await read(meSchema, { path: '/api/v1/me', ...(key !== undefined && { key }) }, signal)),
    balance: async (signal) => toBalance(await read(balanceSchema, { path: '/api/v1/me/balance' }, signal)),
    models: async (signal) => {
      const name = `models|${address()}`;
      try {
        const ids = await read(modelsSchema, { path: '/v1/models' }, signal);
        memory.set(name, ids);
        return ids;
      } catch (error) {
        const seen = z.array(z.string()).safeParse(memory.get(name));
        if (signal.aborted || !seen.success) throw error;
        return seen.data;
      }
    },
    refreshPrices: async (signal) => {
      const name = `prices|${address()}`;
      const before = readPriceSchedule(memory.get(name));
      const answer = await send({ path: '/api/v1/price_schedules', withKey: false, headers: before && before.etag !== '' ? { 'if-none-match': before.etag } : {} }, signal);
      if (answer.status === 304) {
        answer.body.close();
        return;
      }
      const stored: StoredPrices = { etag: answer.headers.get('etag') ?? '', prices: await parseAnswer(answer, pricesSchema) };
      memory.set(name, stored);
    },
    knownPrices: () => new Map(readPriceSchedule(memory.get(`prices|${address()}`))?.prices ?? []),
    countTokens: async (request, signal) => {
      const { model, system, messages: turns, tools } = messages.toBody(request, new Set());
      const body = { model, messages: turns, ...(system !== undefined && { system }), ...(tools !== undefined && { tools }) };
      return (await read(countSchema, { method: 'POST', path: '/v1/messages/count_tokens', headers: messages.headers, body, model: request.model }, signal)).input_tokens;
    },
  };
}

/** More than any of these answers; a price list with every media model has some hundred kB. */
const longestAnswerBytes = 16 * 1024 * 1024;

async function parseAnswer<T>(answer: HttpAnswer, schema: z.ZodType<T>): Promise<T> {
  try {
    const { text, isCut } = await readText(answer.body, longestAnswerBytes);
    if (/^\s*</.test(text)) throw answer.fail('not-an-api');
    const value = isCut ? undefined : parseJson(text);
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const error = readErrorBody(value);
    throw error ? answer.toError(error) : answer.fail(text.trim() === '' ? 'empty-reply' : 'bad-reply');
  } finally {
    answer.body.close();
  }
}

const words = z.string().max(500).nullish().catch(undefined);
const cents = z.number().nullish().catch(undefined);

const meSchema = z.object({
  id: z.union([z.string().max(500), z.number()]),
  name: words,
  email: words,
  account: z.object({ name: words }).nullish().catch(undefined),
});

function toMe(me: z.infer<typeof meSchema>): Me {
  return {
    id: String(me.id),
    ...(me.name && { name: me.name }),
    ...(me.email && { email: me.email }),
    ...(me.account?.name && { accountName: me.account.name }),
  };
}

const balanceSchema = z.object({ balance_cents: cents, paid_balance_cents: cents, bonus_balance_cents: cents, spent_cents_today: cents, spent_cents_total: cents });

function toBalance(balance: z.infer<typeof balanceSchema>): Balance {
  return {
    ...(typeof balance.balance_cents === 'number' && { balanceCents: balance.balance_cents }),
    ...(typeof balance.paid_balance_cents === 'number' && { paidBalanceCents: balance.paid_balance_cents }),
    ...(typeof balance.bonus_balance_cents === 'number' && { bonusBalanceCents: balance.bonus_balance_cents }),
    ...(typeof balance.spent_cents_today === 'number' && { spentTodayCents: balance.spent_cents_today }),
    ...(typeof balance.spent_cents_total === 'number' && { spentTotalCents: balance.spent_cents_total }),
  };
}

/** OpenAI's and Anthropic's lists have `data`; a bare list is taken too. What is no usable id is left out. */
const modelId = z.string().regex(/^[\w.:@/-]{1,200}$/);
const modelItem = z.union([modelId, z.object({ id: modelId }).transform((model) => model.id)]).optional().catch(undefined);
const modelList = z.array(modelItem).transform((ids) => [...new Set(ids.filter((id) => id !== undefined))]);
const modelsSchema = z.union([z.object({ data: modelList }).transform((answer) => answer.data), modelList]);

const countSchema = z.object({ input_tokens: z.number().int().nonnegative() });

const dollars = z.number().nonnegative().nullish().catch(undefined).transform((value) => (typeof value === 'number' ? value / 100 : undefined));
const priceRow = z.object({
  model: z.string().max(200),
  currency: z.string().nullish(),
  input_price_per_1m_cents: dollars,
  output_price_per_1m_cents: dollars,
  cache_read_price_per_1m_cents: dollars,
  cache_write_price_per_1m_cents: dollars,
  cache_write_5m_price_per_1m_cents: dollars,
}).optional().catch(undefined);

const pricesSchema = z.object({ price_schedules: z.array(priceRow) }).transform(({ price_schedules: rows }) => {
  const prices = new Map<string, Partial<Price>>();
  for (const row of rows) {
    // A model has a row for each way it is billed; tokens in dollars is the one that is asked here.
    const isUsd = row?.currency === undefined || row.currency === null || row.currency.toLowerCase() === 'usd';
    if (!row || !isUsd || row.input_price_per_1m_cents === undefined || row.output_price_per_1m_cents === undefined || prices.has(row.model)) continue;
    const cacheRead = row.cache_read_price_per_1m_cents;
    const cacheWrite = row.cache_write_5m_price_per_1m_cents ?? row.cache_write_price_per_1m_cents;
    prices.set(row.model, {
      input: row.input_price_per_1m_cents,
      output: row.output_price_per_1m_cents,
      ...(cacheRead !== undefined && { cacheRead }),
      ...(cacheWrite !== undefined && { cacheWrite }),
    });
  }
  return [...prices];
});
