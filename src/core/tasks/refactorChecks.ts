// What a check before acceptance found, in the few words that stand beside an edit. What was not looked at is said too.
import type { Translate } from '../translate.ts';

export interface CheckFindings {
  readonly newErrors: number;
  readonly goneErrors: number;
  /** Changed files that were looked at. */
  readonly files: number;
  /** Files that use them. */
  readonly dependents: number;
  /** Users that were not looked at: too many, or too slow. */
  readonly leftOut: number;
  /** JavaScript that the project does not have checked: only its names were. */
  readonly namesOnly: boolean;
  /** Changed files that nothing here can check before they are written. */
  readonly unchecked: readonly string[];
}

export interface CheckPhrase {
  readonly ok: boolean;
  readonly text: string;
}

export type CheckFailure = 'no-typescript' | 'timeout' | 'out-of-memory' | 'cancelled' | 'other';

export function describeFindings(findings: CheckFindings, translate: Translate): readonly CheckPhrase[] {
  const { newErrors, goneErrors, files, unchecked } = findings;
  const looked: readonly CheckPhrase[] = files === 0 ? [] : [{ ok: newErrors === 0, text: [countErrors(newErrors, translate), ...scope(findings, translate)].join(' · ') }];
  const gone: readonly CheckPhrase[] = goneErrors === 0 ? [] : [{ ok: true, text: goneErrors === 1 ? translate('1 error gone') : translate('{count} errors gone', { count: goneErrors }) }];
  const rest: readonly CheckPhrase[] = unchecked.length === 0 ? [] : [{ ok: true, text: translate('checked only once accepted: {names}', { names: listNames(unchecked, translate) }) }];
  return [...looked, ...gone, ...rest];
}

export function describeFailure(failure: CheckFailure, translate: Translate): CheckPhrase {
  return { ok: true, text: translate('checked only once accepted: {reason}', { reason: reasonOf(failure, translate) }) };
}

export function countErrors(count: number, translate: Translate): string {
  if (count === 0) return translate('No new errors');
  return count === 1 ? translate('1 new error') : translate('{count} new errors', { count });
}

function scope({ files, dependents, leftOut, namesOnly }: CheckFindings, translate: Translate): readonly string[] {
  return [
    dependents === 0 ? translate('checked: {files} changed', { files }) : translate('checked: {files} changed, {dependents} dependent', { files, dependents }),
    ...(leftOut === 0 ? [] : [leftOut === 1 ? translate('1 dependent not checked') : translate('{count} dependents not checked', { count: leftOut })]),
    ...(namesOnly ? [translate('JavaScript by its names only')] : []),
  ];
}

/** More names than this are a number. */
const namesTold = 3;

function listNames(names: readonly string[], translate: Translate): string {
  const told = names.slice(0, namesTold).join(', ');
  return names.length <= namesTold ? told : translate('{names} and {count} more', { names: told, count: names.length - namesTold });
}

function reasonOf(failure: CheckFailure, translate: Translate): string {
  switch (failure) {
    case 'no-typescript': return translate('no TypeScript was found');
    case 'timeout': return translate('the project takes too long to read');
    case 'out-of-memory': return translate('the project is too large');
    case 'cancelled': return translate('the check was cancelled');
    case 'other': return translate('the check failed');
  }
}
