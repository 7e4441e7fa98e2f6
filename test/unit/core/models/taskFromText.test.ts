import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeGuess, taskFromText } from '../../../../src/core/models/taskFromText.ts';
import { english } from '../../../../src/core/translate.ts';
import type { TaskId } from '../../../../src/shared/chatTypes.ts';

const sentences: Readonly<Partial<Record<TaskId, readonly string[]>>> = {
  refactor: [
    'Refactor this function',
    'refactor src/parser.ts to use a state machine',
    'Can you refactor the reducer?',
    'Could you please restructure this module?',
    "Let's decouple the cache from the client",
    'please clean up this code',
    'Simplify the nested conditions in handleRequest',
    'Extract the validation into its own function',
    'Split this file into smaller modules',
    'Rename getData to fetchOrders everywhere',
    'Move the helpers into a separate file',
    'Convert these callbacks to async/await',
    'Rewrite this class as a functional component',
    'I want you to reorganize the services folder',
    'Do a refactoring of the payment code',
    'Remove the duplicated code in both handlers',
    'Make this function more readable',
    'Rewrite this function in a more readable way',
    'Improve the structure of the store',
    'Delete dead code',
    '리팩토링 좀',
    "Here is my code. It works, but it is ugly. Refactor it please.",
    "Don't write tests, refactor the parser",
    'Migrate the store from classes to hooks',
    '이 함수 리팩터링해줘',
    '이 파일을 리팩토링 해 주세요',
    '중복된 코드 제거해줘',
    '유효성 검사 로직을 별도 함수로 추출해줘',
    '이 클래스를 두 개로 분리해 주세요',
    '이 코드 좀 깔끔하게 정리해줘',
    '콜백을 async/await로 바꿔줘',
    '변수 이름을 전부 camelCase로 바꿔줘',
    '테스트 말고 리팩터링해줘',
    '이 컴포넌트 리팩토링 부탁드려요',
    '이 로직을 리팩터링해줄 수 있어?',
  ],
  tests: [
    'Write tests for this function',
    'write unit tests for src/date.ts',
    'Can you add a few unit tests?',
    'Please generate some vitest tests for the parser',
    'Add missing edge case tests',
    'Create a test suite for the cart',
    'Cover this module with tests',
    'Increase the test coverage of utils.ts',
    'Unit tests for the tokenizer please',
    'I need tests for parseDate',
    'Now write a regression test',
    "I'd like you to write integration tests for the API",
    'Extend the tests with negative numbers',
    'more tests please',
    'I want tests for this',
    'write me a unit test',
    'Would you be able to write some tests for it?',
    'Generate pytest tests',
    '이 함수 테스트 작성해줘',
    '단위 테스트 추가해 주세요',
    '테스트 코드 짜줘',
    '이 모듈에 대한 테스트 케이스를 만들어줘',
    '테스트 커버리지 좀 높여줘',
    '유닛 테스트 부탁해',
    '테스트 좀 더 작성해줄래?',
    '테스트 작성해줄 수 있어?',
  ],
  review: [
    'Review this code',
    'review my changes',
    'Can you review the pull request?',
    'Do a code review of src/auth.ts',
    'Check this function for bugs',
    'Look for security vulnerabilities',
    'Find the bugs in this file',
    'Code review please',
    'Give me feedback on this implementation',
    'Audit the authentication code',
    'go over my diff for mistakes',
    'Please look over my changes',
    'Could you review?',
    'Can you check if there are any bugs in this code?',
    '변경사항 리뷰 좀',
    '이 코드 리뷰해줘',
    '변경 사항 검토해 주세요',
    '버그가 있는지 봐줘',
    '보안 문제가 있는지 확인해줘',
    '코드 리뷰 부탁드립니다',
    '버그 찾아줘',
  ],
  fix: [
    'Fix this',
    'Fix the failing test',
    'fix the type error in line 12',
    'Please debug this function',
    'Can you fix the bug where the cart is empty?',
    'Resolve the merge conflicts',
    'Make the tests pass',
    'Get rid of this warning',
    "I get an exception when I save. Fix it please",
    'Solve this error: cannot read properties of undefined',
    'Correct the off-by-one error',
    '이 버그 고쳐줘',
    '오류 수정해줘',
    '에러를 해결해 주세요',
    '타입 에러 잡아줘',
    '테스트가 통과하게 만들어줘',
    '경고 없애줘',
    '이거 좀 고쳐주세요',
  ],
  document: [
    'Document this function',
    'Add JSDoc comments to parser.ts',
    'Write docstrings for these methods',
    'Please add comments explaining the algorithm',
    'Generate documentation for the API',
    'Write a README for this project',
    'Add a comment above the loop',
    'Update the docs',
    '이 함수에 주석 달아줘',
    '문서화해줘',
    'JSDoc 추가해 주세요',
    'README 작성해줘',
    '주석 좀 자세히 달아주세요',
  ],
  explain: [
    'Explain this code',
    'explain how the scheduler works',
    'What does this function do?',
    'How does the retry logic work?',
    'Walk me through this file',
    "What's going on here?",
    'Tell me what this regex does',
    "I don't understand why this is async",
    "Don't refactor it, just explain it",
    'Summarize this module',
    'I need help understanding this function',
    '리팩터링하지 말고 설명만 해줘',
    '이게 뭔지 설명 좀',
    '이 코드 설명해줘',
    '이게 무슨 코드야?',
    '이 함수는 어떻게 동작해?',
    '뭐 하는 함수야?',
    '이 정규식의 의미를 자세히 설명해 주세요',
    '이 부분이 이해가 안 돼',
  ],
  commit: [
    'Write a commit message',
    'Generate a good commit message for these changes',
    'suggest a conventional commit message',
    'commit message please',
    'Summarize my changes as a commit message',
    '커밋 메시지 작성해줘',
    '커밋 메시지 추천해 주세요',
    '커밋 메시지 부탁해',
  ],
  chat: [
    'Hello',
    'Are there tests for the parser?',
    'How do I write tests for a React hook?',
    'Which tests are failing?',
    'What do these tests check?',
    'Where are the tests?',
    'Do the tests pass?',
    'Run the tests',
    'The test fails with a timeout',
    'Should I refactor this?',
    'Is it worth refactoring the old code?',
    'When should one refactor?',
    'I refactored the parser yesterday and now it is slow',
    'The review took two days',
    'Who reviewed this?',
    'How do I fix a merge conflict?',
    'Why does this crash?',
    'Was the bug fixed in version 2?',
    "Don't write tests",
    'Do not fix anything yet',
    'Write a function that tests whether a number is prime',
    'Add a test button to the form',
    'Create a test user in the database',
    'document.getElementById returns null',
    'Use the repository pattern',
    'Add a comments section to the page',
    'Convert 5 miles to kilometers',
    'Simplify your answer',
    'Rewrite this sentence',
    'What is the difference between a unit test and an integration test?',
    'Which model do you use?',
    'Write a function that parses dates',
    'Add a dark mode',
    'What is a good name for this variable?',
    'Review the essay I wrote',
    'What is refactoring?',
    'git commit fails with an error',
    'thanks, the fix works',
    'Can tests run in parallel?',
    'The docs say that explain is slow',
    '"refactor this" is what he said',
    '안녕',
    '테스트는 어떻게 돌려?',
    '테스트 있어?',
    '이 테스트가 왜 실패해?',
    '테스트 코드는 어디에 있어?',
    '리팩터링이 뭐야?',
    '리팩터링해야 할까?',
    '리뷰는 누가 했어?',
    '테스트 작성하지 마',
    '버그가 언제 생겼어?',
    '어떤 모델을 써?',
    '날짜를 파싱하는 함수 만들어줘',
    '다크 모드 추가해줘',
    '이 변수 이름으로 뭐가 좋을까?',
    '리팩터링했더니 느려졌어',
    '테스트 사용자 추가해줘',
    '문서는 어디에 있나요?',
    '커밋이 실패해',
    '고마워, 잘 동작해',
    '리뷰해야 해?',
    '리팩터링해도 될까?',
    '검토해봤어?',
    '코드 리뷰는 보통 어떻게 해?',
    '이 오류는 왜 나는 거야?',
    '주석은 어떻게 달아?',
    '설명서는 어디에 있어?',
    'Can you run the tests?',
    'What should the tests cover?',
    'Add test data to the database',
    'Should we write tests first?',
    'how would you refactor this?',
    'Is the documentation up to date?',
    'No need to fix it',
    "Let's not refactor yet",
    'we should refactor this at some point',
    'is there a bug in this code?',
    'Write a test plan',
    'implement a binary search',
    'add type annotations',
    '테스트 돌려줘',
    '테스트 코드 수정해줘',
    '주석 지워줘',
    '이 에러 왜 나?',
    '리팩토링 가능할까?',
  ],
};

