import type { DataDocument } from '#api';
import { textAt, valueAt } from '../dataMembers.ts';
import { type ComposeService, servicesOf } from './compose.ts';

/** Watchers, an environment that says so, and sources that are mounted over what was built. */
const WORK =
  /NODE_ENV['"]?\s*[:=]\s*['"]?(?:dev|test)|\b(?:nodemon|tsx watch|(?:run|yarn|pnpm)\s+(?:\S*:)?dev\b)|(?:-\s*["']?|:)\S*\/node_modules\/?["']?\s*$|-\s*["']?\.{1,2}(?:\/[\w-]+)?\/?:\/(?:app|usr\/src|usr\/app|home|srv|code|workspace|opt)\b/m;
/** What the head of a file, its name for the project or the folder of an image says about its use. */
const SAYS_SO = /\b(?:local(?:ly|host)?|dev|develop(?:ment|ers?|ing)?|test(?:s|ing)?|debugging)\b/i;

/** What a compose file is for: what is shipped, what people change while it runs, or help for their work alone. */
export type Use = 'shipped' | 'development' | 'help';

/** Judges by the file's name, by its head and by what its services build and mount. */
export function useOf(path: string, document: DataDocument): Use {
  const { text, roots } = document;
  const named = /[./_-](?:prod\w*|deploy\w*|release)(?=[./_-])/i.test(path.slice(path.lastIndexOf('/')));
  const services = servicesOf(document);
  if (!named && !services.some((service) => isOwn(service))) return 'help';
  const head = /^(?:\s*(?:#[^\n]*)?\n){0,8}/.exec(text)?.[0] ?? '';
  if (SAYS_SO.test(head) || SAYS_SO.test(textAt(roots[0], 'name')?.replace(/_/g, '-') ?? '')) return 'development';
  if (named) return 'shipped';
  return services.some(({ node }) => WORK.test(text.slice(node.span.start, node.span.end))) ? 'development' : 'shipped';
}

/** Built here, or run from an image whose name is put together where it is shipped. */
function isOwn({ node }: ComposeService): boolean {
  const build = valueAt(node, 'build');
  const context = textAt(node, 'build') ?? textAt(build, 'context') ?? '';
  if (build !== undefined) return !SAYS_SO.test(context);
  return /^\$\{?\w*(?:IMAGE|REGISTRY|REPO)|^registry\./i.test(textAt(node, 'image') ?? '');
}
