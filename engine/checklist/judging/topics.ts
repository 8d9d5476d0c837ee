import type { RegisteredRule } from '../../api/rule.ts';
import { grouped } from './grouped.ts';

/** A rule whose topics the words of an item mention. */
export interface TopicMatch {
  readonly rule: string;
  /** As the rule writes them, in the order in which they occur. */
  readonly topics: readonly string[];
  /**
   * Specific enough to tell what the item is about: its title has a topic of several words or one that only code is written
   * like, or a topic and the rest of it another one.
   */
  readonly strong: boolean;
}

/** Finds what rules the words of an item are about. */
export interface TopicIndex {
  match(title: string, rest: readonly string[]): readonly TopicMatch[];
}

interface Topic {
  readonly rule: string;
  readonly topic: string;
  readonly tokens: readonly string[];
  /** Written like code, or of several words: ordinary prose does not hit it by chance. */
  readonly specific: boolean;
}

/** Prepares the topics of all rules, by their first word. */
export function topicIndex(rules: readonly RegisteredRule[]): TopicIndex {
  const byFirst = new Map<string, Topic[]>();
  for (const { id, category, meta } of rules) {
    // What a rule about checklists finds is about the text, not about the code the text speaks of.
    if (category === 'checklist') continue;
    for (const topic of meta.topics) {
      const tokens = tokensOf(topic);
      const [first] = tokens;
      if (first === undefined) continue;
      const specific = tokens.length > 1 || /[a-z][A-Z]|[_\d.<(]/.test(topic);
      byFirst.set(first, [...(byFirst.get(first) ?? []), { rule: id, topic, tokens, specific }]);
    }
  }

  const find = (text: string): readonly Topic[] => {
    const tokens = tokensOf(text);
    return tokens.flatMap((token, at) =>
      (byFirst.get(token) ?? []).filter((topic) => topic.tokens.every((word, offset) => tokens[at + offset] === word)),
    );
  };

  return {
    match(title, rest) {
      const inTitle = find(title);
      const inRest = rest.flatMap(find);
      const byRule = grouped([...inTitle, ...inRest], (topic) => topic.rule);
      return [...byRule].map(([rule, topics]) => {
        const titled = inTitle.filter((topic) => topic.rule === rule);
        const independent = withoutParts(topics);
        const strong = titled.some((topic) => topic.specific) || (titled.length > 0 && independent.length > 1);
        return { rule, topics: [...new Set(topics.map(({ topic }) => topic))], strong };
      });
    },
  };
}

/** Topics that are not just a part of another one found: `sandbox` within `iframe sandbox` says nothing more. */
function withoutParts(topics: readonly Topic[]): readonly Topic[] {
  const unique = [...new Map(topics.map((topic) => [topic.topic, topic])).values()];
  return unique.filter(
    (topic) =>
      !unique.some(
        (other) =>
          other !== topic &&
          other.tokens.length > topic.tokens.length &&
          topic.tokens.every((word) => other.tokens.includes(word)),
      ),
  );
}

/** Words in lower case and in the singular, as far as its ending tells. */
function tokensOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).map((word) => {
    if (word.length < 4) return word;
    return /(?:x|ss|sh|ch)es$/.test(word) ? word.slice(0, -2) : word.replace(/([^s])s$/, '$1');
  });
}
