import type { Event } from 'vscode';
import type {
  ChecklistChanged,
  ChecklistChildrenParams,
  ChecklistEditResult,
  ChecklistGateEnded,
  ChecklistItemDetails,
  ChecklistNode,
  ChecklistPresentation,
  ChecklistRoots,
} from '#protocol/checklist.ts';

/** What the views need of the language server. Requests reject while it is not running. */
export interface ChecklistServer {
  roots(presentation: ChecklistPresentation): Promise<ChecklistRoots>;
  children(params: ChecklistChildrenParams): Promise<readonly ChecklistNode[]>;
  item(id: string): Promise<ChecklistItemDetails | null>;
  /** Executes one of the server's commands that write into documents. */
  edit(command: string, argument: unknown): Promise<ChecklistEditResult>;
  gateEnded(result: ChecklistGateEnded): Promise<void>;
  readonly onDidChange: Event<ChecklistChanged>;
  /** The server was started, or started again: what was known of it is void. */
  readonly onDidStart: Event<void>;
}
