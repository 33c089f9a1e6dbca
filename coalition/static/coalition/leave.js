// “Leave now” at once, with no way back to this page; Escape pressed three times does the same.
const link = document.querySelector("[data-leave]");
const WITHIN = 1500; // milliseconds
let pressed = [];

function leave() {
  document.documentElement.hidden = true;
  document.title = "…";
  // What the browser keeps of this site is cleared by the answer; nobody waits for it.
  fetch(link.href, { keepalive: true, redirect: "manual" }).catch(() => {});
  window.location.replace(link.dataset.leave);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    pressed = [...pressed.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
    if (pressed.length >= 3) {
      leave();
    }
  });
}
