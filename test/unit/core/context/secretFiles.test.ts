import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPath, isSecretFile } from '../../../../src/core/context/secretFiles.ts';

const secret = [
  '.env', '.env.local', '.env.production', '.env-prod', 'config/.env', 'prod.env', '.envrc', 'app/server.pem', 'tls.key', 'cert.p12', 'cert.pfx', 'release.keystore', 'db.kdbx', 'putty.ppk',
  'id_rsa', 'id_ed25519', 'id_ecdsa_sk', '/home/me/.ssh/id_rsa', '.ssh/config', 'ssh_host_rsa_key', 'id_rsa.bak', 'secrets/readme.txt', 'deploy/secrets/db.yaml', '.secrets/x', '.aws/credentials', '.aws/config',
  '.kube/config', 'kubeconfig', 'kubeconfig.yaml', 'cluster.kubeconfig', '.npmrc', 'packages/a/.npmrc', '.pypirc', '.netrc', '_netrc', '.git-credentials', '.htpasswd', '.pgpass', '.my.cnf', '.docker/config.json',
  'terraform.tfstate', 'terraform.tfstate.backup', 'prod.tfvars', 'prod.auto.tfvars', 'prod.tfvars.json', 'client_secret_123.json', 'service-account-prod.json', 'service_account.json', 'my-app-firebase-adminsdk-x1.json',
  'credentials.json', 'credentials', 'secrets.yml', 'secret.json', 'app-secrets.yaml', 'config/master.key', 'auth.json', 'local.settings.json', '.vault-token', '.vault_pass.txt', 'passwords.csv', 'user_passwords.txt',
  '.bash_history', '.config/runapi/config.json', '.config/gh/hosts.yml', '.gnupg/secring.gpg', 'key.properties', 'x.ovpn', '.terraformrc', '.m2/settings.xml', 'age.agekey',
];

const open = [
  'src/env.ts', 'environment.ts', '.env.example', '.env.sample', '.env.template', '.env.local.example', '.env.dist', 'secrets.example.yml', 'id_rsa.pub', 'src/secretFiles.ts', 'src/keys.ts', 'keyboard.json', 'package.json',
  'tsconfig.json', 'README.md', 'src/secret.ts', 'password.ts', 'tokens.ts', 'design-tokens.json', 'docs/secrets.md', 'src/credentials.ts', 'public.crt', 'a/pem/readme.md', 'monkey.ts', 'turnkey.js', '.gitignore', 'dot.env.md',
];

describe('names of secrets', () => {
  it.each(secret)('%s is shut', (path) => {
    expect(isSecretFile(path)).toBe(true);
  });

  it.each(open)('%s is open', (path) => {
    expect(isSecretFile(path)).toBe(false);
  });
});

describe('the same file by another name', () => {
  const disguises: readonly (readonly [string, (path: string) => string])[] = [
    ['upper case', (path) => path.toUpperCase()],
    ['backslashes', (path) => `C:\\ws\\${path.replaceAll('/', '\\')}`],
    ['an absolute path', (path) => `/home/me/ws/${path}`],
    ['dots in the way', (path) => `./a/.././${path}`],
    ['double slashes', (path) => `a//${path.replaceAll('/', '//')}`],
    ['trailing dots and blanks', (path) => `${path}. .`],
    ['a stream of NTFS', (path) => `${path}::$DATA`],
    ['full-width letters', (path) => path.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))],
    ['a zero-width space', (path) => path.replace(/(?<=[a-z])(?=[a-z])/, '\u{200b}')],
    ['NFD', (path) => path.normalize('NFD')],
    ['a Kelvin sign for k', (path) => path.replaceAll('k', '\u{212a}')],
  ];

  it.each(disguises)('in %s', (_name, disguise) => {
    for (const path of secret) expect(isSecretFile(disguise(path)), disguise(path)).toBe(true);
  });

  it('has one canonical form, which is its own', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (path) => {
      const once = canonicalPath(path);
      expect(canonicalPath(once)).toBe(once);
    }));
  });
});
