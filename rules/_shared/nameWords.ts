import { byName } from './byName.ts';

/** Words of a name in lower case: `auditLogger` → `audit`, `logger`; `HTTP_LOG` → `http`, `log`. */
export const nameWords = byName((name): readonly string[] =>
  name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase()),
);
