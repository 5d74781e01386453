// Words that are cut, lie over each other, or run out of the window; each as a line of text.
() => {
  const faults = [];
  const root = [...document.querySelectorAll('[role=dialog]')].at(-1) ?? document.body;
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth > width + 1)
    faults.push(`the page is ${document.scrollingElement.scrollWidth} wide in a window of ${width}`);
  const named = element => {
    const id = element.closest('[data-testid]')?.dataset.testid ?? '';
    return `${id} <${element.tagName.toLowerCase()} ${element.className}> "${element.textContent.trim().slice(0, 40)}"`;
  };
  const shown = element => {
    const style = getComputedStyle(element);
    return style.visibility === 'visible' && style.opacity !== '0' && style.clipPath !== 'inset(50%)' && !element.closest('.visually-hidden,.print-area,[inert]');
  };
  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() === '' || !shown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      let { left, right, top, bottom } = box;
      let cut = false;
      let scrolls = false;
      for (let at = node.parentElement; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const edge = at.getBoundingClientRect();
        const inner = { left: edge.left + at.clientLeft, top: edge.top + at.clientTop };
        inner.right = inner.left + at.clientWidth;
        inner.bottom = inner.top + at.clientHeight;
        const beyondX = left < inner.left - 1.5 || right > inner.right + 1.5;
        const beyondY = top < inner.top - 3 || bottom > inner.bottom + 3;
        const scrollsX = /auto|scroll/.test(style.overflowX);
        const scrollsY = /auto|scroll/.test(style.overflowY);
        if (beyondX && !scrollsX && style.textOverflow !== 'ellipsis') cut = true;
        // Digits are never shortened.
        if (beyondX && style.textOverflow === 'ellipsis' && /^[\d\s.,−-]+( so'm)?$/.test(at.textContent)) cut = true;
        if (beyondY && !scrollsY && !scrolls) cut = true;
        scrolls ||= scrollsX || scrollsY;
        left = Math.max(left, inner.left);
        right = Math.min(right, inner.right);
        top = Math.max(top, inner.top);
        bottom = Math.min(bottom, inner.bottom);
      }
      if (cut) faults.push(`cut: ${named(node.parentElement)}`);
      else if (!scrolls && (right > width + 1 || left < -1)) faults.push(`out of the window: ${named(node.parentElement)}`);
      if (right - left > 2 && bottom - top > 2) texts.push({ node, left, right, top, bottom });
    }
  }
  for (let i = 0; i < texts.length; i++)
    for (let j = i + 1; j < texts.length; j++) {
      const [a, b] = [texts[i], texts[j]];
      if (a.node === b.node) continue;
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (x < 3 || y < 5) continue;
      // What lies behind something else is not seen: only both in sight are an overlap.
      const at = document.elementFromPoint(
        Math.max(a.left, b.left) + x / 2, Math.max(a.top, b.top) + y / 2);
      if (!at || !(a.node.parentElement.contains(at) || at.contains(a.node)) ||
          !(b.node.parentElement.contains(at) || at.contains(b.node))) continue;
      faults.push(`over each other: ${named(a.node.parentElement)} and ${named(b.node.parentElement)}`);
    }
  for (const button of root.querySelectorAll('button,a,input,select'))
    if (shown(button) && button.getBoundingClientRect().width > 0 && button.scrollWidth > button.clientWidth + 2 &&
        getComputedStyle(button).textOverflow !== 'ellipsis' && button.tagName !== 'INPUT' && button.tagName !== 'SELECT' &&
        getComputedStyle(button).display !== 'inline')
      faults.push(`wider than its button: ${named(button)}`);
  const scrolledAside = element => {
    for (let at = element.parentElement; at && at !== document.documentElement; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  for (const control of root.querySelectorAll('button,a,input,select')) {
    const box = control.getBoundingClientRect();
    if (shown(control) && box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolledAside(control))
      faults.push(`control out of the window: ${named(control)}`);
  }
  return [...new Set(faults)];
};
