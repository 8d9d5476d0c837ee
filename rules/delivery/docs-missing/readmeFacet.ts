import { type Anchor, facet } from '#api';

/** What the README at the top tells. */
export interface ReadmeFacts {
  /** Its first line with text. */
  readonly at: Anchor;
  readonly saysRun: boolean;
  readonly saysTest: boolean;
  /** Sends the reader to other documents for how to work on the project. */
  readonly refers: boolean;
  readonly describesApi: boolean;
  readonly saysContributing: boolean;
}

/** Commands are the same in every language that people write a README in. */
const RUN =
  /\b(?:(?:npm|pnpm|yarn|bun)\s+run\s+\S+|(?:npm|pnpm|yarn|bun)\s+(?:start|dev|serve|develop|preview|up)\b|docker(?:-| )compose\b[^\n]*\bup\b|docker run\b|node(?:mon)?\s+[\w./-]+|npx\s+\S+|make\s+\w+|task\s+\w+|just\s+\w+|nest start|(?:npm|pnpm|yarn|bun)\s+(?:i|install|add)\s+(?!-)[\w@])/;
const TEST =
  /\b(?:(?:npm|pnpm|yarn|bun|deno|make|task|just|turbo|nx)\s+(?:run\s+)?(?:\S+:)?t(?:est)?(?:s|:\S+)?\b|vitest|jest|mocha|playwright|cypress|node --test|ava\b|tests?\s+(?:are|is|can be) run|run(?:ning)?\s+(?:the\s+)?(?:unit\s+|all\s+)?tests?)/i;
const REFERS =
  /\]\((?!#)[^)]*(?:contribut|develop|hacking|docs?\b|documentation|getting-?started|guide|wiki|install|setup|building|quick-?start|handbook|run)[^)]*\)|(?:see|read|siehe|voir)\s[^\n]{0,40}(?:docs|wiki|documentation|contributing)/i;
const API =
  /swagger|openapi|postman|insomnia|redoc|graphql|\bapi[\s_-]+(?:reference|docs?|documentation|endpoints?)|endpoints?\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b\W{1,8}\//i;
/** A README longer than this has what it needs somewhere. */
const MAX = 200_000;

export const readmeFacet = facet<never, ReadmeFacts>({
  name: 'delivery/readme',
  documents: {
    languages: ['markdown'],
    fold({ text }, { localPath, at }) {
      if (!/^\/(?:\.github\/|docs\/)?readme(?:\.[a-z]{2}(?:-[a-z]{2})?)?\.(?:md|markdown)$/i.test(localPath))
        return undefined;
      const line = /[^\s][^\r\n]*/.exec(text);
      const start = line?.index ?? 0;
      const place = at({ start, end: start + (line?.[0].trimEnd().length ?? 0) });
      const isLong = text.length > MAX;
      const says = (pattern: RegExp): boolean => isLong || pattern.test(text);
      return {
        at: place,
        saysRun: says(RUN),
        saysTest: says(TEST),
        refers: says(REFERS),
        describesApi: says(API),
        saysContributing: says(/contribut|pull request/i),
      };
    },
  },
});
