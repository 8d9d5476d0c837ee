import type { ProjectContext } from '#api';
import { workflowReader } from '../../_shared/delivery/workflowChecks.ts';
import { workflowFacet } from '../../_shared/delivery/workflowFacet.ts';

/**
 * All commands that workflows and composite actions of the workspace run, with those of the scripts that they call. The check
 * has to list `WORKFLOW_FACETS`.
 */
export function commandsOfWorkflows(view: Pick<ProjectContext<string, unknown>, 'all' | 'root'>): readonly string[] {
  const reader = workflowReader(view);
  const commands = new Set<string>();
  for (const { value } of view.all(workflowFacet)) {
    if (value.kind === 'image') continue;
    for (const job of value.jobs) {
      for (const step of job.steps) {
        for (const { reach } of reader.reachesOf(step, job)) {
          for (const reached of reach.commands) commands.add(reached);
        }
      }
    }
  }
  return [...commands];
}
