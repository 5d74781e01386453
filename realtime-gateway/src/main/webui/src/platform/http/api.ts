import type { GenericSchema, InferInput } from 'valibot';
import type * as product from './api/product.ts';
import type * as sales from './api/sales.ts';
import type * as settings from './api/settings.ts';
import type * as sync from './api/sync.ts';

/** The shapes of the services' OpenAPI documents, by name; `npm run api` makes them anew. */
export type Settings<Name extends keyof settings.components['schemas']> =
  settings.components['schemas'][Name];
export type Products<Name extends keyof product.components['schemas']> = product.components['schemas'][Name];
export type Sales<Name extends keyof sales.components['schemas']> = sales.components['schemas'][Name];
export type Syncs<Name extends keyof sync.components['schemas']> = sync.components['schemas'][Name];

type Paths = keyof settings.paths | keyof product.paths | keyof sales.paths | keyof sync.paths;
type Filled<Path extends string> = Path extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Path;

/** An address of the API, with or without a query; a path that no document has does not compile. */
export type ApiPath = Filled<Paths & string> | `${Filled<Paths & string>}?${string}`;

/** The documents do not say which fields are always there: what the schema needs must be told under that name and type. */
type Complete<T> = T extends readonly (infer Item)[]
  ? Complete<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Complete<NonNullable<T[Name]>> }
    : T;
type UnknownNames<Read, Told> = string extends keyof Read ? never : Exclude<keyof Read, keyof Told>;

/**
 * A schema for an answer that the document describes as `Told`. It does not compile when the schema reads a field that the
 * document does not have, or has with another type.
 */
export const reads =
  <Told>() =>
  <Schema extends GenericSchema>(
    schema: Complete<Told> extends InferInput<Schema>
      ? [UnknownNames<InferInput<Schema>, Told>] extends [never]
        ? Schema
        : never
      : never,
  ): Schema =>
    schema;
