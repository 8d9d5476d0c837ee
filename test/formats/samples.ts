import type { FormatLanguage } from '#engine/formats/types.ts';

/** Small documents that use each construct of their format, with CRLF, a byte order mark or characters beyond 16 bits. */
export const SAMPLES: { readonly [L in FormatLanguage]: readonly string[] } = {
  json: [
    '{\n  // why\n  "name": "a\\u0041😀", /* b */\n  "list": [1, -2.5e3, true, null, {"deep": [[]]},],\n}\n',
    '\ufeff{\r\n\t"scripts": { "test": "jest --passWithNoTests" },\r\n\t"jest": { "globals": { "ts-jest": {} } }\r\n}',
  ],
  yaml: [
    'base: &base # shared\n  restart: always\n  ports: ["80:80", 443]\nweb:\n  <<: *base\n  image: "node:20"\n  text: |\n    # no comment\n    two\n',
    "\ufeffon:\r\n  push: {branches: [main, '😀']}\r\n---\r\n- &a x\r\n- *a\r\n- ? [k]\r\n  : v\r\n- >-\r\n  folded\r\n  text\r\n...\r\n",
  ],
  dockerfile: [
    '# syntax=docker/dockerfile:1\nARG V=20\nFROM --platform=$P node:$V AS build\nRUN npm ci \\\n  # why\n  && npm test\nCOPY --from=build a b\nRUN <<EOF\necho 😀\nEOF\nCMD ["node", "m.js"]\n',
    '\ufeff# escape=`\r\nFROM a\r\nHEALTHCHECK --interval=5s CMD ["x"]\r\nRUN a `\r\n b\r\nONBUILD COPY <<-"X" /x\r\n\ta\r\n\tX\r\n',
  ],
  html: [
    '<!doctype html>\n<html><head><title>a &amp; b</title><meta http-equiv="x" content=\'y\'></head>\n<body><!-- c --><ul><li>1<li>2</ul><p>a<div>b</div><svg><path d=x /></svg></body></html>\n',
    '\ufeff<iframe sandbox = "allow-scripts allow-same-origin"\r\n  src=😀 data-a></iframe><script>if (a < b) "<p>"</script><my-x/><tr><td>1<td>2',
  ],
  markdown: [
    '# Title\n\n- [x] done `a.ts:1` **bold** <!-- c -->\n  - [ ] open\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\n```sh\nnpm ci\n```\n\n> quote https://a.b [l](m "t")[^1]\n\n[^1]: note\n',
    '\ufeffTitle\r\n=====\r\n\r\n1. 😀 _a_\r\n\r\n   two\r\n\r\n<!-- a --> text <!-- b\r\n-->\r\n',
  ],
  dotenv: [
    '# c\nexport A=1 # x\nB="a\\n\\"b" # y\nC=\'x\ny\'\nD=\nE: v\nF=a#b\nG=`b`\n',
    '\ufeffKEY=😀\r\nURL="postgres://u:p@h/d"\r\nbad line\r\nX="open\r\n',
  ],
  prisma: [
    'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n/// doc\nmodel User {\n  id    Int    @id @default(autoincrement())\n  posts Post[] @relation("x)", fields: [a,\n b])\n  e String? @db.VarChar(10) // c\n\n  @@index([a, b])\n}\n',
    '\ufeffenum R {\r\n  A @map("😀")\r\n  B\r\n  /* c */\r\n  @@map("r")\r\n}\r\njunk\r\nview V { id Unsupported("c(")? }\r\n',
  ],
  ignore: [
    '# what no image needs\n.git\n**/node_modules\n/dist/\n  *.log  \n!keep.log\n! spaced\n#env\n\n.env*\n',
    '\ufeff*\r\n!src/**/[a-z]?.ts\r\n# 😀\r\n!\r\n !package.json\t\r\nc\\ d\r\n',
  ],
  shell: [
    '#!/usr/bin/env bash\nset -euo pipefail # strict\n\n# tests\nif [ "$#" -gt 0 ]; then\n  npm test -- \\\n    --ci "$(echo "a  b")" || true\nfi\ncat <<-EOF > "a b"\n\tnpm run lint\n\tEOF\necho \'x\ny\' a#b $# <<< z\n',
    "\ufeff#!/bin/sh\r\necho '😀' \\\r\n  b\r\ncat << 'A' << B\r\n#1\r\nA\r\nB\r\nprintf $'\\'x' ; exit 0",
  ],
  makefile: [
    '# all of it\nSHELL := /bin/bash\nNPM ?= npm # which\nexport CI = 1\ninclude tools/*.mk\n\n.PHONY: test lint\ntest: lint build | dirs\n\t@$(NPM) test \\\n\t  -- --ci\n\t-$(NPM) run e2e || true\nifeq ($(CI),1)\nlint: ; eslint .\nelse\nlint:\n# no shell\n\teslint src\nendif\ndefine BODY\n\techo x\nendef\n%.js: %.ts\n\ttsc $<\n$(OUT)/a b:: X = 1\n',
    '\ufeffall:\ta\\\r\n  b\r\n\techo "😀" \\\r\n  && x\r\nA=b\\\r\n c\r\nendif\r\ndefine X\r\n',
  ],
};
