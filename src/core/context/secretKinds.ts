// The shapes of secrets. Every pattern begins at a place where its own characters end (a look-behind) or has bounded repeats, so that no
// text is read twice: the scan is linear. `hints` are literals of which one must occur before the pattern is tried at all.

export interface SecretKind {
  /** Stands in the mask: "github-token". */
  readonly name: string;
  /** Compared with the lower-cased text. */
  readonly hints: readonly string[];
  /** Global; its first group, where there is one, is the secret. */
  readonly pattern: RegExp;
  /** Whether what was found is one, where the shape alone does not tell. */
  readonly accept?: (secret: string, match: RegExpExecArray) => boolean;
}

export const secretKinds: readonly SecretKind[] = [
  { name: 'private-key', hints: ['private key'], pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s:,\\"'`;()_.>|-](?!----BEGIN)){16,20000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g, accept: (secret) => /(?:-----|[\s"'])[A-Za-z0-9+/=]{16}/.test(secret.slice(20).replaceAll('\\n', '\n').replaceAll('\\r', '')) },
  { name: 'private-key', hints: ['private key'], pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\s"'+]|\\[nr]){0,200}((?:[A-Za-z0-9+/=]{16,}(?:[\s"',]|\\[nr]){0,200})+)/g },
  { name: 'private-key', hints: ['putty-user-key-file', 'private-lines'], pattern: /Private-Lines: \d{1,4}\r?\n((?:[A-Za-z0-9+/=]{4,100}\r?\n?)+)/g },
  { name: 'age-key', hints: ['age-secret-key-1'], pattern: /(?<![A-Z0-9-])AGE-SECRET-KEY-1[A-Z0-9]{58}/g },
  { name: 'aws-key-id', hints: ['akia', 'asia', 'abia', 'acca', 'a3t'], pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { name: 'aws-secret', hints: ['aws', 'secret'], pattern: /(?<![a-z0-9])(?:aws|amazon|s3)?[_-]?secret[_-]?(?:access)?[_-]?key(?:[_-]?id)?["'\]]{0,3}\s{0,5}(?:=>|:=|[:=])\s{0,5}["'`]?([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi },
  { name: 'github-token', hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], pattern: /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255})/g },
  { name: 'gitlab-token', hints: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-', 'gloas-', 'glimt-', 'gr1348941'], pattern: /(?<![A-Za-z0-9_-])(?:gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt)-[A-Za-z0-9_-]{20,300}|GR1348941[A-Za-z0-9_-]{20,100})/g },
  { name: 'slack-token', hints: ['xox', 'xapp-', 'xwfp-'], pattern: /(?<![A-Za-z0-9-])(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[A-Za-z0-9-]{10,250}/g },
  { name: 'webhook', hints: ['hooks.slack.com', 'discord.com/api/webhooks', 'discordapp.com/api/webhooks', '.webhook.office.com', 'outlook.office.com/webhook'], pattern: /(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/|office\.com\/webhookb?2?\/)([A-Za-z0-9_/@-]{20,300})/g },
  { name: 'stripe-key', hints: ['k_live_', 'k_test_', 'whsec_'], pattern: /(?<![A-Za-z0-9_])(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,250}|whsec_[A-Za-z0-9+/=]{24,250})/g },
  { name: 'google-key', hints: ['aiza', 'ya29.', 'gocspx-', '1//0'], pattern: /(?<![A-Za-z0-9_-])(?:AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])|ya29\.[A-Za-z0-9_-]{20,1000}|GOCSPX-[A-Za-z0-9_-]{20,60}|1\/\/0[A-Za-z0-9_-]{30,200})/g },
  { name: 'runapi-key', hints: ['runapi'], pattern: /(?<![A-Za-z0-9_-])(?:sk[-_])?runapi[-_](?=[A-Za-z0-9_-]{0,60}\d)[A-Za-z0-9_-]{16,200}/gi },
  { name: 'api-key', hints: ['sk-', 'sk_', 'gsk_', 'xai-', 'pplx-', 'r8_', 'fw_', 'rk-', 'csk-', 'tgp_v1_', 'nvapi-'], pattern: /(?<![A-Za-z0-9_-])(?:sk-(?:ant|proj|svcacct|admin|or|runapi|local)?-?|sk_|gsk_|xai-|pplx-|r8_|fw_|rk-|csk-|tgp_v1_|nvapi-)(?=[A-Za-z_-]{0,200}\d)(?=[0-9_-]{0,200}[A-Za-z])[A-Za-z0-9_-]{20,300}/g },
  { name: 'hugging-face-token', hints: ['hf_', 'api_org_'], pattern: /(?<![A-Za-z0-9_])(?:hf|api_org)_[A-Za-z0-9]{30,100}/g },
  { name: 'jwt', hints: ['eyj'], pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.(?:eyJ)?[A-Za-z0-9_-]{8,16000}\.[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{8,4000}){0,2}/g },
  { name: 'npm-token', hints: ['npm_', '_authtoken', '_auth'], pattern: /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { name: 'npm-token', hints: ['_authtoken', '_auth', '_password'], pattern: /(?<![A-Za-z0-9]):?_(?:authToken|auth|password)\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/=_-]{8,500})/g },
  { name: 'pypi-token', hints: ['pypi-'], pattern: /(?<![A-Za-z0-9_-])pypi-[A-Za-z0-9_-]{50,500}/g },
  { name: 'package-token', hints: ['rubygems_', 'dckr_pat_', 'dckr_oat_', 'cio', 'oy2'], pattern: /(?<![A-Za-z0-9_])(?:rubygems_[a-f0-9]{48}|dckr_[po]at_[A-Za-z0-9_-]{20,100}|cio[A-Za-z0-9]{32}|oy2[a-z0-9]{43})(?![A-Za-z0-9_])/g },
  { name: 'sendgrid-key', hints: ['sg.'], pattern: /(?<![A-Za-z0-9_-])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/g },
  { name: 'mail-key', hints: ['key-', 'xkeysib-', '-us'], pattern: /(?<![A-Za-z0-9_-])(?:key-[0-9a-f]{32}(?![0-9a-f])|xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}|[0-9a-f]{32}-us\d{1,2}(?!\d))/g },
  { name: 'twilio-key', hints: ['sk'], pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![0-9a-f])/g },
  { name: 'telegram-token', hints: [':aa'], pattern: /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{32,33}(?![A-Za-z0-9_-])/g },
  { name: 'discord-token', hints: ['.'], pattern: /(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}(?![A-Za-z0-9_-])/g },
  { name: 'azure-key', hints: ['accountkey', 'sharedaccess', 'sig=', 'azure'], pattern: /(?:AccountKey|SharedAccessKey|SharedAccessSignature|[?&]sig)=([A-Za-z0-9+/=%]{30,200})/gi },
  { name: 'azure-key', hints: ['8q~'], pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g },
  { name: 'cloud-token', hints: ['dop_v1_', 'doo_v1_', 'dor_v1_', 'hvs.', 'hvb.', 'hvr.', 'atlasv1', 'dapi', 'fo1_', 'flyv1', 'pul-', 'dp.', 'sbp_', 'vercel_', 'nfp_', 'hrku-', 'ltai'], pattern: /(?<![A-Za-z0-9_.-])(?:do[por]_v1_[a-f0-9]{64}|hv[sbr]\.[A-Za-z0-9_-]{20,300}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,70}|dapi[a-f0-9]{32}(?:-\d)?|fo1_[A-Za-z0-9_-]{43}|pul-[a-f0-9]{40}|dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9.]{40,60}|sbp_[a-f0-9]{40}|vercel_[A-Za-z0-9_]{20,80}|nfp_[A-Za-z0-9]{36}|HRKU-[A-Za-z0-9_-]{36,80}|LTAI[A-Za-z0-9]{16,21})(?![A-Za-z0-9_])/g },
  { name: 'service-token', hints: ['lin_api_', 'ntn_', 'secret_', 'figd_', 'pmak-', 'glsa_', 'glc_', 'atatt3', 'shpat_', 'shpca_', 'shppa_', 'shpss_', 'sntrys_', 'sntryu_', 'eaaa', 'sq0', 'pat-na1-', 'pat-eu1-', 'nrak-', 'phc_', 'phx_', 'ddp_', 'ops_', 'tskey-', 'sl.', 'patx', 'airtable', 'pat'], pattern: /(?<![A-Za-z0-9_-])(?:lin_(?:api|oauth)_[A-Za-z0-9]{32,64}|ntn_[A-Za-z0-9]{40,60}|secret_[A-Za-z0-9]{43}|figd_[A-Za-z0-9_-]{40,60}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{32,400}|ATATT3[A-Za-z0-9_=-]{60,300}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|sntry[su]_[A-Za-z0-9+/=_-]{40,400}|EAAA[A-Za-z0-9_-]{56,64}|sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,50}|pat-(?:na|eu)1-[a-f0-9-]{36}|NRAK-[A-Z0-9]{27}|ph[cx]_[A-Za-z0-9]{40,50}|ops_eyJ[A-Za-z0-9_-]{100,2000}|tskey-[a-z]{3,10}-[A-Za-z0-9-]{20,100}|pat[A-Za-z0-9]{14}\.[a-f0-9]{64})(?![A-Za-z0-9_])/g },
  { name: 'url-password', hints: ['://'], pattern: /:\/\/[^\s:@/?#"'`<>{}]{0,100}:([^\s@/"'`<>{}]{3,200})@[A-Za-z0-9[_.-]/g, accept: (secret) => !isPlaceholder(secret) },
  { name: 'authorization', hints: ['basic ', 'bearer ', 'token '], pattern: /(?<![a-z])(?:authorization["'\]]{0,3}\s{0,3}[:=,]\s{0,3}["'`]?\s{0,3})?(?:basic|bearer|token)\s{1,3}([A-Za-z0-9+/=_.~-]{20,4000})/gi, accept: (secret) => isMixed(secret) },
];

/** Values that stand for a secret: references, blanks to fill in, the word itself. */
export function isPlaceholder(value: string): boolean {
  return /^(?:\$|%|<|\{|\[|process\.|env\.|os\.|ENV|args?\.|config\.|secrets?\.|vault:|\*{3,}|x{3,}|\.{3,}|-+$|_+$)/i.test(value)
    || /^(?:(?:your|my|the|some|insert|enter|add|replace|put)[-_ ].*|change[-_ ]?(?:me|it|this)|todo|none|null|undefined|true|false|example.*|placeholder|redacted|masked|dummy|(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key|user|username)[-_]?\d{0,2}|string|required|optional|empty|hidden|\[masked.*)$/i.test(value);
}

/** Letters and digits in one word of some length: what generated secrets look like and words do not. */
export function isMixed(value: string): boolean {
  return /[A-Za-z]/.test(value) && /\d/.test(value) && new Set(value).size >= Math.min(10, value.length * 0.4);
}
