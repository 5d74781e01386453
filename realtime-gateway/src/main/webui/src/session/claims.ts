/** When the enterprise's days begin; the token carries it. */
export interface EnterpriseClock {
  zone: string;
  /** `00:00` */
  dayStart: string;
}

const TASHKENT: EnterpriseClock = { zone: 'Asia/Tashkent', dayStart: '00:00' };

/** Read without checking the signature: the server does that; here it only says how to show times. */
export function enterpriseClock(accessToken: string): EnterpriseClock {
  try {
    const claims = JSON.parse(base64Url(accessToken.split('.')[1] ?? '')) as Record<string, unknown>;
    return {
      zone: validZone(claims.zone) ?? TASHKENT.zone,
      dayStart: typeof claims.day_start === 'string' ? claims.day_start : TASHKENT.dayStart,
    };
  } catch {
    return TASHKENT;
  }
}

function base64Url(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function validZone(zone: unknown): string | undefined {
  if (typeof zone !== 'string') return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}
