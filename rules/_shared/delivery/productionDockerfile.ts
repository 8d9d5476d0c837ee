import { lastPart } from '../filePath.ts';

/** Folders of images in which people develop. */
const WORKPLACE = /\/\.(?:devcontainer|codesandbox|gitpod|vscode|stackblitz|github|circleci)\//;
/** `Dockerfile.dev`, `dev.Dockerfile`, `Dockerfile-test` … */
const NAMED = /(?:^|[._-])(?:dev\w*|local|tests?|e2e|ci|debug|gitpod)(?=$|[._-])/i;

/** Whether a Dockerfile may build what runs in production, judged by its path. */
export function isProductionDockerfile(path: string): boolean {
  const name = lastPart(path);
  return !WORKPLACE.test(path) && !NAMED.test(name.replace(/^\./, ''));
}

/** Whether a stage, by the name that people give it, is not what is shipped. */
export function isStageForWork(name: string): boolean {
  return /^(?:dev|test|debug|e2e|lint|ci)/.test(name);
}
