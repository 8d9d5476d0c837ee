import { z } from 'zod';
import { rule, type ts } from '#api';
import { clientName, decidesPlace } from './clientNames.ts';
import { limitSize, limitType } from './restrict.ts';
import { opennessOf, takesNoFiles, type Upload, uploadOf } from './uploads.ts';

type Fact = Upload | { readonly name: ts.Expression };

/** Signs that a file looks at the types, or the sizes, of what it gets by other means. */
const LOOKS_AT_TYPE =
  /\.mimetype\b|\bmime(?:Type|type)\b|file-?type|fileTypeFrom|\bextname\s*\([^)]*\)[^;]*\.(?:test|includes)\b/i;
const LOOKS_AT_SIZE = /max_?(?:file_?)?(?:size|bytes|upload)|(?:size|bytes|length)\s*>/i;

const WHERE = { memory: 'the memory', disk: 'the disk', elsewhere: 'the storage' } as const;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Uploads of any size or type, and files stored under the name that the client gives.',
    promise: 'Uploads are limited in size and type, and stored under names of their own',
    topics: ['file upload', 'upload limit', 'fileFilter', 'multer', 'unrestricted upload', 'upload size'],
    subject: ['multer', 'busboy', 'express-fileupload', 'upload'],
    references: [
      { title: 'CWE-434', url: 'https://cwe.mitre.org/data/definitions/434.html' },
      { title: 'CWE-770', url: 'https://cwe.mitre.org/data/definitions/770.html' },
      {
        title: 'OWASP: File Upload Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html',
      },
      { title: 'Multer: limits and fileFilter', url: 'https://github.com/expressjs/multer#limits' },
    ],
    messages: {
      size: '{taker} takes files of any size here, so that one request can fill {where}. Set limits.fileSize to what the largest honest file needs.',
      sizeAndType:
        '{taker} writes files of any size and type to the disk, programs and pages with scripts among them, until it is full. Set limits.fileSize and a fileFilter.',
      type: 'Files of any type are written to the disk, pages with scripts and programs among them. Name the types that are meant in a fileFilter.',
      name: 'The client chooses the name of the file: a second upload of that name replaces the first, whoever sent it, and its ending says how it is served. Make up a name, with randomUUID for example.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: (node, { header }): Fact | undefined => {
        const name = clientName(node);
        return name === undefined ? uploadOf(node, header) : { name };
      },
      NewExpression: (node, { header }): Fact | undefined => uploadOf(node, header),
    },
    each(fact, ctx) {
      if ('name' in fact) {
        if (ctx.header.modules.has('multer') && decidesPlace(fact.name)) ctx.report(fact.name, 'name');
        return;
      }
      const { call, taker } = fact;
      const open = opennessOf(fact, (name) => ctx.lookup(name), ctx.header);
      if (open === undefined) return;
      const file = call.getSourceFile();
      ctx.relyOn(file);
      if (takesNoFiles(fact)) return;
      const { store, takesAnyType } = open;
      const isUnlimited = open.isUnlimited && !(taker === 'busboy' && LOOKS_AT_SIZE.test(file.text));
      const isAnyType = takesAnyType && !LOOKS_AT_TYPE.test(file.text);
      const data = { taker, where: WHERE[store] };
      if (isUnlimited) ctx.report(call.expression, isAnyType ? 'sizeAndType' : 'size', data);
      else if (isAnyType) ctx.report(call.expression, 'type', data);
    },
  },
  fixes: {
    size: [{ title: 'Set a limit of 5 MB', safety: 'suggest', edits: limitSize }],
    sizeAndType: [{ title: 'Take pictures of up to 5 MB only', safety: 'suggest', edits: limitType }],
    type: [{ title: 'Take pictures only', safety: 'suggest', edits: limitType }],
  },
});
