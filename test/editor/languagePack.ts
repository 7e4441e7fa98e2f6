import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes VS Code take `locale` as its display language, as an installed language pack does. The pack holds no sentences: our extension is
 * shown in the language, the workbench itself stays English. The real packs are in a marketplace that a test cannot depend on.
 */
export async function writeLanguagePack(dataFolder: string, locale: string): Promise<void> {
  const translations = join(dataFolder, `language-${locale}.json`);
  const packs = {
    [locale]: {
      hash: `test-${locale}`,
      label: locale,
      extensions: [{ extensionIdentifier: { id: `runapi.language-${locale}` }, version: '1.0.0' }],
      translations: { vscode: translations },
    },
  };
  await mkdir(dataFolder, { recursive: true });
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(join(dataFolder, 'languagepacks.json'), JSON.stringify(packs));
}
