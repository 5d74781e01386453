import { normalForm } from '../../catalogue/text.ts';

/** A name with the searched words marked, where they stand in it as they were typed. */
export function Marked({ text, query }: { text: string; query: string }) {
  const word = normalForm(query).split(' ')[0] ?? '';
  if (word === '') return <>{text}</>;
  const place = placeOf(text, word);
  if (!place) return <>{text}</>;
  const [from, to] = place;
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

/** Letters change their number in the normal form, so the place is found by trying. */
function placeOf(text: string, word: string): [number, number] | undefined {
  const found = normalForm(text).indexOf(word);
  if (found < 0) return undefined;
  for (let from = 0; from < text.length; from++) {
    if (!normalForm(text.slice(from)).startsWith(word)) continue;
    if (normalForm(text.slice(0, from)).length < found - 1) continue;
    for (let to = from + 1; to <= text.length; to++) {
      if (normalForm(text.slice(from, to)) === word) return [from, to];
    }
  }
  return undefined;
}
