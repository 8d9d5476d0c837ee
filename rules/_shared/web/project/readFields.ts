import { ts } from '#api';
import { returnedBy } from '../handlerFunctions.ts';
import type { Value } from './facts.ts';
import { classKey } from './functionKeys.ts';
import { thisMember } from './targets.ts';
import { named } from './valueForms.ts';

/** What fields are read with; `depth` counts what was followed so far. */
export interface FieldSource {
  /** Assignments of the file that matter to services. */
  readonly assigned: readonly ts.BinaryExpression[];
  functionValue(fn: ts.Node): Value;
  read(node: ts.Node, depth: number): Value;
  readParameter(parameter: ts.ParameterDeclaration, depth: number): Value;
}

/** Reads members of `this`, each field once. */
export interface FieldReader {
  /** Values that fields may have, by `Class.field`. */
  readonly fields: ReadonlyMap<string, readonly Value[]>;
  /** What `this.name` stands for at a node: a method, or a field of the class around it. */
  readField(node: ts.Node, name: string, depth: number): Value;
}

/** Reads fields of one file. */
export function fieldReader({ assigned, functionValue, read, readParameter }: FieldSource): FieldReader {
  const fields = new Map<string, readonly Value[]>();

  const readField = (node: ts.Node, name: string, depth: number): Value => {
    const owner = ts.findAncestor(node, ts.isClassLike);
    if (owner === undefined) return { is: 'unknown', name };
    const method = owner.members.find((member) => ts.isMethodDeclaration(member) && member.name.getText() === name);
    if (method !== undefined) return functionValue(method);
    const key = `${classKey(owner)}.${name}`;
    if (!fields.has(key)) {
      // A field may be made from itself: it is there before it is read.
      fields.set(key, []);
      fields.set(key, fieldValues(owner, name, depth));
    }
    return { is: 'field', key };
  };

  /** What a field starts with, what a constructor's parameter of its name brings, and what it is assigned. */
  const fieldValues = (owner: ts.ClassLikeDeclaration, name: string, depth: number): readonly Value[] => {
    const values: Value[] = [];
    for (const member of owner.members) {
      if (ts.isPropertyDeclaration(member) && member.initializer !== undefined && member.name.getText() === name) {
        values.push(named(read(member.initializer, depth + 1), name));
      }
      if (ts.isGetAccessor(member) && member.name.getText() === name) {
        values.push(...returnedBy(member).map((value) => read(value, depth + 1)));
      }
      if (!ts.isConstructorDeclaration(member)) continue;
      const parameter = member.parameters.find((one) => one.name.getText() === name && one.modifiers !== undefined);
      if (parameter !== undefined) values.push(readParameter(parameter, depth));
    }
    for (const { left, right } of assigned) {
      if (thisMember(left) === name && ts.findAncestor(left, ts.isClassLike) === owner) {
        values.push(named(read(right, depth + 1), name));
      }
    }
    return values;
  };

  return { fields, readField };
}
