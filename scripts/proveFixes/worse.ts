import { parseFormat } from '#engine/formats/index.ts';
import { documentKind } from '#engine/workspace/documentKind.ts';
import { compilerSays } from './compilerSays.ts';

/** What is wrong with a document after a fix that was not wrong before. */
export function worse(path: string, before: string, after: string): readonly string[] {
  const kind = documentKind(path);
  if (kind === undefined) return [];
  if (kind.type === 'source') return added(compilerSays(path, before), compilerSays(path, after));
  const problems = (text: string) => parseFormat(kind.language, text).problems.map(({ message }) => message);
  return added(problems(before), problems(after));
}

/** Those of the second list that the first does not account for, one by one. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = [...before];
  return after.filter((problem) => {
    const at = known.indexOf(problem);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}
