import type { Catalogue } from '../../i18n/catalogue.ts';
import { Problem, SessionEnded, Unreachable, UnreadableAnswer } from './failure.ts';

/** A failure in the words of whoever stands at the till; pages explain their own special cases before. */
export function explain(failure: unknown, text: Catalogue): string {
  if (failure instanceof UnreadableAnswer) return text.answerUnreadable;
  if (failure instanceof Unreachable) return text.noInternet;
  if (failure instanceof SessionEnded) return text.loginEnded;
  if (failure instanceof Problem) {
    if (failure.status === 429) return text.tooMany;
    if (failure.status >= 500) return text.serverDown;
    return text.failed(failure.detail);
  }
  return text.failed(failure instanceof Error ? failure.message : String(failure));
}
