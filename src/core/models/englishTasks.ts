// Requests in English: an imperative at the start of a sentence, after the polite words around it.
import type { TaskId } from '../../shared/chatTypes.ts';

export interface TaskMatch {
  readonly task: TaskId;
  readonly matched: string;
}

export function englishTask(sentence: string): TaskMatch | undefined {
  const plain = sentence.toLowerCase().replaceAll('’', "'");
  for (const clause of clausesOf(plain)) {
    const found = matchClause(clause);
    if (found) return found;
  }
  return undefined;
}

function matchClause(clause: string): TaskMatch | undefined {
  const request = withoutPoliteness(clause);
  if (negation.test(request)) return undefined;
  for (const [task, patterns] of requests) {
    for (const pattern of patterns) {
      const match = pattern.exec(request);
      if (match) return { task, matched: match[1] ?? match[0] };
    }
  }
  return undefined;
}

/** "Don't refactor, just explain": each clause is looked at on its own, the first that is a request decides. */
function clausesOf(sentence: string): readonly string[] {
  return sentence.split(/[,;:]\s+|\s+[-–—]\s+|\s+(?:and then|but|then)\s+/).map((clause) => clause.trim()).filter((clause) => clause !== '');
}

const politeness = /^(?:(?:hi|hey|hello|ok|okay|so|now|then|also|and|next|first|finally|well|great|thanks|sure|yes|alright)\b[,!]?|please|pls|kindly|just|quickly|simply|instead|(?:can|could|would|will) (?:you|u)(?: please| kindly| maybe| possibly| perhaps)?(?: be able to)?(?: mind)?|i(?:'d| would)? (?:want|like|need|love) (?:you )?to|i(?:'d| would)? (?:want|like|need|love) for you to|let'?s|help me(?: to)?|go ahead and|try to|(?:your|the) task is to|you (?:should|need to|must)|we (?:need|have) to|i'?m asking you to|it would be (?:great|nice) if you (?:could )?)\s+/;

function withoutPoliteness(clause: string): string {
  let rest = clause;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(politeness, '');
  }
  return rest;
}

