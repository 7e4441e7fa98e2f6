/** As the manifest binds them, in the platform's own signs. */
export const reviewKeys = process.platform === 'darwin'
  ? { accept: '⌥Y', discard: '⌥X', acceptAll: '⌥⇧Y', escape: '⎋' }
  : { accept: 'Alt+Y', discard: 'Alt+X', acceptAll: 'Alt+Shift+Y', escape: 'Esc' };
