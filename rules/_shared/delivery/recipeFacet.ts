import { facet, type MakefileDocument, type ShellDocument } from '#api';
import { decidingCommands } from './deciding.ts';
import { expanded, type MakeVariables, makeVariables } from './makeVariables.ts';
import { type Recipe, type RecipeFile, recipeTexts, shellTexts } from './recipeFile.ts';
import { scriptCommands, stopsAtFailures } from './scriptCommands.ts';
import { type Command, commandsWithin } from './shell.ts';
import { taskfileRecipes } from './taskfile.ts';

/** More than a person writes into one file. */
const MAX_RECIPES = 500;

/** Makefiles, Taskfiles and shell scripts by what they run. */
export const recipeFacet = facet<never, RecipeFile>({
  name: 'delivery/recipes',
  documents: {
    languages: ['shell', 'makefile', 'yaml'],
    fold(document) {
      if (document.language === 'shell') return scriptFile(document);
      if (document.language === 'makefile') return makeFile(document);
      return document.language === 'yaml' ? taskfileRecipes(document) : undefined;
    },
  },
});

function scriptFile(document: ShellDocument): RecipeFile | undefined {
  const all = scriptCommands(document);
  if (all.length === 0) return undefined;
  const conditional = new Set<Command>(all.filter(({ isConditional }) => isConditional));
  const deciding = decidingCommands(all, stopsAtFailures(document, all) === true);
  const recipe: Recipe = {
    targets: [],
    needs: [],
    commands: recipeTexts(all),
    certain: recipeTexts(all.filter((one) => !conditional.has(one))),
    deciding: recipeTexts(deciding.filter((one) => !conditional.has(one))),
  };
  return { kind: 'shell', recipes: [recipe], goal: '', includes: [] };
}

function makeFile(document: MakefileDocument): RecipeFile | undefined {
  const { rules, includes, variables } = document;
  const known = makeVariables(document);
  const recipes = rules.slice(0, MAX_RECIPES).map((rule): Recipe => {
    const lines = rule.recipe.map(({ span, isConditional }) => ({
      isConditional: isConditional || rule.isConditional,
      ...recipeLine(document, span, known),
    }));
    const certain = lines.filter((line) => !line.isConditional);
    return {
      targets: rule.targets.flatMap((target) => expanded(target, known).split(/\s+/)),
      needs: rule.prerequisites.flatMap((need) => expanded(need, known).split(/\s+/)).filter((need) => need !== ''),
      commands: shellTexts(lines.map(({ commands }) => commands)),
      certain: shellTexts(certain.map(({ commands }) => commands)),
      deciding: shellTexts(
        certain.filter(({ isIgnored }) => !isIgnored).map(({ commands }) => decidingCommands(commands, false)),
      ),
    };
  });
  if (recipes.length === 0 && includes.length === 0) return undefined;
  const goal =
    variables.find(({ name }) => name === '.DEFAULT_GOAL')?.value ??
    recipes.flatMap(({ targets }) => targets).find((target) => !/^\.[^/]*$|[%$]/.test(target));
  return { kind: 'makefile', recipes, goal: goal ?? '', includes: includes.map(({ path }) => path) };
}

/** A line of a recipe, cut into what it runs. */
export interface RecipeLine {
  /** With what the variables of the Makefile stand for. */
  readonly commands: readonly Command[];
  /** Its failure is passed over: `-` before it. */
  readonly isIgnored: boolean;
  /** Where the marks before it begin. */
  readonly start: number;
}

/** Reads a line of a recipe. */
export function recipeLine(
  { text }: MakefileDocument,
  span: { readonly start: number; readonly end: number },
  variables: MakeVariables,
): RecipeLine {
  const marks = /^[@+\-\s]*/.exec(text.slice(span.start, Math.min(span.end, span.start + 50)))?.[0] ?? '';
  const commands = commandsWithin(text, { start: span.start + marks.length, end: span.end });
  return {
    commands: commands.map((command) => ({ ...command, text: expanded(command.text, variables) })),
    isIgnored: marks.includes('-'),
    start: span.start,
  };
}
