// The models that the local RunAPI sells, with RunAPI's prices. Dots, dashes and dated snapshots are one model.
import { Refusal } from './refusal.ts';

export interface CatalogueModel {
  readonly id: string;
  readonly inputUsd: number;
  readonly outputUsd: number;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** A prefix shorter than this is not cached. */
  readonly cacheMinimumTokens: number;
  readonly thinking: boolean;
  /** False: the catalogue lists it without any price. */
  readonly priced?: boolean;
}

const claude = { contextTokens: 200_000, maxOutputTokens: 64_000, cacheMinimumTokens: 1024, thinking: true } as const;

export const catalogue: readonly CatalogueModel[] = [
  { id: 'claude-opus-4.8', inputUsd: 7.5, outputUsd: 37.5, ...claude, cacheMinimumTokens: 4096 },
  { id: 'claude-sonnet-4.6', inputUsd: 1.5, outputUsd: 7.5, ...claude },
  { id: 'claude-haiku-4.5', inputUsd: 0.5, outputUsd: 2.5, ...claude, cacheMinimumTokens: 4096 },
  { id: 'gpt-5.2', inputUsd: 0.9, outputUsd: 7, contextTokens: 400_000, maxOutputTokens: 128_000, cacheMinimumTokens: 1024, thinking: true },
  { id: 'unpriced-preview-1', inputUsd: 0, outputUsd: 0, contextTokens: 32_000, maxOutputTokens: 8_000, cacheMinimumTokens: 1024, thinking: false, priced: false },
];

export const embeddingModels: readonly CatalogueModel[] = [
  { id: 'text-embedding-3-small', inputUsd: 0.02, outputUsd: 0, contextTokens: 8191, maxOutputTokens: 1, cacheMinimumTokens: 1024, thinking: false },
];

/** `dots` or `dashes`: only that spelling is known, as in a catalogue that moved. */
export type ModelSpelling = 'any' | 'dots' | 'dashes';

export function findModel(id: string, spelling: ModelSpelling = 'any'): CatalogueModel {
  const wrongSpelling = (spelling === 'dots' && /\d-\d/.test(id)) || (spelling === 'dashes' && id.includes('.'));
  const model = wrongSpelling ? undefined : catalogue.find((candidate) => modelKey(candidate.id) === modelKey(id));
  if (model === undefined) throw new Refusal(404, `model: ${id}`, { code: 'model_not_found' });
  return model;
}

function modelKey(id: string): string {
  return id.toLowerCase().replace(/[-@]\d{8}$/, '').replaceAll('.', '-');
}
