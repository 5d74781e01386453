import { array, literal, object, optional, pipe, string, transform, union } from 'valibot';
import { type Repayment, readableRepayments, repaymentSchema } from '../customers/repayments.ts';
import { checked } from '../platform/border.ts';
import { database } from '../platform/db.ts';
import { numberOf } from './finish.ts';
import { type FinishedSale, type SoldSale, soldSaleSchema } from './finished-sale.ts';

const ROUNDS = 300_000;

const fileSchema = object({
  format: literal('ksb-pos-unsent'),
  salt: string(),
  iv: string(),
  data: string(),
});
const salesSchema = array(
  object({
    code: string(),
    sale: soldSaleSchema,
    cashierName: string(),
  }),
);
/** Files of an older program have sales alone. */
const contentSchema = union([
  object({ sales: salesSchema, repayments: optional(array(repaymentSchema), []) }),
  pipe(
    salesSchema,
    transform(sales => ({ sales, repayments: [] as Repayment[] })),
  ),
]);

/** What only one till has: its finished sales, and the debts that were paid back there. */
export interface Unsent {
  sales: readonly FinishedSale[];
  repayments: readonly Repayment[];
}

/** Saves what the server does not have to an encrypted file, for another till. @returns the number of things in it */
export async function saveUnsent(password: string): Promise<number> {
  const db = await database();
  const waiting = [
    ...(await db.getAllFromIndex('finished', 'place', 'device')),
    ...(await db.getAllFromIndex('finished', 'place', 'sending')),
  ];
  const repayments = await readableRepayments();
  const file = await sealed({ sales: waiting, repayments }, password);
  download(file, `ksb-pos-${new Date().toISOString().slice(0, 10)}.json`);
  return waiting.length + repayments.length;
}

/** The file's text: AES-GCM under a key of the password. */
export async function sealed({ sales, repayments }: Unsent, password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const content = {
    sales: sales.map(({ sale, number, cashierName }) => ({
      code: number.split('-')[0] ?? '',
      sale,
      cashierName,
    })),
    repayments,
  };
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await keyOf(password, salt),
    new TextEncoder().encode(JSON.stringify(content)),
  );
  return JSON.stringify({
    format: 'ksb-pos-unsent',
    salt: base64(salt),
    iv: base64(iv),
    data: base64(new Uint8Array(data)),
  });
}

/**
 * Opens another till's file. The server counts each sale and each repayment by its id, so a file may be taken anywhere and
 * twice.
 *
 * @throws Error when the file or the password is wrong
 */
export async function opened(text: string, password: string): Promise<Unsent> {
  const file = checked(fileSchema, JSON.parse(text), 'file', 'unsent sales');
  if (!file) throw new Error('not such a file');
  const { salt, iv, data } = file;
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: bytes(iv) },
    await keyOf(password, bytes(salt)),
    bytes(data),
  );
  const content = checked(contentSchema, JSON.parse(new TextDecoder().decode(plain)), 'file', 'unsent sales');
  if (!content) throw new Error('not such a file');
  const sales = content.sales.map(
    ({ code, sale, cashierName }): FinishedSale => ({
      id: sale.id,
      at: Date.parse(sale.completedAt),
      place: 'device',
      number: numberOf(code, sale.deviceSequence),
      sale: sale as unknown as SoldSale,
      change: '0.00',
      discountTotal: '0.00',
      cashierName,
      printed: true,
    }),
  );
  return { sales, repayments: content.repayments };
}

async function keyOf(password: string, salt: Uint8Array): Promise<CryptoKey> {
  const raw = new TextEncoder().encode(password);
  const key = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: salt as BufferSource, iterations: ROUNDS },
    key,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function download(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const base64 = (data: Uint8Array): string =>
  btoa(Array.from(data, byte => String.fromCharCode(byte)).join(''));

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), sign => sign.charCodeAt(0)) as Uint8Array<ArrayBuffer>;
