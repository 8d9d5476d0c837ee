import { z } from 'zod';
import { rule } from '#api';
import { isWorkflowOrAction } from '../../_shared/delivery/workflow.ts';
import { WORKFLOW_FACETS } from '../../_shared/delivery/workflowChecks.ts';
import { workflowFacet } from '../../_shared/delivery/workflowFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { workspaceFacet } from '../../_shared/project/workspaceFacet.ts';
import { testFilesFacet } from '../../_shared/testing/testFilesFacet.ts';
import {
  endWhenFailed,
  goOnWhenWell,
  removeAlternative,
  removeEntry,
  removeFlag,
  removeMark,
  removeSetting,
} from './fix.ts';
import { runsOf } from './gateRuns.ts';
import { softGates } from './soft.ts';
import { softGateScripts, softGateSteps } from './softGateScripts.ts';
import { softScriptsFacet } from './softScripts.ts';
import { softStepsFacet } from './softSteps.ts';

const MESSAGES = {
  swallowed: 'scriptSwallowed',
  lost: 'scriptLost',
  lostLine: 'scriptGoesOn',
  ignored: 'scriptIgnored',
  ignoresErrors: 'scriptIgnoresErrors',
  noTests: 'scriptNoTests',
  passes: 'scriptPasses',
} as const;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Checks in GitHub workflows, and in what they run, that let the workflow pass when they fail.',
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
      goesOn:
        'The step goes on when {command} fails, because of set +e, and ends as the last of its commands does: broken code is merged and shipped. Let the failure end it.',
      noTests: {
        text: 'The step passes without having run a single test, as it does when the pattern that finds them breaks. Remove the flag.',
        priority: 'P1',
      },
      passes:
        'With this flag {command} ends well whatever it finds, so broken code is merged and shipped. Remove it and mend what it finds.',
      forced: {
        text: 'npm installs packages here that do not go together, so what is tested is not what they promise. Remove the flag and settle the versions.',
        priority: 'P2',
      },
      scriptSwallowed:
        'This turns a failure of {command} into success, and {workflow} relies on the script: broken code is merged and shipped. Take it out and mend what fails.',
      scriptLost:
        'The script ends as the last of its commands does, so a failure of {command} is forgotten, and {workflow} relies on the script: broken code is merged and shipped. Let the failure end it.',
      scriptGoesOn:
        'The script goes on when {command} fails and ends as the last of its commands does, and {workflow} relies on it: broken code is merged and shipped. Let the failure end it.',
      scriptIgnored:
        'make goes on when {command} fails, because of the mark before it, and {workflow} relies on the target: broken code is merged and shipped. Take it out and mend what fails.',
      scriptIgnoresErrors:
        'The task passes when {command} fails, because it ignores errors, and {workflow} relies on it: broken code is merged and shipped. Remove the setting and mend what fails.',
      scriptPasses:
        'With this flag {command} ends well whatever it finds, and {workflow} relies on the script: broken code is merged and shipped. Remove it and mend what it finds.',
      scriptNoTests: {
        text: '{workflow} relies on this script, which passes without having run a single test, as it does when the pattern that finds them breaks. Remove the flag.',
        priority: 'P1',
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
  project: {
    facets: [softScriptsFacet, softStepsFacet, ...WORKFLOW_FACETS, packageFacet, workspaceFacet, testFilesFacet],
    check(ctx) {
      const runs = runsOf(ctx);
      for (const { path, at, message, command } of softGateSteps(ctx, runs)) {
        ctx.report({ path, facet: softStepsFacet, anchor: at }, message, { command });
      }
      for (const { path, at, found, run } of softGateScripts(ctx, runs)) {
        const workflow = run.path.slice(ctx.root.length + 1);
        ctx.report(
          { path, facet: softScriptsFacet, anchor: at },
          MESSAGES[found.message],
          { command: found.command, workflow },
          [{ path: run.path, facet: workflowFacet, anchor: run.job.at, label: 'This job relies on the script' }],
        );
      }
    },
  },
  fixes: {
    step: [{ title: 'Let the step fail', safety: 'safe', edits: removeSetting }],
    job: [{ title: 'Let the job fail', safety: 'safe', edits: removeSetting }],
    swallowed: [{ title: 'Let the command fail', safety: 'safe', edits: removeAlternative }],
    // What stands behind may have to run in any case.
    goesOn: [{ title: 'End the script when it fails', safety: 'suggest', edits: endWhenFailed }],
    noTests: [{ title: 'Fail without tests', safety: 'safe', edits: removeFlag }],
    passes: [{ title: 'Let the command fail', safety: 'safe', edits: removeFlag }],
    scriptSwallowed: [{ title: 'Let the script fail', safety: 'safe', edits: removeAlternative }],
    // What stands behind may have to run in any case.
    scriptLost: [{ title: 'Go on only when all is well', safety: 'suggest', edits: goOnWhenWell }],
    // What stands behind may have to run in any case.
    scriptGoesOn: [{ title: 'End the script when it fails', safety: 'suggest', edits: endWhenFailed }],
    scriptIgnored: [{ title: 'Let the target fail', safety: 'safe', edits: removeMark }],
    scriptIgnoresErrors: [{ title: 'Let the task fail', safety: 'safe', edits: removeEntry }],
    scriptPasses: [{ title: 'Let the command fail', safety: 'safe', edits: removeFlag }],
    scriptNoTests: [{ title: 'Fail without tests', safety: 'safe', edits: removeFlag }],
    // The versions have to be settled first, or nothing is installed.
    forced: [{ title: 'Install without force', safety: 'suggest', edits: removeFlag }],
  },
});
