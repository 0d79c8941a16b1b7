/** Reads from the domain's types what they say of each event: stream, meaning, who may cause it, fields. */
import { join } from 'node:path';
import ts from 'typescript';

/**
 * @typedef {'text' | 'integer' | 'number' | 'boolean' | 'time' | 'object' | 'texts' | 'list'} FieldKind
 * @typedef {{ path: string, kind: FieldKind, optional: boolean, meaning: string, values?: string[], secret?: true }} Field
 * @typedef {{ stream: string, meaning: string, by: string, fields: Field[] }} EventType
 */

/** @param {string} text one paragraph, however it is broken into lines */
const oneLine = text => text.replace(/\s+/g, ' ').trim();

/** @param {ts.Symbol} symbol @param {ts.TypeChecker} checker */
const meaningOf = (symbol, checker) =>
  oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker)));

/** @param {ts.Symbol} symbol @param {string} name of the JSDoc tag */
const tagOf = (symbol, name) => {
  const tag = symbol.getJsDocTags().find(one => one.name === name);
  return tag && oneLine(ts.displayPartsToString(tag.text));
};

/** @param {ts.Symbol} alias @returns {ts.TypeNode} what a `type … =` stands for */
const nodeOf = alias => {
  const declaration = alias.declarations?.find(ts.isTypeAliasDeclaration);
  if (!declaration) throw new Error(`${alias.name} is not declared as a type`);
  return declaration.type;
};

/** @param {ts.Node} name @param {ts.TypeChecker} checker the alias itself, also where the name was imported */
const aliasAt = (name, checker) => {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) throw new Error(`${name.getText()} leads nowhere`);
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
};

/** What a number or text is more exactly, as the name of its type says. @type {Record<string, FieldKind>} */
const NAMED_KINDS = { IsoTime: 'time', Integer: 'integer' };

/**
 * @param {ts.Type} type without undefined
 * @param {ts.Symbol} property
 * @param {ts.TypeChecker} checker
 * @returns {{ kind: FieldKind, values?: string[] } | undefined} nothing for what is not documented yet, such as lists of numbers
 */
const kindOf = (type, property, checker) => {
  const written = property.declarations?.find(ts.isPropertySignature)?.type;
  const named = written && ts.isTypeReferenceNode(written) && NAMED_KINDS[written.typeName.getText()];
  if (named) return { kind: named };
  const parts = type.isUnion() ? type.types : [type];
  /** @param {ts.TypeFlags} flags */
  const all = flags => parts.every(part => (part.flags & flags) !== 0);
  if (all(ts.TypeFlags.StringLiteral)) {
    // The compiler's own order depends on what else it has read.
    return { kind: 'text', values: parts.map(part => String(/** @type {any} */ (part).value)).sort() };
  }
  if (all(ts.TypeFlags.StringLike)) return { kind: 'text' };
  if (all(ts.TypeFlags.NumberLike)) return { kind: 'number' };
  if (all(ts.TypeFlags.BooleanLike)) return { kind: 'boolean' };
  const element = type.getNumberIndexType();
  if (element && checker.isArrayLikeType(type)) {
    if (element.flags & ts.TypeFlags.StringLike) return { kind: 'texts' };
    return element.getProperties().length > 0 && !element.isUnion() ? { kind: 'list' } : undefined;
  }
  const isPlainObject = parts.length === 1 && type.getProperties().length > 0 && !type.getNumberIndexType();
  return isPlainObject ? { kind: 'object' } : undefined;
};

/**
 * @param {string} file the file that exports `AnyEvent`
 * @returns {{ streams: Record<string, string>, events: Record<string, EventType>, missing: string[] }} what each stream
 *   is, by its name's pattern; all events, by type; and in sentences what the types do not say
 */
export const readEventTypes = file => {
  const configFile = join(import.meta.dirname, '../tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    { ...ts.readConfigFile(configFile, ts.sys.readFile).config, include: [] },
    ts.sys,
    join(import.meta.dirname, '..'),
  );
  const program = ts.createProgram([file], { ...options, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  /** @type {Record<string, string>} */
  const streams = {};
  /** @type {Record<string, EventType>} */
  const events = {};
  /** @type {string[]} */
  const missing = [];

  /** @param {string} place @param {string} what @param {string | undefined} text */
  const wanted = (place, what, text = '') => {
    if (text === '') missing.push(`${place} has no ${what}`);
    return text;
  };

  /** @param {ts.Type} type @param {string} event @param {string} prefix @param {boolean} within something optional @returns {Field[]} */
  const fieldsOf = (type, event, prefix, within) =>
    checker.getPropertiesOfType(type).flatMap(property => {
      const path = `${prefix}${property.name}`;
      const place = `${event}.${path}`;
      const optional = within || (property.flags & ts.SymbolFlags.Optional) !== 0;
      const inner = checker.getNonNullableType(checker.getTypeOfSymbol(property));
      const kind = kindOf(inner, property, checker);
      if (!kind) {
        missing.push(
          `${place} is of a type that the catalogue has no word for: ${checker.typeToString(inner)}`,
        );
        return [];
      }
      const meaning = wanted(place, 'docstring', meaningOf(property, checker));
      const secret = tagOf(property, 'secret') === undefined ? {} : { secret: /** @type {const} */ (true) };
      const holder = kind.kind === 'list' ? inner.getNumberIndexType() : kind.kind === 'object' && inner;
      const nested = holder ? fieldsOf(holder, event, `${path}.`, optional) : [];
      return [{ path, ...kind, optional, ...secret, meaning }, ...nested];
    });

  /** @param {ts.Symbol} alias @param {string | undefined} within the stream of the union that it is in */
  const visit = (alias, within) => {
    const stream = tagOf(alias, 'stream') ?? within;
    if (stream !== undefined && stream !== within) {
      streams[stream] = wanted(alias.name, 'docstring', meaningOf(alias, checker));
    }
    const node = nodeOf(alias);
    /** @param {ts.TypeNode} member @returns {member is ts.TypeReferenceNode} */
    const isName = member => ts.isTypeReferenceNode(member) && !member.typeArguments;
    const members = ts.isUnionTypeNode(node) ? [...node.types] : [node];
    if (members.every(isName)) {
      for (const { typeName } of members) visit(aliasAt(typeName, checker), stream);
      return;
    }
    const type = checker.getDeclaredTypeOfSymbol(alias);
    /** @param {string} name */
    const part = name => {
      const property = type.getProperty(name);
      if (!property) throw new Error(`${alias.name} is no event: it has no ${name}`);
      return checker.getTypeOfSymbol(property);
    };
    const literal = part('type');
    if (!literal.isStringLiteral()) throw new Error(`${alias.name} does not say which type of event it is`);
    const event = literal.value;
    events[event] = {
      stream: wanted(event, '@stream, nor has a union that it is in', stream),
      meaning: wanted(event, 'docstring', meaningOf(alias, checker)),
      by: wanted(event, '@by (who may cause it)', tagOf(alias, 'by')),
      fields: fieldsOf(part('data'), event, '', false),
    };
  };

  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const any = module && checker.getExportsOfModule(module).find(({ name }) => name === 'AnyEvent');
  if (!any) throw new Error(`${file} exports no AnyEvent`);
  visit(any, undefined);
  return { streams, events, missing };
};
