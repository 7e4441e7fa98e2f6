// Made by hostExtension.ts while bundling: the suites of hostTests/suites.
declare module 'host-suites' {
  export const hostSuites: readonly import('./hostSuite.ts').HostSuite[];
}
