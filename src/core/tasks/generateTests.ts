import { joinParts, proseRule, systemPrompt, userMessage, type EditPromptContext, type TaskPrompt } from './taskPrompt.ts';
import type { TestFramework } from './testFrameworks.ts';
import type { TestPlace } from './testPlace.ts';

export interface TestsRequest extends EditPromptContext {
  readonly framework: TestFramework;
  readonly place: TestPlace;
  /** What is to be tested: "src/price.ts", "`roundUp` in src/price.ts". */
  readonly target: string;
}

export function generateTestsPrompt(request: TestsRequest): TaskPrompt {
  const { place } = request;
  return {
    system: systemPrompt('generate tests', [
      'You write the tests that a careful colleague would: what the code promises, its edges, its failures. Each test can fail, has one reason, and reads its intent from its name. No test of private details, no sleeps, no network, no snapshot of what a person would not review.',
      'Test the code as it is. Where it is wrong, write the test for what is right and mark it with a comment.',
      'Imports, helpers, naming and layout follow the neighbour test when one is given.',
      proseRule(request.replyLanguage),
      request.editFormat,
    ]),
    messages: [
      userMessage(
        request,
        joinParts(
          `Write tests for ${request.target} with ${frameworkNames[request.framework]}.`,
          place.inSource ? `They go into ${place.path} itself, in its test module; add one at the end if there is none.` : place.exists ? `Extend ${place.path}, which is given: keep its tests, add what is missing.` : `They go into the new file ${place.path}. Write the whole file.`,
          place.neighbour === undefined || place.neighbour === place.path ? undefined : `Imitate ${place.neighbour}.`,
        ),
      ),
    ],
  };
}

export const frameworkNames: Readonly<Record<TestFramework, string>> = {
  vitest: 'Vitest', jest: 'Jest', mocha: 'Mocha', 'node-test': 'node:test', bun: 'bun:test', deno: 'Deno.test', ava: 'AVA', jasmine: 'Jasmine',
  pytest: 'pytest', unittest: 'unittest', go: 'go test', junit: 'JUnit', cargo: 'cargo test', rspec: 'RSpec', minitest: 'Minitest', phpunit: 'PHPUnit', dotnet: 'dotnet test',
};
