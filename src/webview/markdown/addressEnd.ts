// Where a bare address ends. Korean and Japanese put particles right behind a word (https://a.example을), and letters of any script may
// stand in an address: what follows a Latin letter or a digit is read as the sentence, what follows "/", "=" or "_" as the address.
import type { MarkdownIt } from 'markdown-it';

/** After a slash only what is nothing but a particle: /wiki/한국어 is an address, /docs/에서 is not. */
const sentence = /(?<=[a-z\d])[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]|(?<=\/)(?:을|를|이|가|은|는|의|와|과|도|만|까지|부터|입니다|(?:에서?|으?로)[는도만의]?)(?!\p{Script=Hangul})/giu;

export function endAddresses({ linkify }: MarkdownIt): void {
  const validate = (text: string, start: number): number => {
    sentence.lastIndex = start;
    const address = linkify.re.get_http_validator();
    address.lastIndex = start;
    return address.exec(text.slice(0, sentence.exec(text)?.index))?.[0].length ?? 0;
  };
  for (const scheme of ['http:', 'https:']) linkify.add(scheme, { validate });
}
