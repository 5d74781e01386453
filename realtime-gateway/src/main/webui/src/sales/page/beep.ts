/** Two low tones: heard without looking at the screen that a code was not found. */
export function beep(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = 'square';
    tone.frequency.setValueAtTime(220, audio.currentTime);
    tone.frequency.setValueAtTime(160, audio.currentTime + 0.12);
    volume.gain.value = 0.08;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.25);
    tone.onended = () => void audio.close();
  } catch {
    // A till without sound shows the message all the same.
  }
}
