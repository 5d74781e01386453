import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  /** Undefined until it was read; afterwards what was read last, also while something newer is read. */
  value: T | undefined;
  /** Why the last reading failed; undefined: it did not. */
  failure: unknown;
  reload: () => Promise<void>;
  setValue: Dispatch<SetStateAction<T | undefined>>;
}

/**
 * Reads something now, and anew when one of `causes` is another. Only the newest question is listened to.
 * @param load as in the last drawing; what it throws is the failure
 */
export function useLoaded<T>(load: () => Promise<T>, causes: readonly unknown[]): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [failure, setFailure] = useState<unknown>();
  const asked = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(async () => {
    const question = ++asked.current;
    try {
      const found = await latest.current();
      if (question !== asked.current) return;
      setValue(() => found);
      setFailure(undefined);
    } catch (reason) {
      if (question === asked.current) setFailure(reason);
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the causes are the caller's
  useEffect(() => void reload(), causes);
  return { value, failure, reload, setValue };
}
