// The camera: reads a QR in the browser and goes where its code leads, or types it into a field of the page.
// A phone that reads codes by itself does so; elsewhere the reader of zxing-wasm is loaded, from our own host.
const EVERY = 150; // milliseconds between two looks
const WIDTH = 960; // pixels; larger pictures only cost time

for (const box of document.querySelectorAll("[data-camera]")) {
  const button = box.querySelector("[data-camera-start]");
  if (!navigator.mediaDevices?.getUserMedia) continue;
  box.hidden = false;
  if (button) button.addEventListener("click", () => { button.hidden = true; start(box); });
  else start(box);
}

async function start(box) {
  const video = box.querySelector("video");
  video.hidden = false;
  say(box, box.dataset.sayStarting);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch (error) {
    say(box, error.name === "NotAllowedError" ? box.dataset.sayRefused : box.dataset.sayAbsent);
    return;
  }
  window.addEventListener("pagehide", () => stop(stream));
  let read;
  try {
    video.srcObject = stream;
    await video.play();
    read = await reader(box);
  } catch {
    stop(stream);
    video.hidden = true;
    say(box, box.dataset.sayUnreadable);
    return;
  }
  say(box, box.dataset.sayLooking);
  let last = "";
  for (;;) {
    const text = await read(video).catch(() => "");
    const proof = text && !box.dataset.camera && proofIn(text);
    if (proof) {
      say(box, box.dataset.sayFound);
      stop(stream);
      location.assign(proof);
      return;
    }
    const code = text && codeIn(text);
    if (code && "cameraGoesOn" in box.dataset) {
      // Many people in a row: each code once, and the picture stays.
      if (code !== last) arrive(box, (last = code));
    } else if (code) {
      say(box, box.dataset.sayFound);
      stop(stream);
      arrive(box, code);
      return;
    }
    if (text && !code) say(box, box.dataset.sayForeign);
    await new Promise((next) => setTimeout(next, EVERY));
  }
}

// A code of ours is the last part of an address /Q/..., on whatever name this node was reached, or the bare characters.
function codeIn(text) {
  const address = /^https?:\/\/[^/]+\/q\/([0-9a-z]{4,40})\/?$/i.exec(text.trim());
  return address ? address[1].toUpperCase() : "";
}

// The QR of a proof holds an address /verify#... of this very host; any other host's is foreign.
function proofIn(text) {
  const address = /^https?:\/\/([^/]+)\/verify(#[!-~]+)$/i.exec(text.trim());
  return address && address[1].toLowerCase() === location.host ? `/verify${address[2]}` : "";
}

function arrive(box, code) {
  const field = box.dataset.camera && document.getElementById(box.dataset.camera);
  if (!field) { location.assign(`/Q/${code}`); return; }
  field.value = code;
  box.hidden = !("cameraGoesOn" in box.dataset);
  field.form.requestSubmit();
}

async function reader(box) {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  const zxing = await import(box.dataset.reader);
  await zxing.prepareZXingModule({ overrides: { locateFile: () => box.dataset.wasm }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const pencil = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    if (!video.videoWidth) return "";
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.round((video.videoHeight * canvas.width) / video.videoWidth);
    pencil.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = await zxing.readBarcodes(pencil.getImageData(0, 0, canvas.width, canvas.height), { formats: ["QRCode"] });
    return found[0]?.text ?? "";
  };
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

function say(box, text) {
  box.querySelector("[data-camera-says]").textContent = text;
}
