/**
 * Throws inside another page, so that nothing is drawn there: that page could lay a button of its own over the one by
 * which the holder agrees. Where the host sets the headers of http.md 9.2 the browser does not even load it.
 */
export function refuseFrames(): void {
  if (window.top !== window.self) throw new Error('this app is not shown inside another page');
}
