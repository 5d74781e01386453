/**
 * Checks AsyncAPI documents: `node check.mjs FILE...`. Prints a line for each error and ends with 1 when there is one; else
 * a line of JSON for each document: {file, channels: {address: [message names]}, kept: {address: description}, shown: [names of the
 * messages with an example], sends: [addresses], receives: [addresses]}. References to files are read beside the document: an example
 * that is not there is an error. Examples must have every required member and none that the schema does not name, and each member the
 * form that its schema gives it.
 */
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const ERROR = 0;
const errors = [];

const types = value => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
const fits = (type, value) => (type === 'integer' ? Number.isInteger(value) : type === types(value));

const FORMATS = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/,
};

/** The rules of a schema that a value breaks by itself. */
function faults(schema, value, path) {
  const text = typeof value === 'string' ? value : undefined;
  const rules = {
    type: type => [type].flat().some(one => fits(one, value)),
    const: wanted => value === wanted,
    enum: wanted => wanted.includes(value),
    pattern: pattern => text === undefined || new RegExp(pattern).test(text),
    format: format => text === undefined || !FORMATS[format] || FORMATS[format].test(text),
    maxLength: most => text === undefined || text.length <= most,
    maxItems: most => !Array.isArray(value) || value.length <= most,
    minimum: least => typeof value !== 'number' || value >= least,
  };
  return Object.entries(rules)
    .filter(([rule, holds]) => rule in schema && !holds(schema[rule]))
    .map(([rule]) => `${path} is not of its ${rule}: ${JSON.stringify(value)}`);
}

/** The differences between a value and its schema, as texts. */
function differences(schema, value, path) {
  if (schema === undefined) return [];
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const tried = choices.map(choice => differences(choice, value, path));
    return tried.some(found => found.length === 0) ? [] : tried[0];
  }
  const wrong = faults(schema, value, path);
  if (wrong.length > 0) return wrong;
  if (types(value) === 'array') {
    return value.flatMap((item, index) => differences(schema.items, item, `${path}[${index}]`));
  }
  if (types(value) !== 'object' || !schema.properties) return [];
  const missing = (schema.required ?? []).filter(name => !(name in value));
  return [
    ...missing.map(name => `${path} has no ${name}`),
    ...Object.entries(value).flatMap(([name, member]) => {
      if (!(name in schema.properties)) return [`${path}.${name} is in no schema`];
      // As if it were not there.
      if (member === null && !schema.required?.includes(name)) return [];
      return differences(schema.properties[name], member, `${path}.${name}`);
    }),
  ];
}

function checkExamples(file, message) {
  for (const example of message.examples()) {
    const payload = message.payload();
    if (!payload || example.payload() === undefined) continue;
    errors.push(...differences(payload.json(), example.payload(), `${file}: ${message.name()}`));
  }
}

const described = [];
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'), { source: file });
  const found = diagnostics.filter(({ severity }) => severity === ERROR);
  errors.push(...found.map(({ message, path }) => `${file}: ${path.join('.')}: ${message}`));
  if (!document) continue;
  document.allMessages().all().forEach(message => {
    checkExamples(file, message);
  });
  const addresses = operations => operations.flatMap(operation => operation.channels().all().map(channel => channel.address()));
  described.push({
    file,
    channels: Object.fromEntries(
      document.channels().all().map(channel => [channel.address(), channel.messages().all().map(message => message.name())]),
    ),
    kept: Object.fromEntries(document.channels().all().map(channel => [channel.address(), channel.description() ?? ''])),
    shown: document.allMessages().all().filter(message => message.examples().length > 0).map(message => message.name()),
    sends: addresses(document.operations().filterBySend()),
    receives: addresses(document.operations().filterByReceive()),
  });
}
for (const line of errors.length > 0 ? errors : described.map(each => JSON.stringify(each))) console.log(line);
process.exit(errors.length > 0 ? 1 : 0);
