import { sourceKind } from '../document/sourceKind.ts';
import type { DocumentKind, ParseFormat } from './trackedDocument.ts';

/** How to read a document; `undefined` for files the engine has nothing to say about. */
export function documentKind(path: string, language?: string): DocumentKind | undefined {
  const script = sourceKind(path, language);
  return script === undefined ? undefined : { type: 'source', script };
}

export const parseFormat: ParseFormat = (language) => {
  throw new Error(`No adapter reads ${language}`);
};
