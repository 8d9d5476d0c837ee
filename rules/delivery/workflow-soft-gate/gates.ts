/** What runs a program without being one itself. */
const RUNNERS = String.raw`(?:[A-Z_]\w*=\S*\s+|docker(?:-|\s+)compose\s+(?:run|exec)(?:\s+-\S+)*\s+[\w-]+\s+|(?:env|time|sudo|xvfb-run(?:\s+-\S+)*|timeout\s+\S+|npx(?:\s+-\S+)*|bunx|pnpx|(?:yarn|pnpm)(?:\s+(?:exec|dlx))?|npm\s+exec(?:\s+--)?|cross-env(?:\s+\w+=\S*)*)\s+)*`;
/** Scripts that people name after what they check. */
const SCRIPT = String.raw`(?:(?:format|fmt|prettier|style)[:-]check|tests?|t|tst|lint|type-?check|types|tsc|check-types|build|check|validate|verify|audit)(?::[\w:-]+)?`;
const MANAGER = String.raw`(?:npm|pnpm|yarn|bun)(?:\s+(?:-[-\w]+(?:=\S+)?|--(?:prefix|filter|workspace|cwd)\s+\S+|-[Cwr]\s+\S+|workspaces\s+foreach(?:\s+-\S+)*|workspaces?\s+\S+))*(?:\s+run(?:-script)?)?(?:\s+-[-\w=]+)*`;
const TOOL = String.raw`(?:(?:\.{0,2}/)*node_modules/\.bin/)?(?:jest|vitest|mocha|ava|tap|c8|nyc|eslint|tslint|oxlint|stylelint|standard|xo|tsc|vue-tsc|audit-ci|biome\s+(?:check|ci|lint)|prettier\s+(?:\S+\s+)*(?:--check|-c)|playwright\s+test|cypress\s+run|snyk\s+test|(?:next|vite|nest|ng)\s+build|ng\s+(?:test|lint)|deno\s+(?:test|lint|check)|node\s+(?:-\S+\s+)*(?:--test|\S*node_modules/(?:jest|vitest|mocha|eslint)/\S+))`;
const MONOREPO = String.raw`(?:nx|turbo|lerna|npm-run-all2?|run-[sp])\s+(?:\S+\s+)*?(?:test|lint|build|type-?check)`;

/** A command that checks the code: tests, linters, type checks, builds, audits. */
const GATE = new RegExp(`^${RUNNERS}(?:${MANAGER}\\s+${SCRIPT}|${TOOL}|${MONOREPO})(?=$|[\\s"'])`);

/** Changes files, or produces a report that something else reads. */
const NO_GATE =
  /\s(?:--fix(?:-\w+)*|--write|-u|--update\S*|--outputFile\S*|--output\S*|-o|--json|--format|--reporters?|--sarif\S*|--version|--help|--list\S*)(?=$|[\s="'])|[^2-9&]>|^\s*>|(?<=\w)[:-](?:report|coverage|bench\w*|perf|fix|update|watch)\b|\baudit\s+(?:fix|signatures)\b/;

/** Output that nothing reads. */
const UNSEEN = /\s(?:[12&]?>>?\s*\/dev\/null|2>&1)(?=$|\s)/g;

/** Names of steps and jobs that inform, or try what is not released yet. */
const INFORMS =
  /report|coverage|bench|perf(?:ormance)?\b|bundle.?size|size.?limit|metric|badge|nightly|canary|experimental|flaky|lighthouse|snapshot|screenshot|upload|comment|annotat|baseline|autofix|non-?blocking|advisory|informational|(?:code|automated).?review/i;

/** A command longer than this is none that a person wrote. */
const MAX_COMMAND = 2000;

/** Whether one command of a shell script checks the code and only that. */
export function isGate(command: string): boolean {
  if (command.length > MAX_COMMAND) return false;
  const plain = command
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return GATE.test(plain) && !NO_GATE.test(plain.replace(UNSEEN, ''));
}

/** Whether a command changes files, or writes what something else reads. */
export function isNoGate(command: string): boolean {
  return command.length > MAX_COMMAND || NO_GATE.test(command);
}

/** Whether a step, job or script of that name is there to inform. */
export function informs(name: string): boolean {
  return INFORMS.test(name);
}

/** Actions that commit what the steps before them mended. */
const CORRECTS = /^(?:autofix-ci\/action|stefanzweifel\/git-auto-commit-action|EndBug\/add-and-commit)(?:@|$)/;

/** Whether an action makes of its job one that mends the code. */
export function corrects(uses: string): boolean {
  return CORRECTS.test(uses);
}

const MAY_FAIL =
  /#.*\b(?:(?:allowed|free) to fail|may fail|non-?blocking|not blocking|best.effort|advisory|informational)\b/i;

/** Whether a comment in a text says that something may fail. */
export function saysMayFail(text: string): boolean {
  return MAY_FAIL.test(text);
}
