import { nullish, number, object, optional, string, boolean as truth } from 'valibot';
import type { Device } from '../device/device.ts';
import { reads, type Settings } from '../platform/http/api.ts';
import { Problem, Unreachable } from '../platform/http/failure.ts';
import { decimalText } from '../platform/validate.ts';
import type { Session } from '../session/session.ts';
import { readTillUsers, type TillUser } from '../session/till-users.ts';
import { type Approval, type Asked, exceeds } from './approval.ts';
import { checkPin, forgetPin, rememberPin } from './pins.ts';

const answerSchema = reads<Settings<'Approval'>>()(
  object({
    approval: string(),
    approvedBy: string(),
    displayName: string(),
    expiresIn: number(),
    maxDiscountPercent: nullish(decimalText),
    mayChangePrice: optional(truth(), false),
  }),
);

/** Why a PIN did not do; `seconds` of a wait. */
export class PinRefused extends Error {
  constructor(
    readonly why: 'wrong' | 'wait' | 'unknown' | 'exceeds' | 'not-allowed' | 'password-needed',
    readonly seconds = 0,
  ) {
    super(why);
  }
}

/** As long as the server's. */
const OFFLINE_LIFE = 15 * 60_000;

/** Managers' words for single sales, and cashiers who take turns: by PIN, at the server or, without it, on this till. */
export class Approvals {
  constructor(
    private readonly session: Session,
    private readonly device: Device,
    private readonly online: () => boolean,
  ) {}

  /** Who has a PIN, and whether as a manager. */
  async people(wanted: (user: TillUser) => boolean): Promise<TillUser[]> {
    const answer = await readTillUsers(this.device);
    return answer.kind === 'users' ? answer.users.filter(user => user.hasPin && wanted(user)) : [];
  }

  /** @throws PinRefused */
  async approve(saleId: string, login: string, pin: string, asked: Asked): Promise<Approval> {
    if (!this.online() || this.session.state.get()?.offline) return this.#approveHere(login, pin, asked);
    try {
      const { data } = await this.session.request('/api/approvals', {
        method: 'POST',
        body: { saleId, login, pin, ...asked } satisfies Settings<'NewApproval'>,
        answer: answerSchema,
      });
      const { approval, approvedBy, displayName, expiresIn, ...rights } = data;
      void rememberPin(login, pin, { name: displayName, rights }).catch(() => undefined);
      const expiresAt = Date.now() + expiresIn * 1000;
      return { approvedBy, name: displayName, asked, token: approval, expiresAt };
    } catch (failure) {
      if (isAway(failure)) return this.#approveHere(login, pin, asked);
      throw await refusal(failure, login);
    }
  }

  /** Another cashier goes on at this till; its open sales stay. @throws PinRefused */
  async takeOver(login: string, pin: string): Promise<void> {
    try {
      if (!this.online()) throw new Unreachable('offline');
      const state = await this.session.logInByPin(login, pin);
      void rememberPin(login, pin, { name: state.user.displayName, state }).catch(() => undefined);
    } catch (failure) {
      if (!isAway(failure)) throw await refusal(failure, login);
      const { state } = await this.#known(login, pin);
      if (!state) throw new PinRefused('unknown');
      this.session.logInOffline({ ...state, offline: true }, { pin });
    }
  }

  async #approveHere(login: string, pin: string, asked: Asked): Promise<Approval> {
    const { name, rights } = await this.#known(login, pin);
    if (!rights) throw new PinRefused('unknown');
    if (exceeds(asked, rights)) throw new PinRefused('exceeds');
    return { approvedBy: login, name, asked, expiresAt: Date.now() + OFFLINE_LIFE };
  }

  async #known(login: string, pin: string) {
    const checked = await checkPin(login, pin);
    if (checked.kind === 'right') return checked.known;
    throw new PinRefused(checked.kind, checked.kind === 'wait' ? checked.seconds : 0);
  }
}

const isAway = (failure: unknown): boolean =>
  failure instanceof Unreachable || (failure instanceof Problem && failure.status >= 502);

async function refusal(failure: unknown, login: string): Promise<unknown> {
  if (!(failure instanceof Problem)) return failure;
  if (failure.is('wrong-pin')) {
    await forgetPin(login).catch(() => undefined);
    return new PinRefused('wrong');
  }
  if (failure.status === 429) return new PinRefused('wait', failure.retryAfter ?? 60);
  if (failure.is('approval-exceeds')) return new PinRefused('exceeds');
  if (failure.is('password-needed')) return new PinRefused('password-needed');
  if (failure.status === 403) {
    await forgetPin(login).catch(() => undefined);
    return new PinRefused('not-allowed');
  }
  return failure;
}
