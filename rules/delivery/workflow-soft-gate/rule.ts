import { z } from 'zod';
import { rule } from '#api';
import { isWorkflowOrAction } from '../../_shared/delivery/workflow.ts';
import { removeAlternative, removeFlag, removeSetting } from './fix.ts';
import { softGates } from './soft.ts';

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Checks in GitHub workflows that let the workflow pass when they fail.',
    appliesTo: 'everywhere',
    topics: [
      'continue-on-error',
      'soft gate',
      'quality gate',
      'passWithNoTests',
      '|| true',
      'failing workflow',
      'CI gates',
      'workflow gate',
    ],
    subject: ['jobs'],
    references: [
      {
        title: 'GitHub Actions: continue-on-error',
        url: 'https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error',
      },
      { title: 'CWE-1127', url: 'https://cwe.mitre.org/data/definitions/1127.html' },
    ],
    messages: {
      step: 'The workflow passes when {command} fails, because the step continues on error: broken code is merged and shipped. Remove the setting and mend what fails.',
      job: 'The workflow passes when {command} fails, because its job continues on error: broken code is merged and shipped. Remove the setting and mend what fails.',
      swallowed:
        'This turns a failure of {command} into success, so broken code is merged and shipped. Take it out and mend what fails.',
      noTests: {
        text: 'The step passes without having run a single test, as it does when the pattern that finds them breaks. Remove the flag.',
        priority: 'P1',
      },
      forced: {
        text: 'npm installs packages here that do not go together, so what is tested is not what they promise. Remove the flag and settle the versions.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['yaml'],
    matches: isWorkflowOrAction,
    check(ctx) {
      const { document } = ctx;
      if (document.language !== 'yaml') return;
      for (const { span, message, command } of softGates(document)) ctx.report(span, message, { command });
    },
  },
  fixes: {
    step: [{ title: 'Let the step fail', safety: 'safe', edits: removeSetting }],
    job: [{ title: 'Let the job fail', safety: 'safe', edits: removeSetting }],
    swallowed: [{ title: 'Let the command fail', safety: 'safe', edits: removeAlternative }],
    noTests: [{ title: 'Fail without tests', safety: 'safe', edits: removeFlag }],
    // The versions have to be settled first, or nothing is installed.
    forced: [{ title: 'Install without force', safety: 'suggest', edits: removeFlag }],
  },
});
