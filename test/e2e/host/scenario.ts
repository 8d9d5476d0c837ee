import type { Settings } from '../../../scripts/vscode/profile.ts';
import type { Report } from './results.ts';

/** One window of VS Code and the tests that run in its extension host. */
export interface Scenario {
  /** Folder below `test/e2e/suite` with the tests. */
  readonly suite: string;
  /** Folder below `test/e2e/workspaces`, copied for the run. */
  readonly workspace: string;
  /** What to open in the copy: a `.code-workspace` file, or the folder itself. */
  readonly open?: string;
  readonly settings?: Settings;
  readonly trusted?: boolean;
}

export interface ScenarioResult {
  readonly reports: readonly Report[];
  /** What the extension host wrote to its log. */
  readonly hostLog: string;
  /** Addresses outside this machine that the window asked for. */
  readonly refused: readonly string[];
  /** Why there is no end of the suite, for the reader of a failed run. */
  readonly trouble?: string;
}
