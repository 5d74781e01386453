// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentHash, SERVICES } from '../api/documents.mjs';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The services' own tests compare the documents with what they answer; so a drift fails there or here. */
describe('the types of the API', () => {
  it.each(SERVICES as string[])(
    'of the %s service are made from its document as it is (npm run api)',
    service => {
      const types = read(`src/platform/http/api/${service}.ts`);
      expect(types).toContain(`document ${documentHash(read(`api/${service}.json`))}.`);
    },
  );
});
