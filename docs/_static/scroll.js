// Marks what scrolls sideways and has more to show, so that the style sheet can let it fade.
addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll(".table-scroll, .cell_output > .output, .pst-scrollable-table-container")) {
    const tell = () => box.classList.toggle("more", box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
    box.addEventListener("scroll", tell, { passive: true });
    new ResizeObserver(tell).observe(box);
  }
});
