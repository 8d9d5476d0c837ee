import { z } from 'zod';
import { rule, ts } from '#api';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import { isOnRequest } from './condition.ts';
import { checkAgain } from './fixes.ts';
import { CHECKS, isSwitchedOff, isTurnedOff, SWITCH } from './inSource.ts';
import { inData, inDockerfile, inDotenv } from './inText.ts';
import { isProbe, staysHere } from './thisMachine.ts';

type Setting = ts.PropertyAssignment | ts.BinaryExpression;

/** Lock files and the like hold no settings; examples for others to copy do. */
const NO_SETTINGS =
  /(?:package-lock|composer|tsconfig[^/]*|pnpm-lock|yarn)\.(?:json|yaml|lock)$|\/(?:locales?|i18n|translations)\//;
const FOR_TESTS = /(?:^|[/.\-_])(?:tests?|e2e|spec|ci)(?:[/.\-_]|$)/i;

/** Programs that a developer starts now and then, most of them against a server of their own. */
const SCRIPTS = inFolders('scripts?', FOLDERS.demos, FOLDERS.benchmarks);

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Connections that accept any certificate.',
    promise: 'Every encrypted connection checks the certificate of the other side',
    topics: [
      'tls verification',
      'certificate verification',
      'rejectUnauthorized',
      'strictSSL',
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'certificate validation',
      'self-signed certificate',
    ],
    subject: ['tls', 'ssl', 'https', 'rejectUnauthorized'],
    references: [
      { title: 'CWE-295: Improper Certificate Validation', url: 'https://cwe.mitre.org/data/definitions/295.html' },
      {
        title: 'Node.js: NODE_TLS_REJECT_UNAUTHORIZED',
        url: 'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
      },
      { title: 'Node.js: tls.connect()', url: 'https://nodejs.org/api/tls.html#tlsconnectoptions-callback' },
    ],
    messages: {
      option:
        'This connection accepts any certificate, so whoever sits on the way reads and changes all that goes through it, passwords included. Remove the setting; pass the certificate of a private authority as ca.',
      process:
        'No connection of the process checks certificates any more, so whoever sits on the way reads and changes all that goes through it. Remove the setting; name private authorities in NODE_EXTRA_CA_CERTS.',
      script: {
        text: 'This script accepts any certificate, so whoever sits on the way reads and changes what it sends, passwords included. Remove the setting, unless it only ever talks to this machine.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      PropertyAssignment: {
        named: (name) => name === SWITCH || CHECKS.has(name),
        listen: (node): Setting | undefined => (isSwitchedOff(node) ? node : undefined),
      },
      BinaryExpression: {
        named: / =$/,
        listen: (node, ctx): Setting | undefined => (isTurnedOff(node, ctx.header) ? node : undefined),
      },
    },
    each(setting, ctx) {
      const { localPath } = ctx.header;
      if (isOnRequest(setting) || isProbe(localPath) || staysHere(setting, ctx.lookup)) return;
      const name = ts.isPropertyAssignment(setting) ? setting.name : setting.left;
      const message = /NODE_TLS/.test(name.getText()) ? 'process' : 'option';
      if (!SCRIPTS.test(localPath)) ctx.report(setting, message);
      // Whoever runs a script sets the switch for a server of their own; a connection it opens may go anywhere.
      else if (message === 'option') ctx.report(setting, 'script');
    },
  },
  documents: {
    languages: ['dotenv', 'yaml', 'json', 'dockerfile'],
    matches: (path) => !NO_SETTINGS.test(path) && !FOR_TESTS.test(path.slice(path.lastIndexOf('/'))),
    check(ctx) {
      const { document } = ctx;
      // Most documents are done with one search.
      if (!document.text.includes('NODE_TLS_') && !document.text.includes('strict-ssl')) return;
      const spans =
        document.language === 'dotenv'
          ? inDotenv(document)
          : document.language === 'dockerfile'
            ? inDockerfile(document)
            : document.language === 'yaml' || document.language === 'json'
              ? inData(document)
              : [];
      for (const span of spans) ctx.report(span, 'process');
    },
  },
  fixes: {
    option: [{ title: 'Check certificates', safety: 'suggest', edits: checkAgain }],
    process: [{ title: 'Check certificates', safety: 'suggest', edits: checkAgain }],
    script: [{ title: 'Check certificates', safety: 'suggest', edits: checkAgain }],
  },
});
