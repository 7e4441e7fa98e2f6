// Made by hostExtension.ts while bundling: the suites of hostTests/suites.
declare module 'host-suites' {
  import type { HostSuite } from './hostSuite.ts';

  export const hostSuites: readonly HostSuite[];
}
