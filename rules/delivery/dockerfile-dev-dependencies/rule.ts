import { z } from 'zod';
import { rule } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { keepToLockFile, leaveOut, renewFlag, takeAway } from './fix.ts';
import { developmentFacet, installFacet } from './installFacet.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Images that ship packages for development, or install others than the lock file names.',
    promise: 'Images hold the packages that production needs, as the lock file names them',
    topics: [
      'npm ci',
      'npm install',
      'dev dependencies',
      'devDependencies',
      'omit=dev',
      'npm prune',
      'production dependencies',
      'image size',
      'multi-stage build',
    ],
    subject: ['npm', 'yarn', 'pnpm'],
    references: [
      { title: 'npm ci', url: 'https://docs.npmjs.com/cli/commands/npm-ci' },
      { title: 'npm prune', url: 'https://docs.npmjs.com/cli/commands/npm-prune' },
      {
        title: 'CWE-1104: Use of Unmaintained Third Party Components',
        url: 'https://cwe.mitre.org/data/definitions/1104.html',
      },
    ],
    messages: {
      floating:
        'npm takes what fits on the day of the build here and mends the lock file where the two differ, so the image can hold versions that nobody has tested. Install with npm ci, from a package-lock.json that is committed.',
      installed:
        'The image ships the packages for development that {manager} installs here: compilers and test tools which make it larger, and whose holes become those of the service. Leave them out, or take them away once it is built.',
      copied:
        'This copies node_modules with the packages for development that {manager} installed: compilers and test tools which make the image larger, and whose holes become those of the service. Take them away before.',
      oldFlag: {
        text: '{flag} is what npm called this before version 7; the newer flag is --omit=dev. Use that, before the old one is taken for nothing.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [installFacet, developmentFacet],
    check(ctx) {
      for (const { path, value } of ctx.all(installFacet)) {
        const hasDevelopment = ctx.get(`${folderOf(path)}/package.json`, developmentFacet) ?? true;
        for (const { kind, what, at } of value) {
          if ((kind === 'installed' || kind === 'copied') && !hasDevelopment) continue;
          const data = kind === 'oldFlag' ? { flag: what } : { manager: what };
          ctx.report({ path, facet: installFacet, anchor: at }, kind, data);
        }
      }
    },
  },
  fixes: {
    floating: [{ title: 'Install what the lock file names', safety: 'suggest', edits: keepToLockFile }],
    oldFlag: [{ title: 'Write --omit=dev', safety: 'safe', edits: renewFlag }],
    installed: [
      {
        title: 'Leave packages for development out',
        safety: 'safe',
        edits: (ctx, finding) => leaveOut(ctx, finding, 'safe'),
      },
      {
        title: 'Leave packages for development out',
        safety: 'suggest',
        edits: (ctx, finding) => leaveOut(ctx, finding, 'suggest'),
      },
      { title: 'Take packages for development away after the build', safety: 'suggest', edits: takeAway },
    ],
    copied: [{ title: 'Take packages for development away after the build', safety: 'suggest', edits: takeAway }],
  },
});
