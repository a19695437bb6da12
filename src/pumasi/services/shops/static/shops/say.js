// Says what was received, once, where the browser can speak; the words stand on the page anyway.
const words = document.querySelector("[data-say]");
const told = words?.dataset.once ?? "";

if (words && "speechSynthesis" in window && sessionStorage.getItem("said") !== told) {
  sessionStorage.setItem("said", told);
  const voice = new SpeechSynthesisUtterance(words.dataset.say);
  voice.lang = document.documentElement.lang === "ko" ? "ko-KR" : "en-US";
  speechSynthesis.speak(voice);
}
