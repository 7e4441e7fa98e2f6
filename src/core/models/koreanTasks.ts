// Requests in Korean: the verb stands at the end, so a task's noun or verb is looked for before an ending that asks ("해줘", "부탁해요").
import type { TaskId } from '../../shared/chatTypes.ts';
import type { TaskMatch } from './englishTasks.ts';

export function koreanTask(sentence: string): TaskMatch | undefined {
  const request = withoutExcluded(sentence.toLowerCase());
  if (refusal.test(request)) return undefined;
  for (const [task, patterns] of requests) {
    for (const pattern of patterns) {
      const match = pattern.exec(request);
      if (match) return { task, matched: match[1] ?? match[0] };
    }
  }
  return undefined;
}

/** "테스트 말고 리팩터링해줘": what comes before 말고 is what the user does not want. */
function withoutExcluded(sentence: string): string {
  return sentence.replace(/^.*?(?:하지\s*)?(?:말고|대신(?:에)?|빼고)\s*/, '');
}

const refusal = /(?:지\s*마(?:세요|라|요|$|\s)|지\s*말아|필요\s*없|안\s*해도|하지\s*않아도)/;

/** Endings that ask for an action. "줄 수 있어?" asks, "할 수 있어?" and "어떻게 해?" only want to know. */
const asks = String.raw`(?:\s*(?:해|하여)?\s*(?:줘|줄래|줄\s*수|주세요|주실|주십시오|주시|주라|주면|줬으면|주길|주겠|달라|다오|드려|봐\s*줘|봐\s*주|봐라|보자|봐요?$|부탁|바람|바랍|요청|ㄱㄱ|$))`;
const doIt = String.raw`(?:(?:\s*(?:을|를|좀|도|만|한번|한\s*번|다시|빨리|같이|전부|모두))*\s*(?:(?:진행\s*)?해${asks}|하자|하시오|할\s*것|부탁|요청|필요해|받고\s*싶|받을\s*수)|\s*(?:을|를)?\s*좀\s*$)`;
const particle = String.raw`(?:\s*(?:을|를|도|좀|만|들|들을|들도))*`;
const briefly = String.raw`.{0,14}?`;
const codeThing = String.raw`(?:코드|함수|메서드|메소드|클래스|모듈|파일|컴포넌트|훅|로직|구조|인터페이스|서비스|핸들러|조건문|반복문|쿼리|이거|이걸|이것|여기|얘|중복|부분|선택|[a-z_$][\w$]*(?:\.\w{1,5})?)`;

