// Words and numbers for people, in the language of the editor.
import type { ViewStringKey } from '../shared/viewStrings.ts';

export interface Words {
  text(key: ViewStringKey, values?: Readonly<Record<string, string | number>>): string;
  /** "1,240" */
  count(value: number): string;
  /** "$0.024": two significant digits, whole cents from one dollar on. */
  price(usd: number): string;
  /** "1.2" */
  seconds(milliseconds: number): string;
}

export function createWords(table: Readonly<Partial<Record<ViewStringKey, string>>>, language: string): Words {
  const locale = supportedLocale(language);
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const twoDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2, minimumSignificantDigits: 2 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  return {
    text: (key, values) => fill(table[key] ?? key, values ?? {}, (value) => integers.format(value)),
    count: (value) => integers.format(value),
    price: (usd) => (usd === 0 ? '$0' : `$${usd >= 1 ? cents.format(usd) : twoDigits.format(usd)}`),
    seconds: (milliseconds) => (milliseconds >= 9_950 ? integers.format(Math.round(milliseconds / 1_000)) : tenths.format(milliseconds / 1_000)),
  };
}

function fill(sentence: string, values: Readonly<Record<string, string | number>>, format: (value: number) => string): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? format(value) : value;
  });
}

function supportedLocale(language: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
