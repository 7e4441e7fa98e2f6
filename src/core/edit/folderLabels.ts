// What the folders of a workspace are called in paths: by their names, and where two have one name by as much of their places as tells them apart.

export interface NamedFolder {
  readonly name: string;
  /** Of its URI. */
  readonly path: string;
}

export function folderLabels(folders: readonly NamedFolder[]): readonly string[] {
  return folders.map((folder) => {
    const namesakes = folders.filter((other) => other !== folder && other.name === folder.name);
    return namesakes.length === 0 ? folder.name : distinctEnd(folder, namesakes);
  });
}

function distinctEnd({ path }: NamedFolder, namesakes: readonly NamedFolder[]): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (let count = 2; count < segments.length; count++) {
    const end = segments.slice(-count).join('/');
    if (!namesakes.some((other) => other.path.replace(/\/$/, '').endsWith(`/${end}`))) return end;
  }
  return segments.join('/');
}
