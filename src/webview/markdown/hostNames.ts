// Stands for the package `punycode.js` in the view's bundle (see esbuild.js): the browser encodes host names itself, 2 kB less to load.

const hostNames = {
  /** "한국.example" → "xn--3e0b707e.example". Throws for what is no host; markdown-it then leaves the address as it is. */
  toASCII: (host: string): string => (/[^ -~]/.test(host) ? new URL(`http://${host}`).hostname : host),
  /** A name that is written in its encoded form is shown so: what it spells may only look like another. */
  toUnicode: (host: string): string => host,
};

// oxlint-disable-next-line import/no-default-export -- markdown-it imports the package's default
export { hostNames as default };
