/** A field that the server does not take, and its words about it. */
export interface Violation {
  /** The last part of its path: `name` of `change.name`. */
  field: string;
  message: string;
}

/** The server's own words about a request it did not fulfil (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** Stable, for example `/problems/device-pending`. */
    readonly type: string,
    readonly detail: string,
    /** Seconds, from Retry-After. */
    readonly retryAfter: number | undefined = undefined,
    readonly violations: readonly Violation[] = [],
  ) {
    super(`${status} ${type} ${detail}`);
  }

  is(name: string): boolean {
    return this.type.endsWith(`/problems/${name}`);
  }
}

/** The request never got an answer: no internet, or the server is away. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The server answered in a form that the till does not know: no answer to build on, and asking again may bring one. */
export class UnreadableAnswer extends Unreachable {}

/** Nobody is logged in any more. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}
