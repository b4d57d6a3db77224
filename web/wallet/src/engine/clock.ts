/** The device's clock in Unix seconds. */
export const clock = (): number => Math.floor(Date.now() / 1000);
