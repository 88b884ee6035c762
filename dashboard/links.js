// Follows the page's own links without a reload, copies citations, saves the chart as a picture, brings the figure one
// came for into view, and has the page drawn anew when the system turns dark or light.
// The links are plain addresses: without this script, in a new tab or with a modifier key they work as any link does.

// The chart as one SVG: Plotly draws it as several, one upon the other, on the paper of the page.
const picture = () => {
  const plot = document.querySelector(".js-plotly-plot");
  const { width, height } = plot.getBoundingClientRect();
  const whole = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) whole.setAttribute(name, value);
  for (const layer of plot.querySelectorAll("svg.main-svg")) {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(".hoverlayer, .draglayer").forEach((part) => part.remove());
    whole.append(copy);
  }
  return { width, height, svg: new Blob([new XMLSerializer().serializeToString(whole)], { type: "image/svg+xml" }) };
};

const save = (blob, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const savePicture = async ({ picture: kind, name }) => {
  const { width, height, svg } = picture();
  if (kind === "svg") return save(svg, `${name}.svg`);
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, `${name}.png`));
};

// Streamlit draws the page of the address as it does after back and forward.
const draw = () => window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));

// One step of the browser's history.
const follow = (address) => {
  const elsewhere = new URL(address).pathname !== location.pathname;
  history.pushState({}, "", address);
  draw();
  if (elsewhere) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
};

export default function ({ data }) {
  document.documentElement.lang = data.lang;

  const click = (event) => {
    const copy = event.target.closest?.("button[data-copy]");
    if (copy) {
      navigator.clipboard?.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.done;
      return;
    }
    const saved = event.target.closest?.("button[data-picture]");
    if (saved) {
      savePicture(saved.dataset);
      return;
    }
    const chosen = String(window.getSelection());
    const link =
      event.target.closest?.("a[data-go]") ??
      (chosen || event.target.closest?.("a") ? null : event.target.closest?.("[data-row]")?.querySelector("a[data-go]"));
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link.href);
  };
  // Streamlit repaints its own parts then, and the server, which colours ours, hears of it with the next drawing only.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => setTimeout(draw, 100); // once Streamlit knows its new theme
  window.stopFollowing?.(); // new data may come without the old listeners having been taken away
  window.stopFollowing = () => {
    document.removeEventListener("click", click);
    dark.removeEventListener("change", repaint);
  };
  document.addEventListener("click", click);
  dark.addEventListener("change", repaint);

  // The page may still be on its way when this runs: look for the spot for two seconds, once per address.
  let tries = 0;
  const seek = () => {
    const spot = document.querySelector("[data-focus]");
    if (spot) {
      window.soughtFocus = data.focus;
      document.querySelector(".reader li.chosen")?.scrollIntoView({ block: "nearest" });
      spot.scrollIntoView({ block: "center" });
    } else if (tries++ < 40) {
      setTimeout(seek, 50);
    }
  };
  if (data.focus && window.soughtFocus !== data.focus) seek();
  if (!data.focus) window.soughtFocus = undefined;

  return window.stopFollowing;
}
