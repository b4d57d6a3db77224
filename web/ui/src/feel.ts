/** What a verdict sounds and feels like. Each differs in number and pitch, so that it can be told without looking. */
export type Feel = 'accepted' | 'paper' | 'refused' | 'cannot' | 'specimen';

const TONES: Readonly<Record<Feel, readonly [hertz: number, from: number, length: number][]>> = {
  accepted: [[880, 0, 0.12], [1320, 0.13, 0.2]],
  paper: [[660, 0, 0.1], [660, 0.16, 0.1], [660, 0.32, 0.1]],
  refused: [[180, 0, 0.3], [140, 0.32, 0.45]],
  cannot: [[440, 0, 0.18], [330, 0.24, 0.18], [440, 0.48, 0.18]],
  specimen: [[520, 0, 0.5]],
};
const BUZZES: Readonly<Record<Feel, number[]>> = {
  accepted: [60], paper: [60, 80, 60, 80, 60], refused: [300, 100, 400], cannot: [150, 100, 150, 100, 150], specimen: [250],
};

let audio: AudioContext | undefined;

/** Browsers give sound only after a touch: call this from the button that starts the checking. */
export function allowSound(): void {
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
  void audio?.resume();
}

export function feel(kind: Feel, loud: boolean): void {
  navigator.vibrate?.(BUZZES[kind]);
  if (!loud || audio === undefined || audio.state !== 'running') return;
  for (const [hertz, from, length] of TONES[kind]) tone(audio, hertz, audio.currentTime + from, length);
}

function tone(context: AudioContext, hertz: number, from: number, length: number): void {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = hertz < 250 ? 'square' : 'sine';
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, from);
  volume.gain.exponentialRampToValueAtTime(0.35, from + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
  source.connect(volume).connect(context.destination);
  source.start(from);
  source.stop(from + length + 0.02);
}

/**
 * Keeps the display on while something is shown or checked; asked for again when the page comes back. A phone that
 * cannot simply dims as usual.
 * @returns what lets the display go
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let wanted = true;
  const ask = async (): Promise<void> => {
    if (!wanted || document.visibilityState !== 'visible') return;
    try {
      lock = await navigator.wakeLock?.request('screen');
      if (!wanted) await lock?.release();
    } catch {
      // Battery saver: nothing to tell the holder, the code stays readable.
    }
  };
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
