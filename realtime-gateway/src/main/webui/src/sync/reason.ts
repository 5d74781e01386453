/** Why a part of a sync failed, as far as a cashier can do something about it. */
export type ReasonKind = 'away' | 'device' | 'configured' | 'answer' | 'service';

const SIGNS: readonly [RegExp, ReasonKind][] = [
  [/cannot be reached|timed? ?out|read to its end|unavailable/i, 'away'],
  [/not admit this device/i, 'device'],
  [/no back office is configured/i, 'configured'],
  [/answer|dictionary|back office/i, 'answer'],
];

/** The server tells reasons in English, for its log; the page tells their kind in the cashier's language. */
export function reasonKind(reason: string): ReasonKind {
  return SIGNS.find(([sign]) => sign.test(reason))?.[1] ?? 'service';
}
