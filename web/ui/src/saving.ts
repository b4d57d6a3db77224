/** Long enough for every browser to have read the file; then the page lets go of it. */
const KEPT_MILLISECONDS = 60_000;

/** Gives the person a file. */
export function saveFile(name: string, content: Uint8Array, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS);
}
