import type { Catalogue } from '../i18n/catalogue.ts';

/** `2026-11-23` → `23-noyabr, dushanba`, by our own names: browsers know no Uzbek ones. */
export function formatDay(date: string, text: Catalogue): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const weekday = text.weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
  return text.dayHeading(weekday, day, text.months[month - 1] ?? '');
}

/** `14:05`, in the enterprise's zone: a till's own zone may be set wrongly. */
export function formatClock(time: number, zone: string, withSeconds = false): string {
  const parts = zoned(time, zone);
  return [parts.hour, parts.minute, ...(withSeconds ? [parts.second] : [])].join(':');
}

/** `9:05` for 545 seconds. */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function formatAge(milliseconds: number, text: Catalogue): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return seconds < 60 ? text.secondsAgo(seconds) : text.minutesAgo(Math.floor(seconds / 60));
}

/**
 * The enterprise's business date, `2026-11-23`.
 * @param dayStart when its day begins, `00:00` or for example `06:00`
 */
export function businessDate(time: number, zone: string, dayStart: string): string {
  const [hours = 0, minutes = 0] = dayStart.split(':').map(Number);
  const { year, month, day } = zoned(time - (hours * 60 + minutes) * 60_000, zone);
  return `${year}-${month}-${day}`;
}

function zoned(time: number, zone: string): Record<string, string> {
  const parts = formatOf(zone).formatToParts(time);
  return Object.fromEntries(parts.map(part => [part.type, part.value]));
}

/** A browser needs a millisecond to make one; a page that is being drawn asks for several. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, format);
  return format;
}

/** `2026-12-31` → `31.12.2026`, in every language of ours. */
export function formatDate(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  return `${day}.${month}.${year}`;
}

/** `31.12.2026 14:05`, in the enterprise's zone. */
export function formatMoment(time: number, zone: string): string {
  const { year, month, day, hour, minute } = zoned(time, zone);
  return `${day}.${month}.${year} ${hour}:${minute}`;
}
