/** What a call of a package manager does to the packages of a project. */
export interface PackageCommand {
  readonly manager: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** The verb as it is written: `install`, `i`, `ci`, `prune`; empty for a bare `yarn`. */
  readonly verb: string;
  /** Index of the verb in the command, or of the manager where there is none. */
  readonly verbAt: number;
  /** The flags behind the manager, with where they begin in the command. */
  readonly flags: readonly { readonly text: string; readonly at: number }[];
  /** Packages for development are left out or taken away, whatever the environment says. */
  readonly isProduction: boolean;
  /** Packages for development come along, whatever the environment says. */
  readonly isDevelopment: boolean;
  /** `NODE_ENV` in front of the command. */
  readonly environment: string | undefined;
}

const VERBS: Readonly<Record<PackageCommand['manager'], RegExp>> = {
  npm: /^(?:install|i|in|ins|add|ci|clean-install|ic|install-clean|prune)$/,
  yarn: /^(?:install|)$/,
  pnpm: /^(?:install|i|prune)$/,
  bun: /^(?:install|i)$/,
};
const PRODUCTION =
  /^(?:--omit(?:=|\s)\S*dev\S*|--only(?:=|\s)prod(?:uction)?|--prod(?:uction)?(?:=true)?|-P|--no-dev|--omit=optional,dev)$/;
const DEVELOPMENT = /^(?:--include(?:=|\s)\S*dev\S*|--production=false|--prod=false|-D|--dev|--also=dev\S*)$/;
/** Flags whose value is the next word. */
const VALUED =
  /^(?:--(?:omit|only|include|registry|cache|cache-folder|loglevel|network-timeout|store-dir|reporter|userconfig|fetch-retries|fetch-timeout|cpu|os|libc|mutex|modules-folder)|-j)$/;
/** Flags that make it install somewhere else, something else, or nothing. */
const ELSEWHERE =
  /^(?:-g|--global|--location(?:=global)?|--prefix(?:=.*)?|-C|--dir(?:=.*)?|--cwd(?:=.*)?|--filter(?:=.*)?|-F|-w|--workspace(?:=.*)?|--package-lock-only|--lockfile-only|--version|--help|--dry-run|--mode=update-lockfile)$/;

/**
 * Reads a command such as `NODE_ENV=production npm ci --ignore-scripts`; `undefined` for all that does not install or remove
 * the packages of the folder it runs in: single packages, global ones, those of another folder.
 */
export function packageCommand(text: string): PackageCommand | undefined {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ text: match[0], at: match.index }));
  let environment: string | undefined;
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index]?.text ?? '';
    environment = /^NODE_ENV=["']?(\w*)/.exec(word)?.[1] ?? environment;
    if (!/^[A-Za-z_]\w*=|^(?:env|cross-env|sudo|time|corepack)$/.test(word)) break;
  }
  const program = words[index];
  const manager = managerOf(program?.text ?? '');
  if (manager === undefined || program === undefined) return undefined;
  const flags: { text: string; at: number }[] = [];
  const plain: { text: string; at: number }[] = [];
  for (let at = index + 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || /^(?:[<>&\d]*[<>]|#)/.test(word.text)) break;
    if (!word.text.startsWith('-')) plain.push(word);
    else if (VALUED.test(word.text)) {
      flags.push({ text: `${word.text} ${words[at + 1]?.text ?? ''}`, at: word.at });
      at++;
    } else flags.push(word);
  }
  const [verb, ...rest] = plain;
  const isFocus = manager === 'yarn' && /^workspaces focus\b/.test(plain.map((word) => word.text).join(' '));
  const isProduction = flags.some((flag) => PRODUCTION.test(flag.text));
  if (isFocus ? !isProduction : rest.length > 0 || !VERBS[manager].test(verb?.text ?? '')) return undefined;
  if (flags.some((flag) => ELSEWHERE.test(flag.text))) return undefined;
  return {
    manager,
    verb: verb?.text ?? '',
    verbAt: verb?.at ?? program.at,
    flags,
    isProduction,
    isDevelopment: flags.some((flag) => DEVELOPMENT.test(flag.text)),
    environment,
  };
}

function managerOf(word: string): PackageCommand['manager'] | undefined {
  return word === 'npm' || word === 'yarn' || word === 'pnpm' || word === 'bun' ? word : undefined;
}
