// Pointer, keys and the clock.
const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const pointer = {held: null, moved: false, panning: false, x: 0, y: 0};
let asked = false;  // for the next frame
let gliding = null;

function ask_frame() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(frame);
}

function frame(now) {
  asked = false;
  const until = performance.now() + 16;
  while (layout.alpha > 0 && performance.now() < until) tick(pointer.held);
  if (gliding) glide(now);
  draw();
  document.body.dataset.state = layout.alpha > 0 || gliding ? 'moving' : 'still';
  if (layout.alpha > 0 || gliding) ask_frame();
}

/// After something was hidden or shown.
function changed(heat) {
  reheat(heat);
  if (calm) while (layout.alpha > 0) tick(null);
  show_counts();
  show_details(focus.selected);
  ask_frame();
}

// The part of the window that no panel covers.
function free_area() {
  const side = element('side').getBoundingClientRect();
  const narrow = view.width <= 760;
  return {left: narrow ? 16 : side.right + 24, top: narrow ? side.bottom + 16 : 24,
          right: view.width - (element('details').hidden || narrow ? 24 : 376), bottom: view.height - (narrow ? 80 : 32)};
}

function glide_to(k, x, y, at_once) {
  if (calm || at_once) {
    gliding = null;
    Object.assign(view, {k, x, y});
  } else {
    gliding = {from: {k: view.k, x: view.x, y: view.y}, to: {k, x, y}, begin: performance.now()};
  }
  ask_frame();
}

function glide(now) {
  const t = Math.min(1, Math.max(0, now - gliding.begin) / 320);
  const eased = 1 - Math.pow(1 - t, 3);
  for (const key of ['k', 'x', 'y']) view[key] = gliding.from[key] + (gliding.to[key] - gliding.from[key]) * eased;
  if (t === 1) gliding = null;
}

function fit(at_once) {
  const shown = nodes.filter(is_shown);
  if (shown.length === 0) return;
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const node of shown) {
    left = Math.min(left, node.x - node.radius - 28);
    right = Math.max(right, node.x + node.radius + 28);
    top = Math.min(top, node.y - node.radius - 8);
    bottom = Math.max(bottom, node.y + node.radius + 22);
  }
  const area = free_area();
  const k = Math.min(1.7, (area.right - area.left) / (right - left), (area.bottom - area.top) / (bottom - top));
  glide_to(k, (area.left + area.right) / 2 - (left + right) / 2 * k, (area.top + area.bottom) / 2 - (top + bottom) / 2 * k, at_once);
}

function zoom(factor, x, y, at_once) {
  const k = Math.min(6, Math.max(0.04, view.k * factor));
  glide_to(k, x - (x - view.x) * k / view.k, y - (y - view.y) * k / view.k, at_once);
}

const zoom_middle = factor => {
  const area = free_area();
  zoom(factor, (area.left + area.right) / 2, (area.top + area.bottom) / 2);
};

/// Makes a node visible that is folded away or whose label is switched off.
function reveal(node) {
  const was_hidden = !is_shown(node);
  if (!styles[node.style].shown) element('labels').children[node.style].firstChild.click();
  node.folded = false;
  if (was_hidden) changed(0.3);
}

function select(node, centre) {
  focus.selected = node;
  focus.hovered = focus.link = null;
  show_tip(null);
  if (node !== null && !is_shown(node)) reveal(node);
  show_details(node);
  history.replaceState(null, '', node === null ? '#' : '#n' + node.index);
  if (node !== null) {
    say(node.title + ', ' + node.labels.join(', ') + ', ' + plural(node.degree, 'relationship'));
    bring_in(node, centre);
  }
  ask_frame();
}

