import type { Span } from '#api';
import { isForWork } from '../../_shared/typeChecks.ts';

/** Scripts that make what is shipped. */
const BUILD = /^(?:build|compile|bundle|dist)(?::(?:prod|production|server|client|app|api|backend|web))?$/;
/** Tools that strip types without looking at them. */
const TRANSPILER = /(?:^|&&|;|\bnpx\s|\bbunx\s|\s)\s*(?:esbuild|tsup|swc|babel|vite\s+build|bun\s+build)(?=\s|$)/;

/** Whether a script builds with a tool that only strips types. */
export function isTranspiler(name: string, command: string): boolean {
  return (
    BUILD.test(name) && TRANSPILER.test(command) && !/--dts\b|\btsc\b|run-[sp]\b|npm-run-all|\brun\b/.test(command)
  );
}

/** The compiler, and how its failure is dropped: by `|| true` and the like, or by a `;` that goes on. */
const DROPPED =
  /\b((?:vue-)?tsc)\b(?:[^&|;"\\]|\\")*?(?=\s*(?:\|\||;))(?:(\s*\|\|\s*(?:true|:|exit 0|echo\b(?:'[^'"\\]*'|[^&|;"'\\])*))(?=\s*(?:&&(?!\s*exit\s+[1-9])|;(?!\s*exit\s+[1-9])|"))|(\s*;)(?=\s*[^\s"]))/g;

/** Places in a script where a failure of the compiler is dropped; `script` spans the text with its quotes. */
export function swallowedChecks(
  name: string,
  text: string,
  script: Span,
): readonly { readonly command: string; readonly span: Span }[] {
  const raw = text.slice(script.start, script.end);
  if (isForWork(name) || raw.length > 2000) return [];
  return [...raw.matchAll(DROPPED)].flatMap((match) => {
    const dropped = match[2] ?? match[3] ?? '';
    // Declarations alone are not what runs.
    if (/\s(?:-w|--watch|--emitDeclarationOnly)\b/.test(match[0])) return [];
    const end = script.start + match.index + match[0].length;
    const blanks = dropped.length - dropped.trimStart().length;
    return [{ command: match[1] ?? '', span: { start: end - dropped.length + blanks, end } }];
  });
}
