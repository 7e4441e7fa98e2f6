// Secrets of many kinds in their real shapes, for the tests of masking. None of them was ever anybody's.

/** Made up here, so that no string in the repository looks like a secret to a scanner. */
export function randomText(length: number, alphabet = 'Ab3dE5fGh7JkLm9NpQr2StUv4WxYz6'): string {
  return Array.from({ length }, (_, index) => alphabet.charAt((index * 7 + length * 3) % alphabet.length)).join('');
}
const hex = (length: number): string => randomText(length, '0a1b2c3d4e5f6789');
const upper = (length: number): string => randomText(length, 'AB2CD3EF4GH5JK6LM7');
export const keyLines = (count: number): string => Array.from({ length: count }, (_, index) => randomText(64 - (index % 2))).join('\n');

/** Keeps the parts of a telling prefix apart. */
export function glue(...parts: readonly string[]): string {
  return parts.join('');
}

export const beginKey = (type: string): string => ['-----BEGIN ', 'PRIVATE KEY-----'].join(type);
export const endKey = (type: string): string => ['-----END ', 'PRIVATE KEY-----'].join(type);
const jwt = glue('ey', 'J', 'hbGciOiJIUzI1NiJ9.ey', 'J', 'zdWIiOiIxMjM0NTY3ODkwIn0.', randomText(43));

/** Name, the text, the secret in it. */
export const secretShapes: readonly (readonly [string, string, string])[] = [
  ['an AWS key id', 'id: {}', glue('AK', 'IA', upper(16))],
  ['an AWS temporary key id', '"{}"', glue('AS', 'IA', upper(16))],
  ['an AWS secret', 'aws_secret_access_key = {}', randomText(40)],
  ['a GitHub token', 'token={}', glue('gh', 'p_', randomText(36))],
  ['a GitHub app token', '{}', glue('gh', 's_', randomText(36))],
  ['a fine-grained GitHub token', 'https://x:{}@github.com/a/b', glue('github', '_pat_', randomText(22), '_', randomText(59))],
  ['a GitLab token', 'GL={}', glue('gl', 'pat-', randomText(20))],
  ['a Slack bot token', '"{}"', glue('xo', 'xb-', randomText(12, '123456789'), '-', randomText(24))],
  ['a Slack webhook', 'https://hooks.slack.com/services/{}', `T${upper(8)}/B${upper(8)}/${randomText(24)}`],
  ['a Discord webhook', 'https://discord.com/api/webhooks/{}', `${randomText(18, '123456789')}/${randomText(68)}`],
  ['a Stripe key', "Stripe('{}')", glue('sk', '_live_', randomText(24))],
  ['a Google API key', 'key={}', glue('AI', 'za', randomText(35))],
  ['a Google OAuth secret', '{}', glue('GOC', 'SPX-', randomText(28))],
  ['an OpenAI key', 'OPENAI_API_KEY={}', glue('sk', '-proj-', randomText(48))],
  ['an Anthropic key', '{}', glue('sk', '-ant-api03-', randomText(93))],
  ['a RunAPI key', 'key: {}', glue('runapi', '_', randomText(32))],
  ['a RunAPI key with sk', '{}', glue('sk', '-runapi-', randomText(32))],
  ['a RunAPI key by its variable', 'RUNAPI_API_KEY={}', randomText(40)],
  ['a Groq key', '{}', glue('gs', 'k_', randomText(52))],
  ['a Hugging Face token', '{}', glue('h', 'f_', randomText(34))],
  ['a JWT', 'Authorization: Bearer {}', jwt],
  ['a private key', '{}', `${beginKey('RSA ')}\n${keyLines(12)}\n${endKey('RSA ')}`],
  ['an OpenSSH private key', 'x\n{}\ny', `${beginKey('OPENSSH ')}\n${keyLines(6)}\n${endKey('OPENSSH ')}`],
  ['a private key in a JSON string', '{"private_key": "{}"}', `${beginKey('')}\\n${keyLines(8).replaceAll('\n', '\\n')}\\n${endKey('')}\\n`.slice(0, -2)],
  ['an age key', '{}', glue('AGE-SECRET-', 'KEY-1', upper(58))],
  ['an npm token', '//registry.example/:_authToken={}', glue('np', 'm_', randomText(36))],
  ['a legacy npm token', '//registry.example/:_authToken={}', hex(36)],
  ['a PyPI token', 'password = {}', glue('py', 'pi-', randomText(120))],
  ['a SendGrid key', '{}', glue('S', 'G.', randomText(22), '.', randomText(43))],
  ['a Mailgun key', '{}', glue('ke', 'y-', hex(32))],
  ['a Twilio key', "'{}'", glue('S', 'K', hex(32))],
  ['a Telegram bot token', '{}', glue(randomText(9, '123456789'), ':A', 'A', randomText(33))],
  ['a Discord bot token', '{}', `M${randomText(23)}.${randomText(6)}.${randomText(27)}`],
  ['an Azure storage key', 'DefaultEndpointsProtocol=https;AccountName=x;AccountKey={};EndpointSuffix=core', `${randomText(86)}==`],
  ['a shared access signature', 'https://x.blob.core/y?sv=2020&sig={}&se=2', `${randomText(43)}%3D`],
  ['a DigitalOcean token', '{}', glue('do', 'p_v1_', hex(64))],
  ['a Vault token', '{}', glue('hv', 's.', randomText(90))],
  ['a Databricks token', '{}', glue('da', 'pi', hex(32))],
  ['a Shopify token', '{}', glue('sh', 'pat_', hex(32))],
  ['a Linear key', '{}', glue('lin', '_api_', randomText(40))],
  ['a Figma token', '{}', glue('fi', 'gd_', randomText(43))],
  ['a Postman key', '{}', glue('PM', 'AK-', hex(24), '-', hex(34))],
  ['a Grafana token', '{}', glue('gl', 'sa_', randomText(32), '_', hex(8))],
  ['an Atlassian token', '{}', glue('ATA', 'TT3x', randomText(180))],
  ['a PostgreSQL URL', 'postgres://app:{}@db.example:5432/app', 'p4ss:w0rd!'],
  ['a MongoDB URL', 'mongodb+srv://root:{}@cluster0.example.net/?x=1', 'S3cr3tValue'],
  ['a Redis URL without a user', 'redis://:{}@127.0.0.1:6379', 'hunter2hunter2'],
  ['basic authentication', 'Authorization: Basic {}', `${randomText(28)}==`],
  ['a bearer token', "headers: { Authorization: 'Bearer {}' }", randomText(40)],
  ['a password in code', 'const dbPassword = "{}";', 'Tr0ub4dor&3'],
  ['a password with a type', "readonly password: string = '{}'", 'correct-horse-9'],
  ['a password in YAML', 'db:\n  password: {}\n', 'hunter2hunter'],
  ['a password in an env file', 'A=1\nexport DB_PASSWORD={}\nB=2', 'Zx9!kk2p'],
  ['a password in JSON', '{"password": "{}"}', 'Zx9!kk2p'],
  ['a password as an argument', 'setting("password", "{}")', 'Zx9!kk2p'],
  ['a password in XML', '<password>{}</password>', 'Zx9!kk2p'],
  ['a client secret', 'clientSecret: `{}`', randomText(32)],
  ['a password on a command line', 'mysql -h x --password={} db', 'Zx9!kk2p'],
  ['a user and password for curl', 'curl -u admin:{} https://x', 'Zx9!kk2p'],
];
