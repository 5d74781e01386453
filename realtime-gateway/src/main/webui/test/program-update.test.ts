import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepProgramUpToDate, programUpdate } from '../src/app/program-update.ts';

class Registration extends EventTarget {
  installing: EventTarget | null = null;
  waiting: { postMessage: (what: string) => void } | null = null;
  active: object | null = null;
  update = () => Promise.resolve();
}

describe('a newer program', () => {
  const registration = () => registered;
  let registered: Registration;
  let workers: EventTarget & { controller: object | null; register: () => Promise<Registration> };
  const reload = vi.fn();

  beforeEach(() => {
    registered = new Registration();
    workers = Object.assign(new EventTarget(), { controller: null, register: async () => registered });
    vi.stubGlobal('navigator', { serviceWorker: workers });
    vi.stubGlobal('location', { reload });
    vi.useFakeTimers();
    programUpdate.set(undefined);
    reload.mockClear();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** A worker is installed and waits. */
  function installed(): void {
    const installing = new EventTarget();
    registration().installing = installing;
    registration().dispatchEvent(new Event('updatefound'));
    registration().waiting = { postMessage: vi.fn() };
    installing.dispatchEvent(new Event('statechange'));
  }

  it('is not offered at the first visit', async () => {
    await keepProgramUpToDate();
    installed();
    registration().active = {};
    workers.controller = {};
    workers.dispatchEvent(new Event('controllerchange'));

    expect(programUpdate.get()).toBeUndefined();
    expect(reload).not.toHaveBeenCalled();
  });

  it('is offered when one waits beside a running one, and taken only on demand', async () => {
    registration().active = {};
    workers.controller = {};
    await keepProgramUpToDate();
    installed();

    expect(programUpdate.get()).toBeDefined();
    expect(registration().waiting?.postMessage).not.toHaveBeenCalled();
    programUpdate.get()?.();
    expect(registration().waiting?.postMessage).toHaveBeenCalledWith('take-over');
    workers.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('that another window took waits for the user here', async () => {
    registration().active = {};
    workers.controller = {};
    await keepProgramUpToDate();
    workers.dispatchEvent(new Event('controllerchange'));

    expect(reload).not.toHaveBeenCalled();
    expect(programUpdate.get()).toBeDefined();
  });
});
