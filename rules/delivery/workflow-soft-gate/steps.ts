import type { DataEntry, DataNode, DataObject, DataScalar } from '#api';

/** A step that runs a script, or the job around several. */
export interface Step {
  readonly run: DataScalar;
  /** `continue-on-error: true` of the step. */
  readonly soft: DataEntry | undefined;
  readonly id: string;
  readonly name: string;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly soft: DataEntry | undefined;
  readonly steps: readonly Step[];
}

export function entryOf(node: DataNode | undefined, key: string): DataEntry | undefined {
  if (node?.kind !== 'object' || node.definition !== undefined) return undefined;
  return node.entries.find((entry) => entry.key === key && entry.merged !== true);
}

/** Jobs of a workflow; the steps of a composite action count as one. */
export function jobsOf(root: DataNode | undefined): readonly Job[] {
  const jobs = entryOf(root, 'jobs')?.value;
  const action = entryOf(root, 'runs')?.value;
  const own = jobs?.kind === 'object' ? jobs.entries.flatMap(({ key, value }) => jobOf(key, value)) : [];
  return [...own, ...(action === undefined ? [] : jobOf('', action))];
}

function jobOf(id: string, node: DataNode | undefined): readonly Job[] {
  if (node?.kind !== 'object' || node.definition !== undefined) return [];
  const steps = entryOf(node, 'steps')?.value;
  return [
    {
      id,
      name: textOf(node, 'name'),
      soft: softOf(node),
      steps: steps?.kind === 'array' && steps.definition === undefined ? steps.items.flatMap(stepOf) : [],
    },
  ];
}

function stepOf(node: DataNode): readonly Step[] {
  if (node.kind !== 'object' || node.definition !== undefined) return [];
  const run = entryOf(node, 'run')?.value;
  if (run?.kind !== 'scalar' || run.definition !== undefined) return [];
  return [{ run, soft: softOf(node), id: textOf(node, 'id'), name: textOf(node, 'name') }];
}

function softOf(node: DataObject): DataEntry | undefined {
  const entry = entryOf(node, 'continue-on-error');
  return entry?.value?.kind === 'scalar' && entry.value.value === true ? entry : undefined;
}

function textOf(node: DataObject, key: string): string {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' ? String(value.value) : '';
}
