import { resolvePath } from '../filePath.ts';
import { NEW_SHELL } from './recipeFile.ts';

/** What runs a program without being one itself. */
const WRAPPERS =
  /^(?:(?:then|do|else|if|!|\(|\{|exec|command|time|env|sudo(?:\s+-\S+)*|nice|nohup|with-env)\s+|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|\$\{\{[^}]*\}\}|\S*)\s+|(?:xvfb-run|retry|timeout|dotenv(?:x\s+run)?|infisical\s+run|doppler\s+run|env-cmd|cross-env|cross-env-shell|cross-var)(?:\s+(?:-\S+(?:\s+(?=\d))?|--|\d\w*|\w+=\S*))*\s+|(?:npx|bunx|pnpx|pnpm(?:\s+(?:(?:--filter|--dir|-F|-C)\s+[^\s-]\S*|-\S+))*\s+(?:exec|dlx)|yarn(?:\s+-\S+)*\s+(?:exec|dlx|run\s+-T)|npm(?:\s+-\S+)*\s+(?:exec|x)|bun(?:\s+-\S+)*\s+x|(?:yarn|pnpm|bun)(?:\s+run)?(?=\s+(?:turbo|nx|lerna)\s))(?:\s+(?:-\S+|--))*\s+)/;

/** A command without what only wraps it. */
export function programOf(command: string): string {
  let program = command.replace(/\s+/g, ' ').trim();
  for (let cut = WRAPPERS.exec(program); cut !== null; cut = WRAPPERS.exec(program)) {
    program = program.slice(cut[0].length);
  }
  // `vercel@latest`, `netlify-cli@${{ env.VERSION }}`
  return program.replace(/^(@?[\w./-]+)@(?:\$\{\{[^}]*\}\}|\S+)/, '$1');
}

/** The folder after a command: another one behind `cd`, `undefined` where nobody can tell. */
export function folderAfter(command: string, folder: string | undefined): string | undefined {
  const [, path] = /^\(*\s*cd\s+(?:--\s+)?["']?([^\s"'&|;()]*)["']?$/.exec(command) ?? [];
  if (path === undefined) return /^\(*\s*(?:cd|pushd|popd)\b/.test(command) ? undefined : folder;
  return folder === undefined || path === '' || /[$~`*]|^-$|^\//.test(path) ? undefined : resolvePath(folder, path);
}

/** How many brackets a command closes that others opened: `npm ci)`. */
export function closedBy(text: string): number {
  const ends = /\)+$/.exec(text)?.[0].length ?? 0;
  if (ends === 0) return 0;
  const open = (text.replace(/^\(+/, '').match(/\(/g) ?? []).length;
  const closed = (text.match(/\)/g) ?? []).length;
  return Math.min(ends, Math.max(0, closed - open));
}

/** Follows `cd` through the commands of a script: answers where each of them runs. Brackets are shells of their own. */
export function folderTrail(from: string | undefined): (command: string) => string | undefined {
  let folder = from;
  let outside: (string | undefined)[] = [];
  return (command) => {
    if (command === NEW_SHELL) {
      folder = from;
      outside = [];
      return undefined;
    }
    const opened = /^\(*/.exec(command)?.[0].length ?? 0;
    for (let count = 0; count < opened; count++) outside.push(folder);
    const at = folderAfter(command, folder);
    folder = at;
    for (let count = closedBy(command); count > 0 && outside.length > 0; count--) folder = outside.pop();
    return at;
  };
}
