import { type Anchor, type DotenvDocument, type FormatDocument, facet } from '#api';
import { isComposeFile } from '../../_shared/delivery/compose.ts';
import { takenVariables } from './composeReads.ts';
import { isVariableName, variableNamesIn } from './variableName.ts';

/** What a text document says about variables of the environment. */
export interface SettingsFacts {
  /** All names written as variables are; behind a `$` those that are read in the way of shells. */
  readonly names: readonly string[];
  /** For `.env` files: their variables in order. */
  readonly variables?: readonly { readonly name: string; readonly at: Anchor }[];
  /** For compose files and images: names in comments, where people are told what to set. The others are only used there. */
  readonly noted?: readonly string[];
  /** For compose files: variables that whoever starts the services has to give, in order. */
  readonly taken?: readonly { readonly name: string; readonly isRequired: boolean; readonly at: Anchor }[];
}

/** Lock files and translations are long and name no variables. */
const IGNORED =
  /(?:\/|^)(?:pnpm-lock\.yaml|package-lock\.json|npm-shrinkwrap\.json|composer\.lock|tsconfig[\w.-]*\.json)$|\/(?:locales?|i18n|translations?|node_modules|messages)\//;
const SETTINGS =
  /(?:\/|^)(?:package|app|turbo|nx|project|vercel|now|wrangler|netlify|ecosystem\.config|nodemon|launch|tasks|devcontainer|renovate|serverless|firebase|eas|env[\w.-]*|config[\w.-]*|custom-environment-variables|default|production|staging)\.jsonc?$/;
/** Larger documents are data. */
const MAX_LENGTH = 200_000;

/** Names of variables in settings: `.env` files, compose files, charts, workflows, Dockerfiles, Prisma schemas, pages, notes. */
export const settingsFacet = facet<never, SettingsFacts>({
  name: 'config/env-settings',
  documents: {
    languages: ['dotenv', 'yaml', 'dockerfile', 'prisma', 'json', 'html', 'markdown'],
    fold(document, { localPath, at }) {
      if (document.language === 'dotenv') return variablesOf(document, at);
      if (IGNORED.test(localPath) || document.text.length > MAX_LENGTH) return undefined;
      if (document.language === 'json' && !SETTINGS.test(localPath)) return undefined;
      const names = variableNamesIn(document.text);
      if (names.length === 0) return undefined;
      const isCompose = document.language === 'yaml' && isComposeFile(localPath);
      const taken = isCompose ? takenVariables(document) : [];
      return {
        names: [...names].sort(),
        ...((isCompose || document.language === 'dockerfile') && { noted: notedIn(document) }),
        ...(taken.length > 0 && {
          taken: taken.map(({ name, isRequired, span }) => ({ name, isRequired, at: at(span) })),
        }),
      };
    },
  },
});

function notedIn({ text, comments }: FormatDocument): readonly string[] {
  const names = comments.flatMap(({ start, end }) => variableNamesIn(text.slice(start, end)));
  return [...new Set(names)].sort();
}

function variablesOf(
  { text, entries, comments }: DotenvDocument,
  at: (span: { readonly start: number; readonly end: number }) => Anchor,
): SettingsFacts {
  const own = entries.filter(({ key }) => isVariableName(key));
  const written = new Set(own.map(({ key }) => key));
  // `# PROXY=` documents a variable that nobody has to set, and so does a word about it.
  for (const { start, end } of comments) {
    for (const name of variableNamesIn(text.slice(start, end))) if (!name.startsWith('$')) written.add(name);
  }
  // `URL=http://${HOST}` reads another variable.
  const used = entries.flatMap(({ value }) =>
    [...value.matchAll(/\$\{?([A-Z_][A-Z0-9_]*)/g)].map(([, name]) => `$${name}`),
  );
  return {
    names: [...written, ...used].sort(),
    variables: own.map(({ key, keySpan }) => ({ name: key, at: at(keySpan) })),
  };
}
