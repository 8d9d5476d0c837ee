import type { Scheduler } from '#engine/workspace/workspace.ts';
import type { Progress } from '../progress.ts';
import type { OpenProject } from './openProject.ts';

/** How long to work before Ctrl-C and the progress line get a turn. */
const SLICE_MS = 50;

/** Brings all lanes of the targets up to date; files that did not change since the last call cost nothing. */
export async function analyze(project: OpenProject, signal: AbortSignal, progress: Progress): Promise<void> {
  const { workspace, targets } = project;
  const scheduler: Scheduler = {
    budget: SLICE_MS,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    get superseded() {
      return signal.aborted;
    },
  };
  for (const lane of ['syntax', 'project', 'types', 'checklist'] as const) {
    let sliceEnd = performance.now() + SLICE_MS;
    // One run of these lanes is that of all documents; checklists are judged also where there is nothing else.
    const ofAll = lane === 'project' || lane === 'checklist';
    const paths = lane === 'checklist' ? [project.root] : ofAll ? targets.slice(0, 1) : targets;
    for (const [index, path] of paths.entries()) {
      signal.throwIfAborted();
      progress.update(ofAll ? LANE_NAMES[lane] : `${LANE_NAMES[lane]}: ${index + 1} of ${targets.length}`);
      await workspace.analyze(path, lane, scheduler);
      // A file that is analysed in one slice does not pause by itself.
      if (performance.now() < sliceEnd) continue;
      await scheduler.pause();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
  signal.throwIfAborted();
}

const LANE_NAMES = {
  syntax: 'Analysing files',
  project: 'Comparing files',
  types: 'Checking types',
  checklist: 'Judging checklists',
};
