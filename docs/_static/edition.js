// Another language, but the same place on the page, and the same words in the search.
addEventListener("click", (event) => {
  const link = event.target.closest("a.edition");
  if (link) link.href = link.href.split(/[?#]/)[0] + location.search + location.hash;
});
