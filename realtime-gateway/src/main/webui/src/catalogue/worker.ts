import { droppedThings } from '../platform/border.ts';
import { type CatalogueEngine, LocalEngine } from './engine.ts';

/** The catalogue beside the page, so that loading and searching a hundred thousand rows never hold up a key or a scan. */
const port = self as unknown as {
  postMessage(message: unknown): void;
  onmessage:
    | ((event: MessageEvent<{ call: number; method: keyof CatalogueEngine; args: unknown[] }>) => void)
    | null;
};
const engine = new LocalEngine(news => port.postMessage({ news }));
/** Many rows may be dropped one after the other; the page hears of them now and then. Milliseconds. */
const TELL_EVERY = 1_000;
let tells = false;
droppedThings.subscribe(() => {
  if (tells) return;
  tells = true;
  setTimeout(() => {
    tells = false;
    port.postMessage({ news: { kind: 'dropped', dropped: droppedThings.get() } });
  }, TELL_EVERY);
});

port.onmessage = ({ data: { call, method, args } }) => {
  const work = engine[method] as (...args: unknown[]) => Promise<unknown>;
  work.apply(engine, args).then(
    result => port.postMessage({ call, result }),
    failure =>
      port.postMessage({ call, failure: failure instanceof Error ? failure.message : String(failure) }),
  );
};
