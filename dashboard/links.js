// Follows the page's own links without a reload, copies citations, brings the figure one came for into view.
// The links are plain addresses: without this script, in a new tab or with a modifier key they work as any link does.
export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = data.lang;

  const click = (event) => {
    const copy = event.target.closest?.("button[data-copy]");
    if (copy) {
      navigator.clipboard?.writeText(copy.dataset.copy);
      copy.textContent = copy.dataset.done;
      return;
    }
    const chosen = String(window.getSelection());
    const link =
      event.target.closest?.("a[data-go]") ??
      (chosen || event.target.closest?.("a") ? null : event.target.closest?.("[data-row]")?.querySelector("a[data-go]"));
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("go", link.getAttribute("href"));
  };
  document.addEventListener("click", click);

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

  return () => document.removeEventListener("click", click);
}
