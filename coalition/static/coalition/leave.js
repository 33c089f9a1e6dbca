// “Leave now” without a way back to this page, and Escape pressed three times as the same.
const link = document.querySelector("[data-leave]");
const WITHIN = 1500; // milliseconds
let pressed = [];

function leave() {
  document.documentElement.hidden = true;
  document.title = "…";
  window.location.replace(link.href);
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
