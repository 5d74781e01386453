// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalForm, searchWords } from '../src/catalogue/text.ts';

const PLATFORM = join(import.meta.dirname, '../../../../../platform');
const read = (name: string) => {
  const file = readdirSync(PLATFORM, { recursive: true })
    .map(String)
    .find(path => path.endsWith(name) && path.includes('src') && !path.includes('target'));
  if (!file) throw new Error(`no ${name} in ${PLATFORM}`);
  return JSON.parse(readFileSync(join(PLATFORM, file), 'utf8'));
};
const vectors = read('text-vectors.json') as {
  search: { form: string; texts: string[] }[];
  words: { search: string; words: string[] }[];
};

describe("the normal form of texts equals the server's", () => {
  it.each(vectors.search.flatMap(({ form, texts }) => texts.map(text => ({ form, text }))))(
    '$text is $form',
    ({ form, text }) => {
      expect(normalForm(text)).toBe(form);
    },
  );
  it.each(vectors.words)('the words of $search', ({ search, words }) => {
    expect(searchWords(search)).toEqual(words);
  });
  it('uses the same table of letters', () => {
    const own = JSON.parse(
      readFileSync(join(import.meta.dirname, '../src/catalogue/search-letters.json'), 'utf8'),
    );
    expect(own).toEqual(read('search-letters.json'));
  });
});
