import { type DockerDocument, spanInArgument } from '#api';
import { finalImage } from '../../_shared/delivery/stages.ts';
import type { UncheckedStep } from './unchecked.ts';

/** Longer scripts are not read. */
const MAX_SCRIPT = 4000;

/** `a & b` behind a shell: one process in the background, of whose end nobody hears. */
export function backgroundProcesses(document: DockerDocument): readonly UncheckedStep[] {
  const image = finalImage(document);
  return ['ENTRYPOINT', 'CMD'].flatMap((kind) => {
    const instruction = image?.instructions.findLast(({ keyword }) => keyword === kind);
    if (instruction === undefined) return [];
    const { exec, argument } = instruction;
    if (exec !== undefined && !/^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/.test(exec[0] ?? '')) return [];
    const script = exec === undefined ? argument : (exec.at(-1) ?? '');
    if (script.length > MAX_SCRIPT) return [];
    const bare = script.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
    const first = /(?:^|[;&|({]\s*)([\w./-]+)(?=[^;&|]*(?<![<>&])&(?![&>]))/.exec(bare)?.[1];
    // Whoever waits for the first that ends looks after them.
    if (first === undefined || /\bwait\s+-n\b|\btrap\b|&\s*$/.test(bare) || !/&\s*[\w./(]/.test(bare)) return [];
    const span = spanInArgument(instruction, 0, argument.trimEnd().length);
    return [{ span, message: 'background', command: first, cut: undefined }];
  });
}
