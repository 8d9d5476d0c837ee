import type { DataEntry, DataNode, DataObject, DataScalar, Span } from '#api';

/** A step of a job or of a composite action. */
export interface WorkflowStep {
  readonly node: DataObject;
  /** The script it runs. */
  readonly run: DataScalar | undefined;
  /** The action it uses. */
  readonly uses: DataScalar | undefined;
  readonly id: string;
  readonly name: string;
}

/** A job of a workflow, or the steps of a composite action. */
export interface WorkflowJob {
  readonly node: DataObject;
  readonly id: string;
  /** Where the id is written; for a composite action its `runs`. */
  readonly idSpan: Span;
  readonly name: string;
  /** The workflow it calls instead of having steps. */
  readonly uses: DataScalar | undefined;
  readonly steps: readonly WorkflowStep[];
}

/** Whether a path is that of a GitHub workflow. */
export function isWorkflow(path: string): boolean {
  return /\/\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

/** Whether a path is that of a GitHub workflow, or of an action that a repository keeps for itself. */
export function isWorkflowOrAction(path: string): boolean {
  return isWorkflow(path) || /\/\.github\/actions\/.+\.ya?ml$/.test(path);
}

/** The entry written under a key; `undefined` inside of aliases, whose content stands elsewhere. */
export function ownEntry(node: DataNode | undefined, key: string): DataEntry | undefined {
  if (node?.kind !== 'object' || node.definition !== undefined) return undefined;
  return node.entries.find((entry) => entry.key === key && entry.merged !== true);
}

/** Jobs of a workflow; the steps of a composite action count as one without an id. */
export function jobsOf(root: DataNode | undefined): readonly WorkflowJob[] {
  const jobs = ownEntry(root, 'jobs')?.value;
  const action = ownEntry(root, 'runs');
  const own = jobs?.kind === 'object' ? jobs.entries.flatMap((entry) => jobOf(entry.key, entry)) : [];
  return [...own, ...(action === undefined ? [] : jobOf('', action))];
}

function jobOf(id: string, { keySpan, value: node }: DataEntry): readonly WorkflowJob[] {
  if (node?.kind !== 'object' || node.definition !== undefined) return [];
  const steps = ownEntry(node, 'steps')?.value;
  return [
    {
      node,
      id,
      idSpan: keySpan,
      name: ownText(node, 'name'),
      uses: ownScalar(node, 'uses'),
      steps: steps?.kind === 'array' && steps.definition === undefined ? steps.items.flatMap(stepOf) : [],
    },
  ];
}

function stepOf(node: DataNode): readonly WorkflowStep[] {
  if (node.kind !== 'object' || node.definition !== undefined) return [];
  // Steps that run side by side.
  const parallel = ownEntry(node, 'parallel')?.value;
  if (parallel?.kind === 'array' && parallel.definition === undefined) return parallel.items.flatMap(stepOf);
  return [
    {
      node,
      run: ownScalar(node, 'run'),
      uses: ownScalar(node, 'uses'),
      id: ownText(node, 'id'),
      name: ownText(node, 'name'),
    },
  ];
}

function ownScalar(node: DataObject, key: string): DataScalar | undefined {
  const value = ownEntry(node, key)?.value;
  return value?.kind === 'scalar' && value.definition === undefined ? value : undefined;
}

/** The text written under a key, empty when there is none. */
export function ownText(node: DataNode | undefined, key: string): string {
  const value = ownEntry(node, key)?.value;
  return value?.kind === 'scalar' ? String(value.value) : '';
}
