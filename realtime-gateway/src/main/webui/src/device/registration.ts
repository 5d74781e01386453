import { type InferOutput, object, string } from 'valibot';
import { reads, type Settings } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import { request } from '../platform/http/request.ts';
import { randomUuid } from '../platform/uuid.ts';
import type { Device } from './device.ts';

const enterpriseSchema = reads<Settings<'PublicEnterprise'>>()(object({ ksbId: string(), name: string() }));
const registeredSchema = reads<Settings<'RegisteredDevice'>>()(
  object({ deviceId: string(), code: string(), deviceToken: string() }),
);

export type Enterprise = InferOutput<typeof enterpriseSchema>;

export const isKsbId = (value: string): boolean => /^\d{8}$/.test(value);

export async function findEnterprise(ksbId: string): Promise<Enterprise> {
  return (await request(`/api/enterprises/${ksbId}`, { answer: enterpriseSchema })).data;
}

/** Makes this till known to the enterprise; it may still have to be approved there. */
export async function register(enterprise: Enterprise, name: string): Promise<Device> {
  try {
    return await registerAs(randomUuid(), enterprise, name);
  } catch (failure) {
    // The id is taken, which without its token means: not by us.
    if (failure instanceof Problem && failure.status === 409)
      return registerAs(randomUuid(), enterprise, name);
    throw failure;
  }
}

async function registerAs(deviceId: string, enterprise: Enterprise, name: string): Promise<Device> {
  const { data } = await request('/api/devices', {
    method: 'POST',
    body: { ksbId: enterprise.ksbId, deviceId, name } satisfies Settings<'NewDevice'>,
    answer: registeredSchema,
  });
  return {
    ksbId: enterprise.ksbId,
    enterprise: enterprise.name,
    deviceId: data.deviceId,
    code: data.code,
    token: data.deviceToken,
  };
}