/// Moves the view so that no panel covers the node, nor its neighbours if they lie near. `centre`: also zooms
/// in so far that names can be read.
function bring_in(node, centre) {
  const area = free_area();
  const wide = area.right - area.left, high = area.bottom - area.top;
  const all = [node, ...neighbours(node).filter(is_shown)];
  const reach_x = Math.max(...all.map(other => Math.abs(other.x - node.x) + other.radius + 40));
  const reach_y = Math.max(...all.map(other => Math.abs(other.y - node.y) + other.radius + 24));
  const xs = all.map(other => other.x), ys = all.map(other => other.y);
  const box = {left: Math.min(...xs) - 50, right: Math.max(...xs) + 50, top: Math.min(...ys) - 24, bottom: Math.max(...ys) + 24};
  const whole = Math.min(wide / (box.right - box.left), high / (box.bottom - box.top));
  const inside = screen_x(box.left) >= area.left && screen_x(box.right) <= area.right &&
    screen_y(box.top) >= area.top && screen_y(box.bottom) <= area.bottom;
  if (inside && !(centre && view.k < 0.6)) return;
  const wanted = centre ? Math.max(view.k, 0.9) : view.k;
  if (whole >= Math.min(0.55, wanted)) {  // all of the neighbourhood
    const k = Math.min(wanted, whole);
    return glide_to(k, (area.left + area.right) / 2 - (box.left + box.right) / 2 * k,
                    (area.top + area.bottom) / 2 - (box.top + box.bottom) / 2 * k);
  }
  const x = screen_x(node.x), y = screen_y(node.y);
  if (!centre && x > area.left && x < area.right && y > area.top && y < area.bottom) return;
  const k = Math.max(0.7, Math.min(wanted, wide / (2 * reach_x), high / (2 * reach_y)));
  glide_to(k, (area.left + area.right) / 2 - node.x * k, (area.top + area.bottom) / 2 - node.y * k);
}

function fold(node) {
  const count = fold_or_unfold(node);
  say(count > 0 ? plural(count, 'neighbour') + ' unfolded' : count < 0 ? plural(-count, 'neighbour') + ' folded' : 'nothing to fold');
  changed(0.25);
}

function only(node) {
  show_only(node);
  changed(0.4);
  fit();
}

function everything() {
  show_all();
  changed(0.3);
}

/// The nearest node on one side of the selected one: near in distance and in angle.
function neighbour_towards(dx, dy) {
  const shown = nodes.filter(is_shown);
  if (focus.selected === null) {
    return shown.reduce((best, node) => best === null || node.degree > best.degree ? node : best, null);
  }
  let best = null, least = Infinity;
  for (const node of shown) {
    const x = node.x - focus.selected.x, y = node.y - focus.selected.y;
    const along = x * dx + y * dy;
    if (node === focus.selected || along <= 0) continue;
    const across = Math.abs(x * dy - y * dx);
    const cost = along + 2.5 * across;
    if (cost < least) {
      best = node;
      least = cost;
    }
  }
  return best;
}

function set_theme(theme) {
  document.documentElement.dataset.theme = theme;
  read_colours();
  ask_frame();
}

const turn_theme = () => set_theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');

// Pointer.

canvas.addEventListener('pointerdown', event => {
  canvas.setPointerCapture(event.pointerId);
  pointer.held = node_at(event.clientX, event.clientY);
  pointer.panning = pointer.held === null;
  pointer.moved = false;
  gliding = null;
  [pointer.x, pointer.y] = [event.clientX, event.clientY];
});

canvas.addEventListener('pointermove', event => {
  const dx = event.clientX - pointer.x, dy = event.clientY - pointer.y;
  if (pointer.held !== null || pointer.panning) {
    if (!pointer.moved && Math.hypot(dx, dy) < 4) return;
    pointer.moved = true;
    [pointer.x, pointer.y] = [event.clientX, event.clientY];
    canvas.className = 'moving';
    show_tip(null);
    if (pointer.held !== null) {
      pointer.held.x += dx / view.k;
      pointer.held.y += dy / view.k;
      pointer.held.vx = pointer.held.vy = 0;
      reheat(0.12);
    } else {
      view.x += dx;
      view.y += dy;
    }
    return ask_frame();
  }
  const node = node_at(event.clientX, event.clientY);
  const link = node === null ? link_at(event.clientX, event.clientY) : null;
  if (node !== focus.hovered || link !== focus.link) {
    focus.hovered = node;
    focus.link = link;
    canvas.className = node !== null || link !== null ? 'pointing' : '';
    ask_frame();
  }
  show_tip(node || link, event.clientX, event.clientY);
});