const negation = /^(?:do not|don'?t|never|no need|not|without|avoid|stop|instead of|rather than)\b(?! from)/;

/** A thing in code, so that "simplify your answer" or "convert 5 miles" ask for nothing here. */
const codeThing = String.raw`(?:code|functions?|methods?|class(?:es)?|modules?|components?|files?|hooks?|services?|helpers?|logic|conditions?|conditionals?|loops?|queries|query|handlers?|controllers?|interfaces?|types?|implementation|codebase|project|package|script|tests?|api|endpoints?|reducers?|selectors?|it|this|these|that|them|everything|selection|\w+\.\w{1,5})`;
const testKinds = String.raw`(?:unit|integration|e2e|end-to-end|regression|snapshot|property(?:-based)?|edge[- ]case|smoke|component|api|jest|vitest|mocha|pytest|junit|go|rust|python|basic|simple|comprehensive|thorough|good|proper|parameteri[sz]ed|table-driven|missing|additional|extra|failing|useful|meaningful|automated)`;
const amount = String.raw`(?:me |us )?(?:a |an |some |the |more |few |a few |several |couple of |set of |new |any |all )*`;
const testNoun = String.raw`(?:tests?|specs?|test[- ](?:cases?|suites?|files?|code|coverage))`;
/** "Add a test button" is about a button. */
const notCompound = String.raw`(?! (?:button|page|user|account|data|server|environment|database|plan|folder|directory|script|id|attribute|runner|framework|command|dependency|dependencies|library|bench|results?|output|report)\b)`;
const docNoun = String.raw`(?:jsdocs?|tsdocs?|docstrings?|javadocs?|rustdocs?|xml ?docs?|doc(?:umentation)? comments?|(?:inline |code |block )?comments(?! (?:section|table|api|endpoint|page|feature|list|field|form|box|model))|documentation|docs|(?:a )?comment (?:to|above|explaining|describing|for|on)|(?:a )?readme)`;
const author = String.raw`(?:write|add|generate|create|implement|produce|build|draft|extend|improve|complete|prepare)`;

const requests: readonly (readonly [TaskId, readonly RegExp[]])[] = [
  ['commit', [
    new RegExp(String.raw`^((?:${author}|suggest|propose|give|compose|make|come up with|summari[sz]e)\b[^.]{0,60}\bcommit (?:message|msg))`),
    /^(commit (?:message|msg))(?: (?:for|of|please)\b|$)/,
  ]],
  ['tests', [
    new RegExp(String.raw`^(${author} ${amount}(?:${testKinds}[ ,]+(?:and )?)*${testNoun})\b${notCompound}`),
    new RegExp(String.raw`^((?:cover|back)\b[^.]{0,60}\bwith ${amount}(?:${testKinds} )*tests?)\b`),
    /^((?:increase|improve|raise|extend|add) (?:the |our |my )?(?:test |code )?coverage)\b/,
    new RegExp(String.raw`^((?:more |some |a few )?(?:${testKinds} )*(?:tests|test cases))(?: (?:for|covering)\b| please\b)`),
    /^((?:i|we) (?:need|want) (?:some |more |a few )?(?:unit |integration |e2e )?tests) for\b/,
  ]],
  ['review', [
    /^((?:code[- ])?review)\s+(?!(?:the |my |this |our )?(?:essay|e-?mail|letter|resume|cv|conversation|discussion|chat|proposal|requirements|what|whether|how)\b)/,
    /^((?:code[- ])?review)(?: please)?$/,
    /^(check (?:if|whether) (?:there (?:are|is) |you (?:see|find) )?(?:any |a |some )*(?:bugs?|issues?|problems?|mistakes?|vulnerabilit\w+))\b/,
    /^(?:do|perform|give|start|run|conduct|make)\b (?:me )?(?:a |an )?((?:\w+ )?(?:code )?review)\b/,
    /^(?:give|share)\b (?:me )?(?:your |some )?(feedback (?:on|about) (?:this|my|the|these|our) (?:code|function|class|pr|pull request|diff|changes?|implementation|module|file))/,
    /^((?:check|inspect|examine|audit|scan|look (?:over|through|at)|go (?:over|through))\b[^.]{0,80}\bfor (?:any |possible |potential |obvious |security |hidden )*(?:bugs?|issues?|problems?|errors?|mistakes?|vulnerabilit\w+|races?|race conditions?|leaks?|smells?|security))/,
    /^((?:find|spot|list|identify|point out|look for) (?:me )?(?:any |all |the |possible |potential |hidden |security )*(?:bugs|issues|problems|mistakes|vulnerabilities|code smells|race conditions|memory leaks))\b/,
    /^((?:audit|critique)) (?:the|this|my|our|these) /,
    /^(look over) (?:this|my|the|these|our) (?:code|changes?|diff|pr|pull request|commit|patch|branch)\b/,
  ]],
  ['refactor', [
    /^(refactor|restructure|reorgani[sz]e|re-?architect|moderni[sz]e|decouple|de-?duplicate|modulari[sz]e)\b/,
    /^(?:do|perform|start|make|apply)\b (?:a |an |some |the )?((?:\w+ )?refactor(?:ing|s)?)\b/,
    new RegExp(String.raw`^((?:simplify|clean ?up|tidy(?: up)?|streamline)) (?:(?:the|this|that|my|our|these|those|all|up) )*(?:[\w.]+ ){0,3}?${codeThing}\b(?! (?:answer|explanation|text|wording|sentence|question|message|page))`),
    /^(extract)\b[^.]{0,80}\b(?:functions?|methods?|class(?:es)?|modules?|components?|hooks?|interfaces?|helpers?|constants?|variables?|files?|services?|types?)\b/,
    new RegExp(String.raw`^((?:split|break|pull|separate))\b (?:up |apart |out )?[^.]{0,60}\b(?:${codeThing})\b[^.]{0,60}\b(?:into|up|apart|out)\b`),
    /^(rename)\b [^.]{1,80}\b(?:to|everywhere|across|throughout)\b/,
    /^(move)\b [^.]{1,80}\b(?:to|into)\b[^.]{0,40}\b(?:file|module|class|package|folder|directory|component|hook|helper|service)s?\b/,
    /^((?:convert|migrate|port|rewrite|change|turn))\b [^.]{1,80}\b(?:to|into|using|from|with|as)\b[^.]{0,40}\b(?:promises?|async|await|async\/await|callbacks?|class(?:es)?|hooks?|functional|components?|typescript|javascript|esm|es modules|commonjs|modules?|interfaces?|enums?|generics|react|vue|svelte|python|java|kotlin|rust|go|swift|composition|strategy|dependency injection|pattern|guard clauses|early returns?|streams?|iterators?|generators?|reduce|map)\b/,
    /^(inline) (?:the|this|that|these) [\w ]{0,30}(?:function|variable|method|constant|helper)s?\b/,
    /^(rewrite)\b [^.]{1,60}\b(?:more (?:readable|maintainable|modular|testable|idiomatic)|cleaner|simpler)\b/,
    /^(improve) (?:the |its |this |my |our )*(?:[\w.]+ ){0,3}?(?:structure|readability|maintainability|code quality|design)\b/,
    /^((?:remove|delete|eliminate|reduce|get rid of) (?:the |this |all |any )*(?:duplicat\w+|code duplication|dead code|nesting|coupling))\b/,
    /^(make) (?:the|this|my|our|that|it)\b[^.]{0,40}\b(?:more (?:readable|maintainable|modular|testable|idiomatic|reusable)|cleaner)\b/,
  ]],
  ['fix', [
    /^(fix|debug|repair)\s+(?!(?:my |the |this )?(?:grammar|spelling|english|wording|sentence|e-?mail|essay|letter)\b)\S/,
    /^(fix|debug)(?: please)?$/,
    /^((?:resolve|solve|correct|patch|eliminate|get rid of|remove|clear)\b [^.]{0,60}\b(?:bugs?|errors?|warnings?|exceptions?|crash(?:es)?|failures?|failing|problems?|issues?|vulnerabilit\w+|memory leaks?|race conditions?|deadlocks?|merge conflicts?|conflicts?|regressions?))\b/,
    /^(make)\b [^.]{0,60}\b(?:tests?|build|code|ci|types?|it|this|project|suite)\b[^.]{0,20}\b(?:pass|compile|green|build|work again)\b/,
    /^(?:find|track down|locate)\b [^.]{0,20}(the (?:bug|cause|root cause|error|leak))\b/,
  ]],
  ['document', [
    new RegExp(String.raw`^((?:${author}|insert|put|update)\b ${amount}(?:missing |proper |good |clear |short |brief |detailed |helpful )*${docNoun})`),
    /^(document|annotate)\s+(?:(?:the|this|that|my|our|these|all|each|every)\s|it\b|them\b|\w+\.\w{1,5}\b|[\w$]+\(\))/,
  ]],
  ['explain', [
    /^(explain|clarify|describe|summari[sz]e|walk (?:me )?through|break down)\s+\S/,
    /^(explain)(?: please)?$/,
    /^((?:tell|show) me (?:what|how|why))\b[^.]{0,80}\b(?:does|do|works?|means?|is|are|happens?)\b/,
    /^((?:i need )?help (?:me )?understand(?:ing)?|understand)\b/,
    /^(i (?:do not|don'?t|can'?t|cannot) understand)\s+(?:what|how|why|this|the|that|these)\b/,
    /^(what (?:does|do|is|are)) (?:this|these|that|the (?:following|above|selected)|it)\b[^.]{0,60}\b(?:do|does|doing|mean|for|code|function|file|class|line)\b/,
    /^(what does) [\w.$()]{1,60}(?: (?:function|method|class|module|file|hook|component))? do\b/,
    /^(what(?:'s| is) (?:going on|happening)) (?:here|in (?:this|the))\b/,
    /^(how (?:does|do)) [^.]{1,60} work\b/,
  ]],
];
