/**
 * Which screen is open. The back button of browser and phone closes the top one. The browser's history keeps a depth and
 * nothing else: no pass, no door, no code ever becomes part of an address or of a stored session.
 */
export class Screens<S extends { readonly name: string }> {
  #stack = $state.raw<readonly S[]>([]);

  constructor(home: S) {
    this.#stack = [home];
    history.replaceState({ depth: 0 }, '');
    addEventListener('popstate', (event: PopStateEvent) => {
      const depth = (event.state as { depth?: number } | null)?.depth ?? 0;
      this.#stack = this.#stack.slice(0, Math.min(depth + 1, this.#stack.length));
    });
  }

  get current(): S {
    return this.#stack[this.#stack.length - 1] as S;
  }

  get depth(): number {
    return this.#stack.length - 1;
  }

  open(screen: S): void {
    this.#stack = [...this.#stack, screen];
    history.pushState({ depth: this.depth }, '');
  }

  /** Puts another screen in the place of the top one: back leads to where the old one came from. */
  replace(screen: S): void {
    this.#stack = [...this.#stack.slice(0, -1), screen];
  }

  back(): void {
    if (this.depth > 0) history.back();
  }

  /** Closes everything above the first screen. */
  home(): void {
    if (this.depth > 0) history.go(-this.depth);
  }
}
