import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../../src/core/context/redactSecrets.ts';
import { isMixed, isPlaceholder, secretKinds } from '../../../../src/core/context/secretKinds.ts';
import { namedSecretKinds } from '../../../../src/core/context/namedSecrets.ts';
import { randomText, secretShapes } from '../../../helpers/secretShapes.ts';

const value = randomText(24);
const masked = (text: string): readonly string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end));

describe('a secret by its name', () => {
  const names = ['password', 'PASSWORD', 'dbPassword', 'DB_PASSWORD', 'db-password', 'passwd', 'pwd', 'passphrase', 'secret', 'clientSecret', 'CLIENT_SECRET', 'apiKey', 'API_KEY', 'api-key', 'accessToken', 'access_token', 'authToken', 'refreshToken', 'privateKey', 'encryptionKey', 'signing_key', 'credentials', 'apiKey2', 'secretKeyBase64', 'tokens'];

  it.each(names)('%s is masked however it is assigned', (name) => {
    for (const text of [
      `${name} = "${value}"`, `${name}: '${value}',`, `"${name}": "${value}"`, `${name}=\`${value}\``, `const ${name.replaceAll('-', '_')}: string = '${value}';`,
      `${name} => '${value}'`, `${name} := "${value}"`, `config['${name}'] = '${value}'`, `set("${name}", "${value}")`, `\n${name}=${value}\n`, `\nexport ${name}=${value}\n`, `\n  ${name}: ${value}\n`,
    ]) expect(masked(text), text).toEqual([value]);
  });

  it.each([
    ['a name that only contains the word', `passwordField = "${value}"`],
    ['a name that goes on behind it', `tokenizer = "${value}"`],
    ['a type', 'password: string'],
    ['a call', 'const token = await readToken(path)'],
    ['a property', 'const secret = options.clientSecret'],
    ['a variable', 'password = newPassword'],
    ['a template', `token = "\${process.env.TOKEN}"`],
    ['a path', 'secret: "./secrets/db.json"'],
    ['an address', 'apiKey: "https://example.com/keys"'],
    ['a word', 'token: "identifier"'],
    ['two words', 'password: "Enter it here"'],
    ['nothing', 'password = ""'],
    ['a version', '"rule-1password": "^13.1.0"'],
    ['a header', '"Access-Control-Allow-Credentials", "Access-Control-Allow-Headers"'],
    ['a language', '"pass": "抽象ロールは使用されていません"'],
  ])('%s is none', (_name, text) => {
    expect(masked(text)).toEqual([]);
  });
});

describe('what stands for a secret', () => {
  it.each(['${TOKEN}', '$TOKEN', '%TOKEN%', '<token>', '{{token}}', '[token]', 'process.env.X', 'xxxx', '****', '...', '----', 'your-key', 'YOUR_KEY', 'my_token', 'changeme', 'change-me', 'todo', 'none', 'null', 'true', 'example', 'example-key', 'placeholder', 'password', 'password1', 'secret', 'username', '[masked-jwt-1]'])('%s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each(['hunter2', 'Zx9!kk2p', value, 'correct-horse-9', 'A1B2C3', 'hello-world'])('not %s', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('what looks generated', () => {
  it.each([[value, true], ['Zx9kk2pQ81', true], ['identifier', false], ['1234567890', false], ['aaaaaaaaa1', false], ['', false]] as const)('%s: %s', (text, expected) => {
    expect(isMixed(text)).toBe(expected);
  });
});

describe('the hints of a kind', () => {
  it('are in whatever its pattern finds, so that none is passed over', () => {
    for (const kind of [...secretKinds, ...namedSecretKinds]) {
      for (const [, template, secret] of secretShapes) {
        const text = template.replace('{}', () => secret);
        if ([...text.matchAll(kind.pattern)].length > 0) expect(kind.hints.some((hint) => text.toLowerCase().includes(hint)), `${kind.name}: ${text}`).toBe(true);
      }
    }
  });

  it('are in lower case, as the text that they are looked for in', () => {
    for (const kind of [...secretKinds, ...namedSecretKinds]) expect(kind.hints.map((hint) => hint.toLowerCase())).toEqual(kind.hints);
  });
});

describe('what is found', () => {
  it('lies in the text, in order, apart', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(...secretShapes.map(([, template, secret]) => template.replace('{}', () => secret))), fc.constantFrom('\n', '"', 'password=', '://a:', '@b', ';', ' '));
    fc.assert(fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const { start, end } of findSecrets(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
    }));
  });

  it('is found anywhere in a text', () => {
    fc.assert(fc.property(fc.constantFrom(...secretShapes), fc.array(fc.constantFrom('const a = 1;', '// note', '', '\t}', '한국어'), { maxLength: 20 }), ([, template, secret], around) => {
      const text = `${around.join('\n')}\n${template.replace('{}', () => secret)}\n${around.join('\n')}`;
      expect(findSecrets(text).some(({ start, end }) => text.slice(start, end).includes(secret.slice(0, 8)) || secret.includes(text.slice(start, end)))).toBe(true);
    }));
  });
});
