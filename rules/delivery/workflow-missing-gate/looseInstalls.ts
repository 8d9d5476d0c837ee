import type { ProjectContext } from '#api';
import type { WorkflowReader } from '../../_shared/delivery/workflowChecks.ts';
import { type JobFacts, workflowFacet } from '../../_shared/delivery/workflowFacet.ts';
import type { MissingGate } from './missingGates.ts';

/** Jobs that renew the lock file, or try versions on purpose. */
const RENEWS =
  /create-pull-request|git (?:commit|push)|auto-commit|npm (?:update|version)|ncu\b|npm-check-updates|package-lock/;
const TRIES = /latest|canary|nightly|next|compat|upgrade|update|fresh|float/i;

/** `npm install` in folders that have a lock file. */
export function looseInstalls(
  workflows: WorkflowReader['workflows'],
  { exists, root }: Pick<ProjectContext<string, unknown>, 'exists' | 'root'>,
): MissingGate[] {
  return workflows.flatMap(({ path, facts }) =>
    facts.jobs
      .filter((job) => !isOnPurpose(job))
      .flatMap((job) =>
        job.steps.flatMap(({ looseInstalls: installs, commands, folder }): readonly MissingGate[] => {
          if (installs.length === 0 || folder.includes('$') || commands.some((text) => /^(?:cd|pushd|rm)\b/.test(text)))
            return [];
          const at = `${root}/${folder.replace(/^\.?\/|\/$/g, '')}`.replace(/\/\.?$/, '');
          if (!exists(`${at}/package-lock.json`)) return [];
          return installs.map((anchor) => ({ at: { path, facet: workflowFacet, anchor }, message: 'loose' }));
        }),
      ),
  );
}

function isOnPurpose({ id, name, steps }: JobFacts): boolean {
  return (
    TRIES.test(`${id} ${name}`) ||
    steps.some((step) => [step.uses, ...step.commands].some((text) => RENEWS.test(text)) || TRIES.test(step.name))
  );
}
