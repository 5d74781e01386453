import { type Session, settingsSchema, type UserSettings } from './session.ts';

const PATH = '/api/users/me/settings';

/** Stores the user's language or theme. The document goes back whole: only these two may differ. */
export async function storeOwnSettings(session: Session, change: Partial<UserSettings>): Promise<void> {
  const { data, headers } = await session.request(PATH, { answer: settingsSchema });
  const etag = headers.get('ETag');
  const settings = { ...data, ...change };
  await session.request(PATH, { method: 'PUT', body: settings, headers: etag ? { 'If-Match': etag } : {} });
  session.changeSettings(settings, 'server');
}
