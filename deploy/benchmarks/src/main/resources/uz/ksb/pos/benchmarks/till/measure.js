// Times what a cashier waits for, in the page itself: from the key to the change of the screen.
window.measure = (() => {
  const LIMIT = 60_000;
  const at = id => document.querySelector(`[data-testid="${id}"]`);
  const lines = () => document.querySelectorAll('[data-testid="line"]');
  const press = (target, code, key) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }));
  const type = text => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(at('search'), text);
    at('search').dispatchEvent(new Event('input', { bubbles: true }));
  };
  const until = condition =>
    new Promise((resolve, reject) => {
      if (condition()) return resolve();
      const observer = new MutationObserver(() => {
        if (!condition()) return;
        observer.disconnect();
        clearTimeout(timer);
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      const timer = setTimeout(() => reject(new Error('nothing happened')), LIMIT);
    });
  const timed = async (act, condition) => {
    const start = performance.now();
    act();
    await until(condition);
    return performance.now() - start;
  };
  /** The pause between two customers' products; work left over from the last one ends in it. */
  const rest = () => new Promise(resolve => setTimeout(resolve, 30));
  const newSale = async () => {
    at('new-sale').click();
    await until(() => lines().length === 0);
  };

  return {
    async searches(queries) {
      const times = [];
      for (const query of queries) {
        times.push(await timed(() => type(query), () => at('product-list').dataset.query === query));
        await rest();
      }
      type('');
      return times;
    },
    async scans(codes) {
      const times = [];
      for (const [index, code] of codes.entries()) {
        if (index % 30 === 0) await newSale();
        const before = lines().length;
        for (const digit of code) press(document.activeElement, `Digit${digit}`, digit);
        times.push(await timed(() => press(document.activeElement, 'Enter', 'Enter'), () => lines().length > before));
        await rest();
      }
      return times;
    },
    async additions(queries) {
      const times = [];
      for (const [index, query] of queries.entries()) {
        if (index % 30 === 0) await newSale();
        const before = lines().length;
        await timed(() => type(query), () => at('product-list').dataset.query === query);
        await rest();
        times.push(await timed(() => press(at('search'), 'Enter', 'Enter'), () => lines().length > before));
        await rest();
      }
      return times;
    },
  };
})();
