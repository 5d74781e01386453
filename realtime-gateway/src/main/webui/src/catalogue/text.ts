import table from './search-letters.json' with { type: 'json' };

/**
 * The normal form in which texts are compared: what is spelled differently in Uzbek Latin, Uzbek Cyrillic and Russian
 * comes out the same. The table is the server's (`SearchText`); both are held to the same golden vectors.
 */

const LETTERS = new Map(Object.entries(table.letters));
const APOSTROPHES = new Set(table.apostrophes);
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const MARKS = /\p{Mn}+/gu;
const IOTATED = /y+[oe]/g;
const SPACES = /[\s\p{Z}]+/gu;
const MAX_WORDS = 8;
const PLAIN = /^[a-wyz0-9 .,%()/+-]*$/;

export function normalForm(text: string): string {
  const simple = text.toLowerCase();
  // Most names are plain Latin; the rest is a hundred times slower.
  if (PLAIN.test(simple)) return simple.replace(IOTATED, 'e').replace(/ +/g, ' ').trim();
  // Twice: NFKC makes a space and an accent of an acute accent that stands alone, and an apostrophe of other signs.
  const lower = withoutApostrophes(text).normalize('NFKC').toLowerCase();
  const latin = inLatin(withoutApostrophes(lower).normalize('NFKC'));
  const plain = latin.normalize('NFD').replace(MARKS, '');
  return inLatin(plain).replace(IOTATED, 'e').replace(SPACES, ' ').trim();
}

/** The words of a search; none when nothing of it can be found. A `y` at its end may become another letter with the next. */
export function searchWords(search: string): string[] {
  let form = normalForm(search);
  if (form.length > 1 && form.endsWith('y') && form.charAt(form.length - 2) !== ' ') form = form.slice(0, -1);
  return form === '' ? [] : form.split(' ').slice(0, MAX_WORDS);
}

function withoutApostrophes(text: string): string {
  let rest = '';
  for (const sign of text) if (!APOSTROPHES.has(sign) && !IGNORABLE.test(sign)) rest += sign;
  return rest;
}

function inLatin(text: string): string {
  let latin = '';
  for (const letter of text) latin += LETTERS.get(letter) ?? letter;
  return latin;
}
