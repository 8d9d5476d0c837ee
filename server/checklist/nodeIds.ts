import type { Priority } from '#api';
import type { Verdict } from '#protocol/checklist.ts';
import { verdicts } from '#protocol/verdicts.ts';
import { toPath, toUri } from '../convert/uris.ts';

/** What the id of a node of the checklist tree stands for. Paths are absolute. */
export type NodeId =
  | { readonly kind: 'document'; readonly path: string }
  /** `id` is the section's, or the item's, in its document. */
  | { readonly kind: 'section' | 'item'; readonly path: string; readonly id: string }
  | { readonly kind: 'priority'; readonly priority: Priority | 'none' }
  | { readonly kind: 'verdict'; readonly verdict: Verdict };

export const priorityGroups: readonly (Priority | 'none')[] = ['P0', 'P1', 'P2', 'P3', 'none'];

/** Ids say the same whether a document is open or not, and over restarts of the server. */
export function formatNodeId(node: NodeId): string {
  switch (node.kind) {
    case 'document':
      return `document:${toUri(node.path)}`;
    case 'priority':
      return `priority:${node.priority}`;
    case 'verdict':
      return `verdict:${node.verdict}`;
    default:
      return `${node.kind}:${toUri(node.path)}#${node.id}`;
  }
}

/** `undefined` for what is no id. */
export function parseNodeId(text: unknown): NodeId | undefined {
  if (typeof text !== 'string') return undefined;
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(0, colon));
  const rest = text.slice(colon + 1);
  if (kind === 'priority') {
    const priority = priorityGroups.find((known) => known === rest);
    return priority && { kind, priority };
  }
  if (kind === 'verdict') {
    const verdict = verdicts.find((known) => known === rest);
    return verdict && { kind, verdict };
  }
  // A uri has no `#` of its own: in the path it is escaped.
  const hash = rest.indexOf('#');
  const path = toPath(hash < 0 ? rest : rest.slice(0, hash));
  if (path === undefined) return undefined;
  if (kind === 'document') return { kind, path };
  return hash >= 0 && (kind === 'section' || kind === 'item') ? { kind, path, id: rest.slice(hash + 1) } : undefined;
}
