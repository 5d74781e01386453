import type { Device } from '../device/device.ts';
import { tillNumbers } from '../outbox/till-numbers.ts';
import { type Report, TillReporter } from '../tills/till-reporter.ts';
import { health, storageTold, warnings } from './health.ts';

/** The server takes no more; a till that keeps more has other trouble. */
const MOST_RESERVED = 50;

/** Tells the server of this till, until the returned function is called. */
export function reportOn(device: Device): () => void {
  const reporter = new TillReporter(() => device.token, present);
  const stop = health.subscribe(() => reporter.again());
  return () => {
    stop();
    reporter.close();
  };
}

/** @throws when what the till keeps cannot be read */
async function present(): Promise<Report> {
  const { unsent, oldest, last, reserved } = await tillNumbers();
  const storage = storageTold(health.get());
  return {
    unsent,
    ...(oldest !== undefined && { oldest: new Date(oldest).toISOString() }),
    ...(last > 0 && { lastSequence: last }),
    ...(reserved.length > 0 && { reserved: reserved.sort((a, b) => a - b).slice(-MOST_RESERVED) }),
    version: __VERSION__,
    ...(storage && { storage }),
    warnings: warnings(),
  };
}