canvas.addEventListener('pointerup', () => {
  const {held, moved} = pointer;
  pointer.held = null;
  pointer.panning = false;
  canvas.className = '';
  if (!moved) select(held);
});

canvas.addEventListener('pointerleave', () => {
  focus.hovered = focus.link = null;
  show_tip(null);
  ask_frame();
});

canvas.addEventListener('dblclick', event => {
  const node = node_at(event.clientX, event.clientY);
  if (node !== null) fold(node);
});

canvas.addEventListener('wheel', event => {
  event.preventDefault();
  const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
  zoom(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY, true);
}, {passive: false});

// Keys.

const keys = {
  '/': () => element('query').focus(),
  '+': () => zoom_middle(1.4), '=': () => zoom_middle(1.4), '-': () => zoom_middle(1 / 1.4), '0': () => fit(),
  'e': () => focus.selected && fold(focus.selected),
  'o': () => focus.selected && only(focus.selected),
  'a': everything, 't': turn_theme, '?': () => element('keys').showModal(),
  'Escape': () => select(null),
  'ArrowLeft': () => towards(-1, 0), 'ArrowRight': () => towards(1, 0),
  'ArrowUp': () => towards(0, -1), 'ArrowDown': () => towards(0, 1),
};

function towards(dx, dy) {
  const node = neighbour_towards(dx, dy);
  if (node !== null) select(node, true);
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || element('keys').open) return;
  if (event.target === element('query')) return;
  if (event.key.startsWith('Arrow') && event.target !== canvas && event.target !== document.body) return;
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

element('query').addEventListener('input', event => show_hits(event.target.value));
element('query').addEventListener('keydown', event => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (hits.list.length === 0) return;
    hits.at = (hits.at + (event.key === 'ArrowDown' ? 1 : hits.list.length - 1)) % hits.list.length;
    mark_hit();
  } else if (event.key === 'Enter' && hits.at >= 0) {
    take_hit(hits.at);
  } else if (event.key === 'Escape') {
    close_search();
  }
});

element('zoom-in').addEventListener('click', () => zoom_middle(1.4));
element('zoom-out').addEventListener('click', () => zoom_middle(1 / 1.4));
element('fit').addEventListener('click', () => fit());
element('all').addEventListener('click', everything);
element('theme').addEventListener('click', turn_theme);
element('help').addEventListener('click', () => element('keys').showModal());

function resize() {
  view.width = window.innerWidth;
  view.height = window.innerHeight;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  ask_frame();
}
window.addEventListener('resize', resize);

const dark = window.matchMedia('(prefers-color-scheme: dark)');
dark.addEventListener('change', event => set_theme(event.matches ? 'dark' : 'light'));

// The beginning. A small graph has come to rest before it is first seen; a large one is watched.
set_theme(dark.matches ? 'dark' : 'light');
resize();
show_legend();
show_counts();
first_places();
layout.alpha = 1;
const first_sight = performance.now() + 500;
while (layout.alpha > 0 && (calm || nodes.length <= 500 || performance.now() < first_sight)) tick(null);
fit(true);
const linked = /^#n(\d+)$/.exec(location.hash);
if (linked && nodes[Number(linked[1])]) select(nodes[Number(linked[1])], true);
ask_frame();

/// For scripts: where a node is on the screen, and what is selected.
window.islet = {
  place: index => ({x: screen_x(nodes[index].x), y: screen_y(nodes[index].y)}),
  find: title => nodes.findIndex(node => node.title === title),
  selected: () => focus.selected === null ? null : focus.selected.title,
  shown: () => nodes.filter(is_shown).length,
};
