// Lets tables of the class `sortable` be sorted, searched and filtered; the library is fetched where there is one.
const here = document.currentScript.src;
addEventListener("DOMContentLoaded", () => {
  const tables = [...document.querySelectorAll("table.sortable")];
  if (!tables.length) return;
  const script = document.createElement("script");
  script.src = new URL("datatables.js", here);
  script.onload = () => tables.forEach(enliven);
  document.head.append(script);
});

function enliven(table) {
  const words = JSON.parse(table.dataset.words);
  const live = new window.tables.default(table, {
    autoWidth: false, order: [], pageLength: 50, lengthMenu: [50, 200, { label: words.all, value: -1 }], deferRender: true,
    layout: { topStart: "search", topEnd: "pageLength", bottomStart: "info", bottomEnd: "paging" },
    language: {
      search: words.search, lengthMenu: words.length, info: words.info, infoEmpty: words.none, infoFiltered: words.filtered,
      zeroRecords: words.none, thousands: ",",
      aria: { orderable: words.sort, orderableReverse: words.sort, orderableRemove: words.sort, paginate: words.pages },
    },
  });
  const row = live.table().container().querySelector(".dt-search");
  live.columns().every(function () {
    const name = this.header().querySelector("[data-choose]")?.dataset.choose;
    if (name) row.append(makeChoice(this, name, words.every));
  });
  addEventListener("beforeprint", () => live.page.len(-1).draw());  // on paper the whole table
}

function makeChoice(column, name, every) {
  const label = document.createElement("label"), list = document.createElement("select");
  const texts = new Set(column.nodes().toArray().map(cell => cell.textContent.trim()));
  list.append(new Option(every, ""), ...[...texts].sort().map(text => new Option(text, text)));
  list.addEventListener("change", () => {
    const exactly = list.value && `^${list.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    column.search(exactly, true, false).draw();
  });
  label.append(name, " ", list);
  return label;
}
