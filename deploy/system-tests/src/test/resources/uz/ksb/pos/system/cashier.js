// A cashier in the page: keys and scans as keyboards give them, and the time until each shows on the screen.
window.cashier = (() => {
  const LIMIT = 60_000;
  const scans = [];
  const finishes = [];
  const at = id => document.querySelector(`[data-testid="${id}"]`);
  const lines = () => document.querySelectorAll('[data-testid="line"]');
  const dialog = () => document.querySelector('[role=dialog]');
  const press = (target, code, key, more = {}) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...more }));

  /** The first answer of `condition` that is something, as soon as the page has changed so. */
  const until = (what, condition) =>
    new Promise((resolve, reject) => {
      const found = condition();
      if (found) return resolve(found);
      const look = () => {
        const now = condition();
        if (!now) return;
        observer.disconnect();
        clearTimeout(timer);
        resolve(now);
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      const timer = setTimeout(() => {
        observer.disconnect();
        reject(new Error(`${what}: ${document.querySelector('.notices')?.textContent} ${dialog()?.textContent}`));
      }, LIMIT);
    });

  const scan = async (code, product) => {
    const before = lines().length;
    for (const digit of code) press(document.activeElement ?? document.body, `Digit${digit}`, digit);
    const start = performance.now();
    press(document.activeElement ?? document.body, 'Enter', 'Enter');
    await until(`the line of ${product}`, () => lines().length > before && lines()[0].dataset.product === product);
    scans.push(performance.now() - start);
  };
  const set = (field, value) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const enter = async value => {
    const field = await until('a field', () => dialog()?.querySelector('form input'));
    set(field, value);
    press(field, 'Enter', 'Enter');
    // Only a trusted Enter submits by itself.
    field.form.requestSubmit();
    await until('the dialog to close', () => !dialog());
  };
  const returned = () => document.querySelectorAll('[data-testid="free-line"]');
  /** The number that the page has told last. */
  const told = () => [...(document.querySelector('.notices')?.textContent ?? '').matchAll(/\d+-\d{6}/g)].at(-1)?.[0];
  const scanBack = async (code, product) => {
    const before = returned().length;
    for (const digit of code) press(document.activeElement ?? document.body, `Digit${digit}`, digit);
    const start = performance.now();
    press(document.activeElement ?? document.body, 'Enter', 'Enter');
    await until(`the goods ${product}`, () => returned().length > before && returned()[0].dataset.product === product);
    scans.push(performance.now() - start);
  };
  const finish = async () => {
    press(at('search'), 'F9', 'F9');
    const cash = await until('the payment', () => at('pay-cash'));
    await until('the sum', () => at('finish') && !at('finish').disabled);
    const start = performance.now();
    press(cash, 'Enter', 'Enter');
    const number = await until('the receipt', () => lines().length === 0 && at('receipt-number')?.textContent);
    finishes.push(performance.now() - start);
    await until('the dialog to close', () => !dialog());
    return number;
  };

  return {
    /** Lines of `{code, product, quantity, price?}`; @returns the receipt's number and total */
    async sell(items) {
      for (const { code, product, quantity, price } of items) {
        await scan(code, product);
        if (price !== undefined) {
          press(at('search'), 'KeyK', 'k', { ctrlKey: true });
          await enter(price);
        }
        if (quantity !== '1') {
          press(at('search'), 'NumpadMultiply', '*');
          await enter(quantity);
        }
      }
      return finish();
    },
    /** The same lines come back without a receipt, to a manager. @returns the receipt's number */
    async giveBack(items) {
      const before = told();
      press(at('search'), 'KeyE', 'e', { ctrlKey: true });
      press(await until('the returns', () => at('return-search')), 'F4', 'F4');
      await until('the goods', () => at('free-search'));
      for (const { code, product, quantity, price } of items) {
        await scanBack(code, product);
        const [line] = returned();
        if (price !== undefined) set(line.querySelector('[data-testid="free-price"]'), price);
        if (quantity !== '1') set(line.querySelector('[data-testid="free-quantity"]'), quantity);
      }
      await until('the sum', () => !at('return-finish').disabled);
      const start = performance.now();
      press(at('free-search'), 'F9', 'F9');
      const number = await until('the receipt', () => !at('free-search') && told() !== before && told());
      finishes.push(performance.now() - start);
      press(at('return-search'), 'Escape', 'Escape');
      await until('the sale', () => at('search'));
      return number;
    },
    /** How long scans and finishes took, milliseconds. */
    times: () => ({ scans, finishes }),
  };
})();
