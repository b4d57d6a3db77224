/** Characters that follow each other faster than this come from a hand scanner; a person's single key is left alone. */
const PAUSE_MILLISECONDS = 300;
const SHORTEST = 4;

/** How every code of ours begins. */
const CODE = /^SC[A-Z]1:/i;

/**
 * Listens for a USB or Bluetooth hand scanner, which types a code and presses Enter, and for what is pasted anywhere. In a
 * text field, typing is left alone, and so is pasting anything but a code.
 * @returns what ends the listening
 */
export function listenForCodes(found: (text: string) => void): () => void {
  let typed = '';
  let last = Number.NEGATIVE_INFINITY;
  const heard = (event: KeyboardEvent): void => {
    if (isTextField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = performance.now();
    if (now - last > PAUSE_MILLISECONDS) typed = '';
    if (event.key === 'Enter') {
      if (typed.length < SHORTEST) return;
      event.preventDefault();
      event.stopPropagation();
      const text = typed;
      typed = '';
      found(text);
    } else if (event.key.length === 1) {
      if (typed.length > 0) event.preventDefault();
      typed += event.key;
      last = now;
    }
  };
  const pasted = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain').replace(/^[\r\n]+|[\r\n]+$/g, '') ?? '';
    if (text === '' || (isTextField(event.target) && !CODE.test(text))) return;
    event.preventDefault();
    found(text);
  };
  addEventListener('keydown', heard, true);
  addEventListener('paste', pasted);
  return () => {
    removeEventListener('keydown', heard, true);
    removeEventListener('paste', pasted);
  };
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}
