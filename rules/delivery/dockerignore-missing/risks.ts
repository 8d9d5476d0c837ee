import type { DockerDocument } from '#api';

/** What lies in the folder of a project and belongs into no image. */
export const RISKS = ['.env', '.git', 'node_modules'] as const;
/** What a build may take in that nobody meant to ship. */
export type Risk = (typeof RISKS)[number];

/** What comes of it when it gets into an image, for messages. */
export const HARM: { readonly [R in Risk]: string } = {
  '.env': 'whoever pulls the image has its secrets',
  '.git': 'whoever pulls the image has the whole history',
  node_modules: 'packages of this machine take the place of those that the image installs',
};

/** The lines that leave it out, in all folders. */
export const PATTERNS: { readonly [R in Risk]: readonly string[] } = {
  '.git': ['.git'],
  node_modules: ['**/node_modules'],
  '.env': ['**/.env', '**/.env.*', '!**/.env.example'],
};

/** What a Dockerfile does nothing with, so that it may stay out. */
export function unusedRisks({ instructions }: DockerDocument): readonly Risk[] {
  const runs = (pattern: RegExp): boolean =>
    instructions.some(({ keyword, argument }) => keyword === 'RUN' && pattern.test(argument));
  const copies = (pattern: RegExp): boolean =>
    instructions.some(
      ({ keyword, argument, flags }) =>
        /^(?:COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === 'from') && pattern.test(argument),
    );
  const installs = runs(/\b(?:npm|pnpm|yarn|bun)\b(?:\s+-\S+)*(?:\s+(?:ci|install|i|add)\b|\s*(?:$|&&))/);
  const used: { readonly [R in Risk]: boolean } = {
    '.git': runs(/\bgit\b|\.git\b/) || copies(/(?:^|\s)\.git\b/),
    // Without an install, the packages of the folder are those of the image.
    node_modules: !installs || copies(/(?:^|\s|\.\/)node_modules\b/),
    '.env': runs(/\.env\b/) || copies(/(?:^|[\s/])\.env\b/),
  };
  return RISKS.filter((risk) => !used[risk]);
}
