import { useCallback, useEffect, useRef, useState } from 'react';
import { type GenericSchema, unknown } from 'valibot';
import { checked } from '../platform/border.ts';
import type { ApiPath } from '../platform/http/api.ts';
import { Problem } from '../platform/http/failure.ts';
import type { Requests } from '../platform/http/request.ts';

/** Settings as the server has them, and how to write the next ones. */
export interface Document<T> {
  /** Undefined until they were read. */
  value: T | undefined;
  /** Why they could not be read. */
  failure: unknown;
  /**
   * Stores the next ones in place of those that were read.
   * @throws Problem 412 when others were stored meanwhile: those are then read, and can be seen
   */
  replace: (next: T) => Promise<void>;
}

/**
 * One document of settings with its ETag; read anew when `revision` changes.
 * @param path undefined: there is none to read
 */
export function useDocument<T>(
  server: Requests,
  path: ApiPath | undefined,
  schema: GenericSchema<unknown, T>,
  revision: unknown,
): Document<T> {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<unknown>();
  const etag = useRef<string | null>(null);
  const asked = useRef(0);

  const read = useCallback(async () => {
    if (!path) return;
    const question = ++asked.current;
    try {
      const { data, headers } = await server.request(path, { answer: schema });
      if (question !== asked.current) return;
      etag.current = headers.get('ETag');
      setValue(data);
      setFailure(undefined);
    } catch (reason) {
      if (question === asked.current) setFailure(reason);
    }
  }, [server, path, schema]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says that others may be stored by now
  useEffect(() => void read(), [read, revision]);

  const replace = useCallback(
    async (next: T) => {
      if (!path) return;
      try {
        const { data, headers } = await server.request(path, {
          method: 'PUT',
          body: next,
          headers: etag.current ? { 'If-Match': etag.current } : {},
          answer: unknown(),
        });
        asked.current += 1;
        etag.current = headers.get('ETag') ?? etag.current;
        setValue(checked(schema, data, 'server', path) ?? next);
      } catch (reason) {
        if (reason instanceof Problem && reason.status === 412) await read();
        throw reason;
      }
    },
    [server, path, schema, read],
  );
  return { value, failure, replace };
}
