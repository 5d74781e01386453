import { array, boolean, type InferOutput, nullish, number, object, string } from 'valibot';
import { type Border, checked, checkedEach } from '../platform/border.ts';
import { reads, type Sales } from '../platform/http/api.ts';
import { pageSchema } from '../platform/validate.ts';

const schema = reads<Sales<'TillView'>>()(
  object({
    deviceId: string(),
    code: nullish(string()),
    name: nullish(string()),
    state: string(),
    complete: boolean(),
    since: nullish(string()),
    away: boolean(),
    unsent: number(),
    missing: number(),
    program: nullish(string()),
    storage: nullish(object({ persisted: nullish(boolean()), freeMegabytes: nullish(number()) })),
    warnings: nullish(array(string())),
    heardAt: nullish(string()),
    settled: nullish(object({ reason: string(), by: string() })),
    version: number(),
  }),
);

/** A till of the shop as the server knows it. The highest version is the newest. */
export type ShopTill = InferOutput<typeof schema>;

/** @returns undefined for what is no till: it changes nothing on the screen */
export function readTill(data: unknown, border: Border): ShopTill | undefined {
  return checked(schema, data, border, 'till');
}

/** @returns undefined for what is no list */
export function readTills(
  data: unknown,
  border: Border,
): { tills: ShopTill[]; next: string | undefined } | undefined {
  const page = checked(pageSchema, data, border, 'tills');
  return page && { tills: checkedEach(schema, page.items, border, 'till'), next: page.next ?? undefined };
}
