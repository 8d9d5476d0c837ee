/** What stands before a program without changing what its failure means. */
const LEAD = String.raw`(?:(?:then|do|else|\{|\(|sudo|time|set -\w+)\s+)*(?:[A-Za-z_]\w*=\S*\s+)*`;
const PACKAGES = String.raw`(?:npm|pnpm|yarn|bun)\s+(?:-\S+\s+)*(?:ci|install|i|add|rebuild|build\S*|test\S*|compile\S*|run(?:-script)?\s+\S+)|(?:npx|bunx|pnpx)\s+(?:-\S+\s+)*\S+|yarn`;
const COMPILERS = String.raw`tsc|(?:next|vite|nest|ng|nuxt|astro|cargo|go|dotnet)\s+build|prisma\s+(?:generate|migrate)|webpack|rollup|esbuild|make|cmake|(?:pip3?|poetry|uv|gem|composer|bundle)\s+(?:\S+\s+)*(?:install|sync)`;
const SYSTEM = String.raw`(?:apt-get|apt|apk|yum|dnf|microdnf)\s+(?:-\S+\s+)*(?:update|upgrade|install|add)|curl|wget|git\s+clone`;

const MATTERS = new RegExp(`^${LEAD}(?:${PACKAGES}|${COMPILERS}|${SYSTEM})(?=$|[\\s"'])`);

/** A command longer than this is none that a person wrote. */
const MAX_COMMAND = 2000;

/** Whether a step of a build makes something that the image needs: installs, compiles or fetches. */
export function matters(command: string): boolean {
  return command.length <= MAX_COMMAND && MATTERS.test(command);
}

/** Whether a command always succeeds, so that what came before cannot fail. */
export function alwaysSucceeds(command: string): boolean {
  return /^(?:true|:|exit 0|echo\b(?![^\n]*(?:>|\$\?|`|\$\()).*)$/.test(command);
}

/** Whether a health check succeeds whatever the service does: it talks, or asks a program for its version. */
export function asksNothing(command: string): boolean {
  return (
    alwaysSucceeds(command) ||
    /^[\w./-]+(?:\s+[\w./-]+){0,5}\s+--version$|^(?:node|npm|bun|deno)\s+-v$/.test(command) ||
    /^node\s+(?:-e|--eval)\s+(["']?)process\.exit\(0?\);?\1$/.test(command)
  );
}
