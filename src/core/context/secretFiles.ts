// Files that hold secrets by their name alone. A wrong "yes" costs a suggestion in one file; a wrong "no" sends a key away, so doubtful
// names count as secret. What a file holds is the business of redactSecrets.ts.

/** `path` in any form: relative or absolute, with either slash, in any case and normal form. */
export function isSecretFile(path: string): boolean {
  const segments = canonicalPath(path).split('/').filter((segment) => segment !== '' && segment !== '.');
  const name = segments.at(-1) ?? '';
  if (harmless.test(name)) return false;
  if (secretNames.has(name) || secretPatterns.some((pattern) => pattern.test(name))) return true;
  const folders = segments.slice(0, -1);
  return folders.some((folder) => secretFolders.has(folder)) || secretPaths.some((ending) => `/${segments.join('/')}`.endsWith(ending));
}

/**
 * The form in which names are compared: file systems may ignore case, store NFD, drop trailing dots and blanks (Windows), and open
 * `name:stream` as `name`. Characters that nobody sees do not make another name.
 */
export function canonicalPath(path: string): string {
  const plain = path.replaceAll('\\', '/').normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  const cased = plain.toLowerCase().normalize('NFKC');
  return cased.split('/').map(canonicalSegment).join('/');
}

function canonicalSegment(segment: string, index: number): string {
  // A drive letter keeps its colon.
  const bare = index === 0 && /^[a-z]:$/.test(segment) ? segment : segment.split(':')[0] ?? '';
  return bare === '.' || bare === '..' ? bare : bare.replace(/[. ]+$/, '');
}

/** Made to be shared: they show names, not values. */
const harmless = /^(?:\.env|env|\.envrc|secrets?|credentials)(?:\.[\w-]+)*\.(?:example|sample|template|tmpl|dist|defaults|schema)(?:\.\w+)?$|\.pub$/;

const secretNames: ReadonlySet<string> = new Set([
  '.env', '.envrc', '.npmrc', '.yarnrc', '.pypirc', '.netrc', '_netrc', '.git-credentials', '.gitcookies', '.htpasswd', '.htaccess', '.pgpass', '.my.cnf', '.mylogin.cnf',
  '.dockercfg', '.dockerconfigjson', '.terraformrc', 'terraform.rc', '.vault-token', '.vault_pass', '.vault-pass', '.s3cfg', '.boto', '.rclone.conf', 'rclone.conf',
  '.bash_history', '.zsh_history', '.psql_history', '.mysql_history', '.node_repl_history', '.python_history',
  'credentials', 'credentials.json', 'credentials.toml', 'credentials.yml', 'credentials.yaml', 'credentials.xml', 'credentials.yml.enc',
  'kubeconfig', 'kubeconfig.yml', 'kubeconfig.yaml', 'auth.json', 'local.settings.json', 'serviceaccountkey.json', 'service-account.json', 'key.json', 'keyfile.json',
  'application_default_credentials.json', 'access_tokens.db', 'token.json', 'tokens.json', 'secring.gpg', 'keystore.properties', 'key.properties', 'signing.properties',
  'sftp-config.json', '.remote-sync.json', 'filezilla.xml', 'recentservers.xml', 'wallet.dat', 'shadow', 'master.key',
]);

const secretPatterns: readonly RegExp[] = [
  /^\.env[.\-_]/, /\.env$/, /^\.envrc\./, /^\.secrets?(?:\.|$)/,
  /\.(?:pem|key|p8|p12|pfx|pkcs12|jks|jceks|keystore|bks|kdbx?|ppk|gpg|pgp|ovpn|tfstate|tfvars|agekey|mobileprovision|cer\.key|kubeconfig)$/,
  /\.tfstate\.backup$/, /\.tfvars\.json$/, /\.(?:pem|key)\.\w+$/,
  /^(?:id|ssh_host)_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:_key)?(?:[._-][\w.-]*)?$/,
  /^secrets?\.(?:ya?ml|json5?|toml|ini|conf|cfg|properties|xml|plist|txt|py|rb|env)$/, /^(?:[\w-]+[._-])?secrets?\.(?:ya?ml|json|toml|properties)$/,
  /^(?:client_secret|service[-_]?account|firebase-adminsdk|gcp[-_]?key|gcloud[-_]?key)[\w.-]*\.json$/, /firebase-adminsdk[\w-]*\.json$/,
  /^(?:user|prod|production|staging|dev)?[-_.]?passwords?\.(?:txt|csv|json|ya?ml|xlsx?)$/, /^\.?vault[-_.]pass(?:word)?(?:\.\w+)?$/,
];

const secretFolders: ReadonlySet<string> = new Set(['secrets', '.secrets', '.ssh', '.gnupg', '.aws', '.azure', '.kube', '.gcloud', '.password-store', '.vault', 'private_keys', '.chef']);

const secretPaths: readonly string[] = [
  '/.docker/config.json', '/.config/gh/hosts.yml', '/.config/hub', '/runapi/config.json', '/.config/op/config', '/gcloud/credentials.db', '/.gem/credentials', '/.cargo/credentials',
  '/.m2/settings.xml', '/.gradle/gradle.properties', '/.composer/auth.json', '/.config/configstore/firebase-tools.json', '/etc/shadow',
];