const requests: readonly (readonly [TaskId, readonly RegExp[]])[] = [
  ['commit', [
    new RegExp(String.raw`(커밋\s*(?:메시지|메세지|멘트|로그)${particle})${briefly}(?:작성|써|만들|만들어|생성|추천|제안|뽑아|정해|적어)${asks}`),
    new RegExp(String.raw`(커밋\s*(?:메시지|메세지|멘트))${particle}\s*(?:부탁|줘|주세요|$)`),
  ]],
  ['tests', [
    new RegExp(String.raw`(테스트(?:\s*(?:코드|케이스|파일|스위트))?${particle})(?:\s*(?:더|새로|꼼꼼히|간단히|먼저|몇\s*개|하나|전부|모두|모두\s*다))*\s*(?:작성|추가|만들어|생성|짜|써|보강|구현|달아|붙여)${asks}`),
    /(테스트\s*커버리지)(?:\s*(?:를|을|좀|도))*\s*(?:올려|높여|늘려)\s*(?:줘|주|봐|달)/,
    /((?:유닛|단위|통합|회귀)\s*테스트)(?:\s*(?:을|를|도|좀))*\s*(?:부탁|줘|주세요)/,
  ]],
  ['review', [
    new RegExp(String.raw`((?:코드\s*)?리뷰|검토|점검)${doIt}`),
    /((?:버그|문제|문제점|취약점|오류|실수|결함|보안\s*문제)(?:가|이|를|을|점|점이)?)\s*(?:있는지|없는지|있나|없나).{0,8}(?:봐|확인|검토|살펴|찾아|점검|체크)/,
    /((?:버그|문제점|취약점|결함|코드\s*스멜)(?:를|을|들을|들|좀|도)*)\s*(?:모두|전부|다|좀)?\s*(?:찾아|짚어|나열|지적)\s*(?:줘|주|봐|달|보)/,
    /(?:코드|변경\s*사항|변경|diff|pr)(?:을|를|좀|에\s*대한|에\s*대해)*\s*(피드백)(?:을|를|좀)*\s*(?:해|줘|주|부탁)/,
  ]],
  ['refactor', [
    new RegExp(String.raw`(리팩터링|리팩토링|리팩터|리팩토|재구성|재구조화|모듈화)${doIt}`),
    new RegExp(String.raw`${codeThing}.{0,16}?(정리|단순화|단순하게|간결하게|간단하게|깔끔하게|읽기\s*쉽게|분리|추출|쪼개|나눠|나누어)(?:\s*(?:해|하게|좀|다시|고쳐|바꿔|만들어|정리|개선|작성))*\s*(?:줘|주세요|줄래|줄\s*수|주실|주십|달라|봐\s*줘|보자|하자|부탁)`),
    new RegExp(String.raw`(?:함수|메서드|메소드|클래스|모듈|파일|컴포넌트|훅|변수|상수|헬퍼)\s*(?:\S{0,4}\s*)?(?:로|으로)\s*(추출|분리|빼|뽑아|나눠|나누어|쪼개|옮겨)\s*(?:내|서|어)?\s*(?:해)?\s*(?:줘|주|달|보자|봐)`),
    /(중복(?:된)?\s*(?:코드|로직)?(?:를|을)?)\s*(?:제거|없애|정리|합쳐)\s*(?:해)?\s*(?:줘|주|달|보자|봐)/,
    /(?:이름|변수명|함수명|클래스명|네이밍)(?:을|를|도|좀)*\s.{0,40}?(?:으로|로|전부|모두|전체|에서)\s*(바꿔|변경|수정|통일)\s*(?:해)?\s*(?:줘|주|달)/,
    /(?:타입스크립트|자바스크립트|typescript|javascript|async\s*\/?\s*await|async|promise|프로미스|클래스|함수형|훅|hooks?|esm|파이썬|python|코틀린|러스트|rust|go)\s*(?:으로|로)\s*(바꿔|변환|전환|마이그레이션|옮겨|다시\s*작성|재작성|포팅)\s*(?:해)?\s*(?:줘|주|달|보자)/,
  ]],
  ['fix', [
    /(고쳐)\s*(?:줘|줄래|줄\s*수|주세요|주실|주십|달라|봐|라$|보자)/,
    new RegExp(String.raw`((?:버그|오류|에러|문제|경고|예외|충돌|크래시|이슈|컴파일|빌드|누수|error|bug|warning)\S{0,3})${briefly}(?:수정|해결|잡아|없애|제거|디버그|디버깅|처리)${asks}`),
    /(디버깅|디버그)(?:\s*(?:을|를|좀))*\s*(?:해\s*(?:줘|주|보자|봐)|부탁)/,
    /(테스트|빌드|컴파일)(?:가|이|를|을)?\s*(?:통과|성공|되)(?:하게|되게|하도록|되도록|게)\s*(?:만들어|해|고쳐|수정)\s*(?:줘|주|달)/,
  ]],
  ['document', [
    /(문서화)(?:를|좀|도)*\s*(?:해\s*(?:줘|주|달)|부탁|진행)/,
    new RegExp(String.raw`((?:주석|독스트링|docstring|jsdoc|tsdoc|javadoc|문서|readme|리드미)${particle})(?:\s*(?:한글로|영어로|자세히|간단히|더|꼼꼼히))*\s*(?:달아|달|작성|추가|써|만들어|생성|넣어|업데이트|붙여)${asks}`),
  ]],
  ['explain', [
    /(설명)(?:을|좀|도|만)*\s*(?:해|부탁|하시오|듣고)/,
    /(설명)(?:을)?\s*좀\s*$/,
    /((?:무슨|어떤)\s*(?:코드|함수|의미|뜻|역할|일|기능|클래스))/,
    /((?:뭐|뭘|무엇을|무얼)\s*하는\s*(?:코드|함수|거|건|것|파일|클래스|부분|메서드|애))/,
    /(어떻게\s*(?:동작|작동|돌아가|굴러가))/,
    /(이해가?\s*(?:안|잘\s*안|되지))/,
    /(요약)(?:을|좀|도)*\s*(?:해\s*(?:줘|주|달)|부탁)/,
  ]],
];
