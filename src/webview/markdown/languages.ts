// The languages that code is coloured in. Others are shown in one colour. A grammar that holds another one stands for both: TypeScript's for
// JavaScript, C++'s for C.
import type { HLJSApi, LanguageFn } from 'highlight.js';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { cssGrammar } from './cssGrammar.ts';

const grammars: Readonly<Record<string, LanguageFn>> = {
  bash, cpp, csharp, css: cssGrammar, dart, diff, dockerfile, elixir, go, graphql, ini, java, json, kotlin, lua, makefile,
  markdown, php, powershell, python, ruby, rust, scala, shell, sql, swift, typescript, xml, yaml,
};

/** Names that models use and the grammars do not list themselves. */
const aliases: Readonly<Record<string, string>> = {
  c: 'cpp', h: 'cpp', javascript: 'typescript', js: 'typescript', jsx: 'typescript', mjs: 'typescript', cjs: 'typescript', vue: 'xml', svelte: 'xml', astro: 'xml', jsonl: 'json', env: 'bash', dotenv: 'bash', gitignore: 'bash', terminal: 'shell', powershell7: 'powershell', typescriptreact: 'typescript', javascriptreact: 'typescript',
};

export function registerLanguages(highlighter: HLJSApi): void {
  for (const [name, grammar] of Object.entries(grammars)) highlighter.registerLanguage(name, grammar);
  for (const [alias, name] of Object.entries(aliases)) highlighter.registerAliases(alias, { languageName: name });
}
