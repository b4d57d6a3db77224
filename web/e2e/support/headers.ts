/** The headers of spec/http.md section 9, as a test server gives them. */
const policy = (scripts: string): string => `default-src 'none'; script-src ${scripts}; style-src 'self'; img-src 'self'; worker-src 'self'; `
  + "manifest-src 'self'; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; "
  + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html safeconduct";

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', svg: 'image/svg+xml',
  webmanifest: 'application/manifest+json',
};

export function headersOf(file: string): Record<string, string> {
  const runsWebAssembly = file.includes('/reader.worker-') || file.includes('/checkin.worker-');
  return {
    'content-type': TYPES[file.split('.').pop() ?? ''] ?? 'application/octet-stream',
    'content-security-policy': policy(runsWebAssembly ? "'self' 'wasm-unsafe-eval'" : "'self'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), screen-wake-lock=(self), fullscreen=(self), geolocation=(), microphone=()',
    'cache-control': file.includes('/assets/') ? 'public, max-age=31536000, immutable'
      : file.endsWith('/sw.js') ? 'public, max-age=86400' : 'no-cache',
  };
}
