import type { DataDocument } from '#api';
import { type TaskfileCommand, type TaskfileTask, taskfileTasks } from '../../_shared/delivery/taskfile.ts';
import { shownCommand, softFlags, swallowedChecks } from './commands.ts';
import { isGate, saysMayFail } from './gates.ts';
import { aroundLines, type SoftTarget } from './softRecipes.ts';

/** Finds checks in tasks of a Taskfile that cannot fail them. */
export function softInTaskfile(document: DataDocument): readonly SoftTarget[] {
  const tasks = taskfileTasks(document) ?? [];
  return tasks.flatMap((task) => (task.isConditional ? [] : softInTask(document.text, task)));
}

function softInTask(text: string, task: TaskfileTask): readonly SoftTarget[] {
  const commands = task.commands.filter(({ isConditional }) => !isConditional);
  return [
    ...ignored(text, task, commands, task.start),
    ...commands.flatMap((one) => ignored(text, one, [one], one.commands[0]?.start ?? 0)),
    ...commands.flatMap(({ commands: inside }) => [
      ...swallowedChecks(text, inside),
      ...inside.flatMap((command) => softFlags(text, command)),
    ]),
  ].flatMap(({ message, ...rest }) => (message === 'forced' ? [] : [{ ...rest, message, target: task.name }]));
}

/** `ignore_error: true` over checks, where no comment says that they may fail. */
function ignored(
  text: string,
  { ignored: entry }: Pick<TaskfileTask, 'ignored'>,
  commands: readonly TaskfileCommand[],
  start: number,
): readonly Omit<SoftTarget, 'target'>[] {
  const gate = commands.flatMap((one) => one.commands).find((one) => isGate(one.text) && one.operator !== '|');
  if (entry === undefined || gate === undefined) return [];
  const first = Math.min(entry.span.start, start);
  if (saysMayFail(aroundLines(text, first, Math.max(entry.span.end, gate.end)))) return [];
  return [{ span: entry.span, message: 'ignoresErrors', command: shownCommand(gate) }];
}
