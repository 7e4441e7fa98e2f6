// Every fault that the local RunAPI can play, by name. Faults without a server (refused, blackhole, TLS) are in unreachable.ts.
import { connectionFaults } from './connectionFaults.ts';
import { contentFaults } from './contentFaults.ts';
import type { Fault } from './fault.ts';
import { statusFaults } from './statusFaults.ts';
import { streamFaults } from './streamFaults.ts';

export const faultTable: ReadonlyMap<string, Fault> = new Map([...statusFaults, ...contentFaults, ...streamFaults, ...connectionFaults].map((fault) => [fault.name, fault]));

export function findFault(name: string): Fault {
  const fault = faultTable.get(name);
  if (fault === undefined) throw new Error(`No fault is called "${name}". There are: ${[...faultTable.keys()].join(', ')}.`);
  return fault;
}
