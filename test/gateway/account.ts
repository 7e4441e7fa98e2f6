// Everything that asks no model: the account, its balance, the price list, the model list, embeddings.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cacheReadFactor, cacheWriteFactor, type Billing } from './billing.ts';
import { catalogue, embeddingModels, type CatalogueModel } from './catalogue.ts';
import { Refusal } from './refusal.ts';
import { jsonReply, type Reply } from './reply.ts';
import { parseBody } from './requestChecks.ts';
import { countTokens } from './tokenCount.ts';

export function meReply(): Reply {
  return jsonReply(200, { id: 'usr_local', name: 'Local User', email: 'local@example.com', account: { id: 'acc_local', name: 'Local account' } });
}

export function balanceReply(billing: Billing): Reply {
  const spent = Math.round(billing.spentCents());
  return jsonReply(200, {
    balance_cents: Math.round(billing.balanceCents()),
    paid_balance_cents: Math.round(billing.balanceCents()),
    bonus_balance_cents: 0,
    spent_cents_today: spent,
    spent_cents_total: spent,
  });
}

export function modelsReply(): Reply {
  const data = [...catalogue, ...embeddingModels].map((model) => ({ id: model.id, object: 'model', created: 1_750_000_000, owned_by: model.id.startsWith('claude') ? 'anthropic' : 'openai' }));
  return jsonReply(200, { object: 'list', data });
}

/** The one list that needs no key; unchanged lists answer 304. */
export function pricesReply(query: URLSearchParams, ifNoneMatch: string | undefined): Reply {
  const wanted = [...catalogue, ...embeddingModels].filter((model) => {
    const service = query.get('service');
    const name = query.get('model');
    return (service === null || service === serviceOf(model)) && (name === null || name === model.id) && (query.get('action') ?? 'chat') === 'chat';
  });
  const body = { as_of: '2026-06-01T00:00:00Z', price_schedules: wanted.map(schedule) };
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
  return ifNoneMatch === etag ? { status: 304, headers: { etag }, delayMs: 0, steps: [] } : jsonReply(200, body, { etag });
}

function serviceOf(model: CatalogueModel): string {
  return model.id.startsWith('claude') ? 'anthropic' : 'openai';
}

function schedule(model: CatalogueModel): unknown {
  const cents = (usd: number): number | null => (model.priced === false ? null : Math.round(usd * 100 * 1000) / 1000);
  return {
    service: serviceOf(model), action: 'chat', model: model.id,
    pricing_status: model.priced === false ? 'unpriced' : 'active',
    catalog_status: 'available', currency: 'usd', billing_unit: 'token', billing_strategy: 'per_token',
    unit_price_cents: null,
    input_price_per_1m_cents: cents(model.inputUsd),
    output_price_per_1m_cents: cents(model.outputUsd),
    cache_read_price_per_1m_cents: cents(model.inputUsd * cacheReadFactor),
    cache_write_price_per_1m_cents: cents(model.inputUsd * cacheWriteFactor),
    cache_write_5m_price_per_1m_cents: cents(model.inputUsd * cacheWriteFactor),
    cache_write_1h_price_per_1m_cents: cents(model.inputUsd * 2),
    billing_config: null,
  };
}

const embeddingsBody = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.int().min(1).max(1536).optional(),
  user: z.string().optional(),
});

export function embeddingsReply(body: unknown): Reply {
  const request = parseBody(embeddingsBody, body);
  const model = embeddingModels.find((candidate) => candidate.id === request.model);
  if (model === undefined) throw new Refusal(404, `model: ${request.model} is no embedding model`, { code: 'model_not_found' });
  const inputs = [request.input].flat();
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  return jsonReply(200, {
    object: 'list', model: request.model,
    data: inputs.map((text, index) => ({ object: 'embedding', index, embedding: encode(embed(text, request.dimensions ?? 256), request.encoding_format) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

/** A bag of hashed words: texts that share words are near each other. */
function embed(text: string, dimensions: number): readonly number[] {
  const vector = Array.from<number>({ length: dimensions }).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash('md5').update(word).digest().readUInt32LE(0);
    const slot = hash % dimensions;
    vector[slot] = (vector[slot] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function encode(vector: readonly number[], format: 'float' | 'base64' | undefined): readonly number[] | string {
  return format === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector;
}
