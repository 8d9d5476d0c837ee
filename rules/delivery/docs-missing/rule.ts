import { z } from 'zod';
import { rule } from '#api';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { WEB_FACETS } from '../../_shared/web/project/webModel.ts';
import { missingDocs } from './missingDocs.ts';
import { readmeFacet } from './readmeFacet.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Projects that do not say how to run, test, report a weakness in or call them.',
    promise: 'The README says how to run and test the project, and the API is described',
    appliesTo: 'everywhere',
    topics: [
      'README',
      'documentation',
      'SECURITY.md',
      'CONTRIBUTING.md',
      'API documentation',
      'OpenAPI',
      'setup instructions',
    ],
    subject: ['scripts'],
    references: [
      {
        title: 'GitHub: about READMEs',
        url: 'https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-readmes',
      },
      {
        title: 'GitHub: adding a security policy',
        url: 'https://docs.github.com/code-security/getting-started/adding-a-security-policy-to-your-repository',
      },
    ],
    messages: {
      readme:
        'There is no README, so whoever has to run this in a hurry reads the code first. Say what it is, and how to run and test it.',
      instructions:
        'The README does not say {what}, so everybody who joins finds out in another way. Write down the commands.',
      files:
        'The project is open to others and has no {files}, so nobody knows where a weakness is reported or a change is proposed. Add what is missing.',
      api: 'The service answers {routes} routes, and nothing describes them, so whoever calls it reads its code. Describe them with OpenAPI or in the README.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...new Set([...WEB_FACETS, packageFacet, scriptsFacet, readmeFacet])],
    check(ctx) {
      for (const { at, message, data } of missingDocs(ctx)) ctx.report(at, message, data);
    },
  },
});
