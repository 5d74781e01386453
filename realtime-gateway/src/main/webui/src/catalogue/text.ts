import table from './search-letters.json' with { type: 'json' };

/**
 * The normal form in which texts are compared: what is spelled differently in Uzbek Latin, Uzbek Cyrillic and Russian
 * comes out the same. The table is the server's (`SearchText`); both are held to the same golden vectors.
 */

const LETTERS = new Map(Object.entries(table.letters));
const APOSTROPHES = new RegExp(`[${table.apostrophes}]`, 'gu');
/** Also what is drawn as nothing: the empty Braille cell and the musical null note. */
const REMOVED = new RegExp(
  `[${table.apostrophes}\\p{Default_Ignorable_Code_Point}\\u{2800}\\u{1D159}]`,
  'gu',
);
const MARKS = /\p{Mn}+/gu;
const IOTATED = /y+[oe]/g;
const SPACES = /[\s\p{Z}]+/gu;
const MAX_WORDS = 8;
/** Latin without accents, and Cyrillic: what nearly all names are made of, and what needs no normalization. */
const SIMPLE = /^[ -~а-яёўқғҳ«»№]*$/;

export function normalForm(text: string): string {
  const simple = text.replace(APOSTROPHES, '').toLowerCase();
  if (SIMPLE.test(simple))
    return tidy(inLatin(simple.includes('№') ? simple.normalize('NFKC').toLowerCase() : simple));
  // Twice: NFKC makes a space and an accent of an acute accent that stands alone, and an apostrophe of other signs.
  const lower = text.replace(REMOVED, '').normalize('NFKC').toLowerCase();
  const latin = inLatin(lower.replace(REMOVED, '').normalize('NFKC'));
  return tidy(inLatin(latin.normalize('NFD').replace(MARKS, '')));
}

/** The words of a search; none when nothing of it can be found. A `y` at its end may become another letter with the next. */
export function searchWords(search: string): string[] {
  let form = normalForm(search);
  if (form.length > 1 && form.endsWith('y') && form.charAt(form.length - 2) !== ' ') form = form.slice(0, -1);
  return form === '' ? [] : form.split(' ').slice(0, MAX_WORDS);
}

function tidy(form: string): string {
  return form.replace(IOTATED, 'e').replace(SPACES, ' ').trim();
}

function inLatin(text: string): string {
  let latin = '';
  for (const letter of text) latin += LETTERS.get(letter) ?? letter;
  return latin;
}
