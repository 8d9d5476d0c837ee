/** The compiler run for its errors alone. */
export const TYPE_CHECK = /\b(?:vue-|svelte-)?tsc\b[^&|;\n]*--noEmit\b|\bvue-tsc\b|\bsvelte-check\b/;
/** Scripts that people name after what they do. */
const TYPE_CHECK_NAME = /type-?check|check-?types?|types?[:-]check|check[:-]types?|lint[:-](?:types?|tsc)/i;
/** Scripts that produce the program: the compiler sees its sources there, often without the tests. */
const BUILD_NAME =
  /^(?:pre|post)?(?:build|compile|dev|start|serve|watch|prepare|publish|prepublish\w*|pack|install|clean)\b|[:.-](?:build|compile|dev|start|serve|watch)$/;

/** Whether a script of package.json checks types apart from building, by its name or its command. */
export function checksTypes(name: string, command: string): boolean {
  return TYPE_CHECK_NAME.test(name) || TYPE_CHECK.test(command) || (/\btsc\b/.test(command) && !BUILD_NAME.test(name));
}

/** Whether a command is the compiler. */
export function isCompiler(command: string): boolean {
  return /\b(?:vue-)?tsc\b/.test(command);
}

/** Whether a script is for people who develop or test, who want to go on in spite of an error of the compiler. */
export function isForWork(name: string): boolean {
  return /dev|watch|start|debug|local|report|test/i.test(name);
}
