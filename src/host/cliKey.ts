// The key of RunAPI's own command line tool, offered for import once. Its file: $XDG_CONFIG_HOME/runapi/config.json, else ~/.config/runapi/config.json.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const keyText = z.string().trim().min(8).max(500);
/** The field's name is not documented; these are the spellings that command line tools use. */
const configuration = z.object({ api_key: keyText.optional(), apiKey: keyText.optional(), key: keyText.optional() });

/** Undefined when there is no file or no key in it; a broken file counts as none. */
export async function readCliKey(environment: Readonly<Record<string, string | undefined>>): Promise<string | undefined> {
  const folder = environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  try {
    const parsed = configuration.parse(JSON.parse(await readFile(join(folder, 'runapi', 'config.json'), 'utf8')));
    return parsed.api_key ?? parsed.apiKey ?? parsed.key;
  } catch {
    return undefined;
  }
}