function check(task: TaskId, sentence: string): void {
  expect(taskFromText(sentence).task, sentence).toBe(task);
}

describe('taskFromText', () => {
  for (const [task, list] of Object.entries(sentences)) {
    describe(task, () => {
      // Proof: the keys of the table are task ids.
      it.each(list)('%s', (sentence) => check(task as TaskId, sentence));
    });
  }

  it('has at least 120 sentences, in both languages', () => {
    const all = Object.values(sentences).flat();
    expect(all.length).toBeGreaterThanOrEqual(120);
    expect(all.filter((sentence) => /[가-힣]/.test(sentence)).length).toBeGreaterThanOrEqual(50);
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not read code, quotes and addresses', () => {
    check('chat', 'What is this?\n```\nrefactor this function\n```');
    check('chat', 'My colleague wrote:\n> Write tests for it\nWhat is meant?');
    check('chat', 'The label says `fix this`');
  });

  it('finds a request after a long paste', () => {
    check('tests', `${'const a = 1;\n'.repeat(2000)}\nWrite tests for this.`);
    check('refactor', `Here is the file:\n\`\`\`ts\n${'const tests = 1;\n'.repeat(20)}\`\`\`\nPlease refactor it.`);
  });

  it('names what it matched, shortened', () => {
    expect(taskFromText('Please clean up this code').matched).toBe('clean up');
    expect(taskFromText('Hello').matched).toBeUndefined();
    expect(taskFromText(`check ${'the very '.repeat(6)}long code for bugs`).matched).toBe('check the very the very the very the ve…');
  });

  it('takes no time, also for hostile text', () => {
    const texts = [
      ...Object.values(sentences).flat(),
      'please '.repeat(300), 'add a '.repeat(400), '테스트 '.repeat(500), '코드 '.repeat(700), 'check '.repeat(400),
      `${'write the more '.repeat(200)}tests`, '`'.repeat(3000), '"a'.repeat(1500), 'a, '.repeat(1000), '\n'.repeat(5000), 'x'.repeat(1_000_000),
    ];
    // A few tenths of a millisecond each: what takes longer meets the runner's limit of 5 s, which is the judge, not a stopwatch.
    for (const text of texts) for (let round = 0; round < 100; round++) expect(taskFromText(text)).toEqual(taskFromText(text));
  });

  it('never throws and always names a task', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(taskFromText(text).task).toMatch(/^[a-z]+$/);
    }));
  });
});

describe('describeGuess', () => {
  it.each([
    ['refactor this', 1, 'you asked to refactor 1 file (“refactor”)'],
    ['refactor this', 3, 'you asked to refactor 3 files (“refactor”)'],
    ['write tests', 0, 'you asked for tests of code (“write tests”)'],
    ['review it', 2, 'you asked for a review of 2 files (“review”)'],
    ['fix it', 0, 'you asked to fix code (“fix”)'],
    ['document it', 0, 'you asked to document code (“document”)'],
    ['explain it', 1, 'you asked to explain 1 file (“explain”)'],
    ['commit message please', 0, 'you asked for a commit message (“commit message”)'],
    ['hello', 2, 'reads as a conversation'],
  ])('%s, %d files', (text, files, reason) => {
    expect(describeGuess(taskFromText(text), files, english)).toBe(reason);
  });
});
