import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver-protocol';

/** The code action of a title; says which ones there are when it is not among them. */
export function titled(actions: readonly CodeAction[], title: string): CodeAction {
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `"${title}" is not among ${actions.map((candidate) => candidate.title).join(', ')}`);
  return action;
}
