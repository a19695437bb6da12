// Calling a roll without waiting for pages: each code is sent by itself, answered with a sound and a large line.
// A scanner that types and presses Enter works as it is. Without this script the same forms load a page each time.
const tones = { good: [880, 0.12], warn: [440, 0.3], bad: [220, 0.5] };
let audio;

function beep(tone) {
  audio ??= new AudioContext();
  const [hertz, seconds] = tones[tone] ?? tones.bad;
  const sound = audio.createOscillator();
  const volume = audio.createGain();
  sound.frequency.value = hertz;
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds);
  sound.connect(volume).connect(audio.destination);
  sound.start();
  sound.stop(audio.currentTime + seconds);
}

const said = document.querySelector("[data-roll-said]");

function show(answer) {
  said.hidden = false;
  said.className = `pm-note ${answer.tone}`;
  said.querySelector("[data-roll-headline]").textContent = answer.headline;
  said.querySelector("[data-roll-say]").textContent = answer.say;
  if (answer.count !== undefined) document.querySelector("[data-roll-count]").textContent = answer.count;
  beep(answer.tone);
}

for (const form of document.querySelectorAll("form[data-roll]")) {
  const first = form.querySelector("input:not([type=hidden])");
  // Before shell.js, which lets each form be sent once only.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (!first.value.trim()) return;
    const body = new FormData(form);
    const typed = first.value;
    form.reset();
    first.focus();
    try {
      const sent = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" } });
      show(await sent.json());
    } catch {
      if (!first.value) first.value = typed;
      show({ tone: "bad", headline: form.dataset.lost, say: typed });
    }
  });
}
