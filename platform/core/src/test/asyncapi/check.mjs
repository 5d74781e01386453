/**
 * Checks AsyncAPI documents: `node check.mjs FILE...`. Prints a line for each error and ends with 1 when there is one.
 * References to files are read beside the document: an example that is not there is an error.
 */
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const ERROR = 0;
let failed = false;

for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'), { source: file });
  const errors = diagnostics.filter(({ severity }) => severity === ERROR);
  for (const { message, path } of errors) console.log(`${file}: ${path.join('.')}: ${message}`);
  failed ||= errors.length > 0;
  if (document) console.log(`${file}: ${document.version()}, ${document.allMessages().length} messages`);
}
process.exit(failed ? 1 : 0);
