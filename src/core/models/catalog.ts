// What a model can do, by its family: the catalogue moves, so any id has an answer, and an unknown one a careful answer.

export interface ModelCapabilities {
  /** Tokens that input and output may have together. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly thinking: boolean;
  readonly images: boolean;
  /** The shortest prefix that prompt caching takes. */
  readonly cacheMinTokens: number;
}

export interface ModelIdentity {
  /** One spelling for all: "claude-opus-4.8", without snapshot date and vendor prefix. */
  readonly id: string;
  readonly family?: 'opus' | 'sonnet' | 'haiku';
  /** "4.8" as 4.8; absent when the id does not say. */
  readonly version?: number;
}

/** "anthropic/claude-haiku-4-5-20251001" is "claude-haiku-4.5". */
export function identifyModel(model: string): ModelIdentity {
  const bare = model.trim().toLowerCase().replace(/^.*\//, '').replace(/[:@].*$/, '').replace(/-(?:20\d{6}|20\d\d-\d\d-\d\d|latest)$/, '');
  const claude = /^claude-(opus|sonnet|haiku)-(\d{1,2})(?:[.-](\d{1,2}))?(?:-[a-z]\w*)*$/.exec(bare) ?? reversed(bare);
  if (!claude) return { id: bare };
  const [, family, major, minor] = claude;
  const version = minor === undefined ? String(major) : `${major}.${minor}`;
  // Proof: the pattern has just these three.
  return { id: `claude-${family}-${version}`, family: family as 'opus' | 'sonnet' | 'haiku', version: Number(version) };
}

/** Before Claude 4 the number stood first: "claude-3-5-sonnet". */
function reversed(bare: string): readonly (string | undefined)[] | undefined {
  const match = /^claude-(\d)(?:[.-](\d))?-(opus|sonnet|haiku)$/.exec(bare);
  return match ? [match[0], match[3], match[1], match[2]] : undefined;
}

export function capabilitiesOf(model: string): ModelCapabilities {
  const { family, version = 0 } = identifyModel(model);
  if (family === undefined) return unknownModel;
  const isOld = version < 4;
  return {
    contextTokens: 200_000,
    maxOutputTokens: isOld ? (version >= 3.5 ? 8_192 : 4_096) : family === 'opus' && version < 4.5 ? 32_000 : 64_000,
    thinking: isOld ? version === 3.7 : family !== 'haiku' || version >= 4.5,
    images: true,
    cacheMinTokens: family === 'haiku' || (family === 'opus' && version >= 4.5) ? 4_096 : 1_024,
  };
}

/** Small enough for any model of the last years; a gateway that offers more is used a little less, never refused. */
const unknownModel: ModelCapabilities = { contextTokens: 128_000, maxOutputTokens: 16_384, thinking: true, images: true, cacheMinTokens: 1_024 };

/** "Opus 4.8"; an unknown id stays as it is. */
export function displayName(model: string): string {
  const { family, version } = identifyModel(model);
  if (family === undefined || version === undefined) return model;
  return `${family[0]?.toUpperCase()}${family.slice(1)} ${version}`;
}
