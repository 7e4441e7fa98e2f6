// Secrets that only their name tells: `password = "…"`, DB_PASSWORD=…, "clientSecret": "…", -p…, <password>…</password>.
import { isMixed, isPlaceholder, type SecretKind } from './secretKinds.ts';

const hints = ['pass', 'pwd', 'secret', 'token', 'credential', 'salt', 'key'] as const;

/** The end of a name: what stands before it does not matter ("dbPassword", "STRIPE_SECRET_KEY"). */
const name = '(pass(?:word|wd|phrase|code)?|pwd|secret(?:[_-]?(?:access)?[_-]?key)?|(?:auth|access|refresh|bearer|session|api|bot|id|csrf|deploy|private|personal)?[_-]?token|api[_ -]?key|(?:access|auth|private|encryption|signing|master|cookie|account|shared|license)[_-]?key|credentials?|salt)(?:s|[_-]?(?:value|hash|base64|b64|prod|production|staging|dev|live|test|\\d{1,2}))?';
const assign = '["\'`\\]]{0,3}(?:\\s{0,20}:\\s{0,3}[A-Za-z<>]{1,20})?\\s{0,20}(?:=>|:=|\\?\\?=|\\|\\|=|[:=]|,)\\s{0,20}';

export const namedSecretKinds: readonly SecretKind[] = [
  { name: 'password', hints, pattern: new RegExp(`${name}${assign}(?:[a-zA-Z]{1,2})?(["'\`])([^"'\`\\r\\n]{4,500})\\2`, 'gi'), accept: acceptQuoted },
  { name: 'password', hints, pattern: new RegExp(`(?<=^|[\\n\\r;{,]|export |set |ENV |ARG )[ \\t]{0,40}-?[ \\t]{0,4}[A-Za-z0-9_.-]{0,80}?${name}[ \\t]{0,20}[=:][ \\t]{0,20}([^\\s"'\`;,<>(){}\\[\\]]{4,500})(?=[ \\t]*(?:$|[\\r\\n;#]))`, 'gi'), accept: acceptBare },
  { name: 'password', hints: ['<'], pattern: /<(pass(?:word|wd|phrase)?|secret|token|api-?key)>([^<>\s]{4,200})<\//gi, accept: acceptQuoted },
  { name: 'password', hints: ['--pass', '-u ', '--user', '--token'], pattern: /(?<=\s)--?(?:(pass(?:word|phrase)?|token|secret|api-?key)[= ]|(?:u|user)[= ]["']?[^\s:"']{1,60}:)([^\s"'$`]{4,200})/gi, accept: acceptQuoted },
];

function acceptQuoted(secret: string, match: RegExpExecArray): boolean {
  // Behind a comma it may be the next name of a list as well as a value.
  if (!isMixed(secret) && match[0].slice(0, -secret.length).includes(',')) return false;
  return acceptValue(match[1] ?? 'password', secret) && !/\s/.test(secret.trim()) && !/\$\{|#\{|\{\{/.test(secret);
}

/** Without quotes it may be code: a name, a call, a type. */
function acceptBare(secret: string, match: RegExpExecArray): boolean {
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(secret) || (/^[A-Za-z_$][\w$]*$/.test(secret) && !isMixed(secret))) return false;
  return acceptValue(match[1] ?? 'password', secret);
}

/** Passwords may be words; what is called a token or a key is masked only when it looks generated, since parsers have tokens too. */
function acceptValue(name: string, secret: string): boolean {
  if (isPlaceholder(secret) || isProse(secret) || /^(?:[\^~>=v]{0,2}\d+(?:\.\d+)+[\w.-]*$|https?:\/\/|\/|\.{1,2}\/|[\w-]+\.(?:json|ya?ml|ts|js|py|pem|key|txt)$)/.test(secret)) return false;
  if (/^(?:pass|pwd|credential)/i.test(name)) return secret.length >= 6 && (/[^a-z_-]/.test(secret) || secret.length >= 12) && !/^[A-Z][a-z]+$|^[a-z]+(?:[A-Z][a-z]+)+$|^[A-Z][A-Z_]+$|^[a-z]+([.:_-][a-z]+)+$/.test(secret);
  return secret.length >= 12 && isMixed(secret);
}

/** Text in another script, and Names-Of-Headers. */
function isProse(value: string): boolean {
  return /[^\P{L}\p{Script=Latin}]/u.test(value) || /^[A-Z][a-z]+(?:-[A-Z][a-z]+)+$/.test(value);
}
