import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { html } from './html.ts';
import { ignore } from './ignore.ts';
import { json } from './json.ts';
import { makefile } from './makefile.ts';
import { markdown } from './markdown.ts';
import { prisma } from './prisma.ts';
import { shell } from './shell.ts';
import type { FormatAdapter, FormatDocument, FormatLanguage } from './types.ts';
import { yaml } from './yaml.ts';

export { allowsComments, languageOfEditorId, languageOfPath } from './languages.ts';

const ADAPTERS: { readonly [L in FormatLanguage]: FormatAdapter } = {
  json,
  yaml,
  dockerfile,
  html,
  markdown,
  dotenv,
  prisma,
  ignore,
  shell,
  makefile,
};

/**
 * Parses the text of a document. Never throws; work is bounded whatever the text.
 * @param old the document before an edit, from which is taken over what the edit left alone
 */
export function parseFormat(language: FormatLanguage, text: string, old?: FormatDocument): FormatDocument {
  const { parse, reparse } = ADAPTERS[language];
  return old === undefined || reparse === undefined ? parse(text) : reparse(old, text);
}
