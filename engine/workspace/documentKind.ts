import { nameOf } from '../document/paths.ts';
import { sourceKind } from '../document/sourceKind.ts';
import { languageOfEditorId, languageOfPath } from '../formats/index.ts';
import type { DocumentKind } from './trackedDocument.ts';

/** Written by package managers, long as books, and read by nobody. */
const LOCK_FILES = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', '.package-lock.json']);

/**
 * How to read a document; `undefined` for files the engine has nothing to say about. The path decides, the editor's
 * language id only where it does not tell.
 */
export function documentKind(path: string, editorId?: string): DocumentKind | undefined {
  if (LOCK_FILES.has(nameOf(path))) return undefined;
  const language = languageOfPath(path) ?? (editorId === undefined ? undefined : languageOfEditorId(editorId));
  if (language === undefined) return undefined;
  if (language !== 'source') return { type: 'format', language };
  const script = sourceKind(path, editorId);
  return script === undefined ? undefined : { type: 'source', script };
}
