// Small comforts on top of pages that work without any script: one press per form, plus and minus buttons,
// a kind word when the network is away, and quiet refreshing of live parts by ETag.
const words = document.body.dataset;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method !== "post") return;
  if (!navigator.onLine) {
    event.preventDefault();
    tell(words.offline);
    return;
  }
  if ("download" in form.dataset) return; // the page stays, and so do its buttons
  form.dataset.sent = "1";
  const button = event.submitter ?? form.querySelector("button[type=submit], button:not([type])");
  button?.setAttribute("aria-busy", "true");
  setTimeout(() => { if (form.isConnected && form.dataset.sent) tell(words.late); }, 4000);
});

// The back button brings a page back from memory: its forms may be pressed again (their key makes that safe).
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
});
window.addEventListener("online", () => tell(""));

function tell(text) {
  const box = document.getElementById("pm-live");
  if (!box) return;
  box.textContent = text;
  box.hidden = !text;
}

for (const stepper of document.querySelectorAll(".pm-stepper")) {
  const input = stepper.querySelector("input");
  for (const button of stepper.querySelectorAll("button")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const step = Number(input.dataset.step) || 1;
      const next = (Number(input.value) || 0) + step * Number(button.dataset.by);
      input.value = String(Math.min(Number(input.max) || next, Math.max(Number(input.min) || 0, next)));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

for (const live of document.querySelectorAll("[data-live]")) {
  const seconds = Number(live.dataset.every) || 2;
  let tag = "";
  let shown = "";
  const refresh = async () => {
    try {
      const answer = await fetch(live.dataset.live, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? "";
        const part = await answer.text();
        // The same words again would only take the keyboard's place in the page away.
        if (part !== shown) live.innerHTML = shown = part;
      }
      tell("");
    } catch {
      tell(words.offline);
    }
    setTimeout(refresh, seconds * 1000);
  };
  setTimeout(refresh, seconds * 1000);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
