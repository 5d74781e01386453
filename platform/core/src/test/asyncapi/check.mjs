/**
 * Checks AsyncAPI documents: `node check.mjs FILE...`. Prints a line for each error and ends with 1 when there is one; else
 * a line of JSON for each document: {file, channels: {address: [message names]}, sends: [addresses], receives: [addresses]}.
 * References to files are read beside the document: an example that is not there is an error. Examples must have every
 * required member and none that the schema does not name.
 */
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const ERROR = 0;
const errors = [];

const types = value => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/** The differences between a value and its schema, as texts. */
function differences(schema, value, path) {
  if (schema === undefined || value === null) return [];
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const tried = choices.map(choice => differences(choice, value, path));
    return tried.some(found => found.length === 0) ? [] : tried[0];
  }
  if (types(value) === 'array') {
    return value.flatMap((item, index) => differences(schema.items, item, `${path}[${index}]`));
  }
  if (types(value) !== 'object' || !schema.properties) return [];
  const missing = (schema.required ?? []).filter(name => !(name in value));
  return [
    ...missing.map(name => `${path} has no ${name}`),
    ...Object.entries(value).flatMap(([name, member]) =>
      name in schema.properties
        ? differences(schema.properties[name], member, `${path}.${name}`)
        : [`${path}.${name} is in no schema`],
    ),
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
    sends: addresses(document.operations().filterBySend()),
    receives: addresses(document.operations().filterByReceive()),
  });
}
for (const line of errors.length > 0 ? errors : described.map(each => JSON.stringify(each))) console.log(line);
process.exit(errors.length > 0 ? 1 : 0);
