import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');
export const serverFolder = join(import.meta.dirname, 'server');
/** Git-ignored. */
export const dataFolder = join(import.meta.dirname, '.data');
export const resultsFolder = join(import.meta.dirname, 'results');
export const sampleFolder = join(projectRoot, 'test/fixtures/sample');
export const sampleChangesFolder = join(projectRoot, 'test/fixtures/sampleChanges');
