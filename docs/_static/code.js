// One click for all code of a notebook; what a reader chose holds on the next page, too.
addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".code-switch");
  if (!button) return;
  const cells = document.querySelectorAll(".cell details.hide");
  const turn = (open) => {
    if (open == (button.dataset.open == "yes")) return;
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    button.dataset.open = open ? "yes" : "";
    cells.forEach((cell) => { cell.open = open; });
    try { localStorage.setItem("code", open ? "yes" : ""); } catch { /* no room is given */ }
  };
  button.addEventListener("click", () => turn(button.dataset.open != "yes"));
  try { turn(localStorage.getItem("code") == "yes"); } catch { /* no room is given */ }
});
