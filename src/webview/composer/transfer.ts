// What a paste or a drop carries: images, or files of the editor by address.

export function imagesOf(transfer: DataTransfer | null): readonly File[] {
  return [...(transfer?.items ?? [])].flatMap((item) => {
    const file = item.kind === 'file' && item.type.startsWith('image/') ? item.getAsFile() : null;
    return file === null ? [] : [file];
  });
}

/** The editor's tree and tabs give a list of addresses in one of these forms. */
export function urisOf(transfer: DataTransfer | null): readonly string[] {
  if (transfer === null) return [];
  const list = transfer.getData('application/vnd.code.uri-list') || transfer.getData('text/uri-list');
  const uris = list === '' ? parseResourceUrls(transfer.getData('ResourceURLs')) : list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return uris.filter((uri) => uri.length <= 4_000).slice(0, 50);
}

function parseResourceUrls(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}

export function carriesContext(transfer: DataTransfer | null): boolean {
  const types = (transfer?.types ?? []).map((type) => type.toLowerCase());
  return ['application/vnd.code.uri-list', 'text/uri-list', 'resourceurls', 'files'].some((type) => types.includes(type));
}
