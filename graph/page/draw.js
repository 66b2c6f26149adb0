// The picture: relationships, arrowheads, nodes, then as many names as fit.
const canvas = document.getElementById('canvas');
const pen = canvas.getContext('2d');
const view = {k: 1, x: 0, y: 0, width: 0, height: 0};  // screen = world * k + (x, y)
const focus = {selected: null, hovered: null, link: null};
const ink = {};

const font_family = getComputedStyle(document.body).fontFamily;
const widths = new Map();

function read_colours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ground', 'text', 'soft', 'faint', 'edge', 'accent', 'line']) ink[name] = style.getPropertyValue('--' + name).trim();
}

const screen_x = x => x * view.k + view.x;
const screen_y = y => y * view.k + view.y;
const screen_radius = node => Math.max(2.2, node.radius * Math.min(1.6, Math.max(0.35, Math.pow(view.k, 0.8))));

function text_width(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = font;
    width = pen.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

const shortened = (text, most) => text.length <= most ? text : text.slice(0, most - 1).trimEnd() + '…';

/// The curve of a relationship on the screen: begin, control point, end (at the nodes' rims); of a loop two
/// control points.
function curve_of(link) {
  const ax = screen_x(link.source.x), ay = screen_y(link.source.y);
  const bx = screen_x(link.target.x), by = screen_y(link.target.y);
  const source_rim = screen_radius(link.source) + 1.5;
  const target_rim = screen_radius(link.target) + 2.5;
  if (link.loop > 0) {
    const reach = source_rim + (14 + 12 * link.loop) * Math.min(1.4, Math.max(0.5, view.k));
    const rim = source_rim * 0.7;
    return {loop: true, ax: ax - rim, ay: ay - rim, cx: ax - reach * 0.95, cy: ay - reach * 1.5,
            dx: ax + reach * 0.95, dy: ay - reach * 1.5, bx: ax + rim, by: ay - rim - 1};
  }
  const dx = bx - ax, dy = by - ay;
  const length = Math.hypot(dx, dy);
  if (length < source_rim + target_rim) return null;
  const bend = link.bend * view.k * 2;
  const cx = (ax + bx) / 2 - dy / length * bend;
  const cy = (ay + by) / 2 + dx / length * bend;
  const from = Math.hypot(cx - ax, cy - ay) || 1;
  const to = Math.hypot(cx - bx, cy - by) || 1;
  return {loop: false, ax: ax + (cx - ax) / from * source_rim, ay: ay + (cy - ay) / from * source_rim, cx, cy,
          bx: bx + (cx - bx) / to * target_rim, by: by + (cy - by) / to * target_rim};
}

function point_on(curve, t) {
  const s = 1 - t;
  if (curve.loop) {
    return [s * s * s * curve.ax + 3 * s * s * t * curve.cx + 3 * s * t * t * curve.dx + t * t * t * curve.bx,
            s * s * s * curve.ay + 3 * s * s * t * curve.cy + 3 * s * t * t * curve.dy + t * t * t * curve.by];
  }
  return [s * s * curve.ax + 2 * s * t * curve.cx + t * t * curve.bx,
          s * s * curve.ay + 2 * s * t * curve.cy + t * t * curve.by];
}

function off_screen(link) {
  const ax = screen_x(link.source.x), ay = screen_y(link.source.y);
  const bx = screen_x(link.target.x), by = screen_y(link.target.y);
  const margin = 80;
  return (ax < -margin && bx < -margin) || (ay < -margin && by < -margin) ||
    (ax > view.width + margin && bx > view.width + margin) || (ay > view.height + margin && by > view.height + margin);
}

/// Draws relationships of one look with two paths: all the lines, then all the heads.
function draw_links(list, colour, width, opacity) {
  pen.globalAlpha = opacity;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = width;
  const heads = view.k > 0.3;
  const size = Math.min(9, Math.max(4.5, 6.5 * Math.pow(view.k, 0.5))) + (width - 1);
  const lines = new Path2D();
  const arrows = new Path2D();
  for (const link of list) {
    const curve = curve_of(link);
    if (curve === null) continue;
    const fromx = curve.loop ? curve.dx : curve.cx, fromy = curve.loop ? curve.dy : curve.cy;
    const length = Math.hypot(curve.bx - fromx, curve.by - fromy) || 1;
    const ux = (curve.bx - fromx) / length, uy = (curve.by - fromy) / length;
    const back = heads ? size * 0.8 : 0;
    const ex = curve.bx - ux * back, ey = curve.by - uy * back;
    lines.moveTo(curve.ax, curve.ay);
    if (curve.loop) lines.bezierCurveTo(curve.cx, curve.cy, curve.dx, curve.dy, ex, ey);
    else if (link.bend === 0) lines.lineTo(ex, ey);
    else lines.quadraticCurveTo(curve.cx, curve.cy, ex, ey);
    if (!heads) continue;
    const wing = size * 0.42;
    arrows.moveTo(curve.bx, curve.by);
    arrows.lineTo(curve.bx - ux * size - uy * wing, curve.by - uy * size + ux * wing);
    arrows.lineTo(curve.bx - ux * size * 0.78, curve.by - uy * size * 0.78);
    arrows.lineTo(curve.bx - ux * size + uy * wing, curve.by - uy * size - ux * wing);
    arrows.closePath();
  }
  pen.stroke(lines);
  pen.fill(arrows);
  pen.globalAlpha = 1;
}

/// The rectangles that names have taken, in a coarse grid.
class Taken {
  constructor() { this.cells = new Map(); }
  * around(box) {
    for (let c = Math.floor(box[0] / 64); c <= Math.floor(box[2] / 64); ++c) {
      for (let r = Math.floor(box[1] / 32); r <= Math.floor(box[3] / 32); ++r) yield c * 65536 + r;
    }
  }
  free(box) {
    for (const key of this.around(box)) {
      for (const other of this.cells.get(key) || []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
  take(box) {
    for (const key of this.around(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

function write(text, x, y, font, colour, align) {
  pen.font = font;
  pen.textAlign = align;
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.strokeStyle = ink.ground;
  pen.lineWidth = 3.5;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/// Whether the line from a to b runs through a box.
function runs_through(ax, ay, bx, by, box) {
  let enter = 0, leave = 1;
  for (const [from, to, low, high] of [[ax, bx, box[0], box[2]], [ay, by, box[1], box[3]]]) {
    const step = to - from;
    if (step === 0) {
      if (from < low || from > high) return false;
      continue;
    }
    const t = [(low - from) / step, (high - from) / step];
    enter = Math.max(enter, Math.min(...t));
    leave = Math.min(leave, Math.max(...t));
  }
  return enter <= leave;
}

/// Where the name of a node may stand, best first: [x, y, alignment, box]. `air` is kept free around it.
function places_of(node, width, air, look) {
  const x = screen_x(node.x), y = screen_y(node.y), r = screen_radius(node);
  const slant = r * 0.75 + 3;
  const places = [[x, y + r + 10, 'center'], [x + r + 5, y, 'left'], [x, y - r - 10, 'center'], [x - r - 5, y, 'right'],
                  [x + slant, y + slant + 4, 'left'], [x + slant, y - slant - 4, 'left'],
                  [x - slant, y + slant + 4, 'right'], [x - slant, y - slant - 4, 'right']].slice(0, look ? 8 : 4);
  for (const place of places) {
    const left = place[2] === 'center' ? place[0] - width / 2 : place[2] === 'left' ? place[0] : place[0] - width;
    place.push([left - air, place[1] - 5 - air, left + width + air, place[1] + 5 + air]);
  }
  if (!look) return places;
  const crossings = new Map(places.map(place => [place, node.links.filter(link => {
    if (!is_link_shown(link)) return false;
    if (link.loop > 0) return place[1] < y;
    const other = other_end(link, node);
    return runs_through(x, y, screen_x(other.x), screen_y(other.y), place[3]);
  }).length]));
  return places.sort((a, b) => crossings.get(a) - crossings.get(b));
}

/// Draws the name of a node where there is room. `whatever`: in any case.
function draw_name(node, taken, air, look, whatever) {
  const font = (whatever ? '600 13px ' : '12px ') + font_family;
  const text = shortened(node.title, whatever ? 60 : 30);
  const places = places_of(node, text_width(text, font), air, look);
  const place = places.find(([, , , box]) => taken.free(box)) || (whatever ? places[0] : undefined);
  if (place === undefined) return;
  taken.take(place[3]);
  write(text, place[0], place[1], font, ink.text, place[2]);
}

/// How many relationships a node must have for its name to be written in a large graph.
const least_degree = () => view.k < 0.35 ? 5 : view.k < 0.6 ? 3 : 0;

/// The nodes whose names may be written, the most important first.
function in_view(shown, near) {
  const least = near || shown.length < 1000 ? 0 : least_degree();
  const order = shown.filter(node => {
    if (node.degree < least) return false;
    const x = screen_x(node.x), y = screen_y(node.y);
    return x > -60 && y > -20 && x < view.width + 60 && y < view.height + 20;
  });
  const weight = node => (near && near.has(node) ? 1e6 : 0) + (node.named ? 1e3 : 0) + node.degree;
  return order.sort((a, b) => weight(b) - weight(a) || a.index - b.index);
}

function draw_names(order, near, taken) {
  const look = order.length <= 260;
  // From far away only the well-connected have names, and more air around them.
  const far = order.length > 120 && !near;
  const smallest = far ? least_degree() : 0;
  const air = far && view.k < 0.6 ? 8 : 3;
  for (const node of order) {
    if (node === focus.selected || node === focus.hovered) continue;
    if (near && !near.has(node)) continue;
    if (!near && (node.degree < smallest || (!node.named && order.length > 60))) continue;
    draw_name(node, taken, air, look, false);
  }
}

function draw_types(list, taken, colour) {
  const font = '10.5px ' + font_family;
  for (const link of list) {
    const curve = curve_of(link);
    if (curve === null) continue;
    const width = text_width(link.type, font);
    const [x, y] = point_on(curve, 0.5);
    const length = Math.hypot(curve.bx - curve.ax, curve.by - curve.ay);
    if (!curve.loop && length < width + 24) continue;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    let angle = curve.loop ? 0 : Math.atan2(curve.by - curve.ay, curve.bx - curve.ax);
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle < -Math.PI / 2) angle += Math.PI;
    const half_x = Math.abs(Math.cos(angle)) * width / 2 + 5, half_y = Math.abs(Math.sin(angle)) * width / 2 + 6;
    const box = [x - half_x, y - half_y, x + half_x, y + half_y];
    if (!taken.free(box)) continue;
    taken.take(box);
    pen.save();
    pen.translate(x, y);
    pen.rotate(angle);
    pen.fillStyle = ink.ground;
    pen.fillRect(-width / 2 - 3, -6, width + 6, 12);
    write(link.type, 0, 0, font, colour, 'center');
    pen.restore();
  }
}

/// Draws nodes with one path a colour; each has a rim of the ground's colour, which parts it from what it covers.
function draw_nodes(list, opacity) {
  const paths = styles.map(() => null);
  for (const node of list) {
    const x = screen_x(node.x), y = screen_y(node.y), r = screen_radius(node);
    if (x < -r || y < -r || x > view.width + r || y > view.height + r) continue;
    if (paths[node.style] === null) paths[node.style] = new Path2D();
    paths[node.style].moveTo(x + r, y);
    paths[node.style].arc(x, y, r, 0, 2 * Math.PI);
  }
  pen.globalAlpha = opacity;
  pen.strokeStyle = ink.ground;
  pen.lineWidth = view.k < 0.5 ? 1.2 : 3;  // half of it lies under the disc
  paths.forEach((path, i) => {
    if (path === null) return;
    pen.stroke(path);
    pen.fillStyle = styles[i].color;
    pen.fill(path);
  });
  pen.globalAlpha = 1;
}

function draw() {
  const ratio = window.devicePixelRatio || 1;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = ink.ground;
  pen.fillRect(0, 0, view.width, view.height);
  const active = focus.hovered || focus.selected;
  const near = active ? new Set([active, ...neighbours(active)]) : focus.link ? new Set([focus.link.source, focus.link.target]) : null;
  const lit_link = link => link === focus.link || (active !== null && (link.source === active || link.target === active));

  const plain = [], lit = [];
  for (const link of links) {
    if (!is_link_shown(link) || off_screen(link)) continue;
    (near && lit_link(link) ? lit : plain).push(link);
  }
  const shown = nodes.filter(is_shown);
  const crowded = shown.length > 400 && view.k < 0.6;
  draw_links(plain, ink.edge, crowded ? 0.8 : 1.1, near ? 0.22 : crowded ? 0.6 : 0.9);
  draw_links(lit, ink.accent, 1.6, 0.9);

  draw_nodes(near ? shown.filter(node => !near.has(node)) : [], 0.18);
  draw_nodes(near ? shown.filter(node => near.has(node)) : shown, 1);
  for (const node of new Set([focus.selected, focus.hovered])) {
    if (node === null || !is_shown(node)) continue;
    pen.beginPath();
    pen.arc(screen_x(node.x), screen_y(node.y), screen_radius(node) + 3, 0, 2 * Math.PI);
    pen.lineWidth = 2;
    pen.strokeStyle = ink.accent;
    pen.stroke();
  }

  const taken = new Taken();
  if (shown.length < nodes.length) for (const node of shown) draw_badge(node, taken);
  const order = in_view(shown, near);
  if (order.length <= 260 && shown.length < 1000) {
    for (const node of order) {
      const x = screen_x(node.x), y = screen_y(node.y), r = screen_radius(node) * 0.8;
      taken.take([x - r, y - r, x + r, y + r]);
    }
  }
  for (const node of new Set([focus.selected, focus.hovered])) {
    if (node !== null && is_shown(node)) draw_name(node, taken, 2, true, true);
  }
  if (lit.length <= 60) draw_types(lit, taken, ink.accent);
  draw_names(order, near, taken);
  if (!near && view.k > 0.75 && plain.length <= 160) draw_types(plain, taken, ink.soft);
}

/// How many neighbours of a node are folded away.
function draw_badge(node, taken) {
  const hidden = node.links.some(link => other_end(link, node).folded) ? hidden_neighbours(node).length : 0;
  if (hidden === 0 || view.k < 0.3) return;
  const text = '+' + hidden;
  const font = '600 10px ' + font_family;
  const width = Math.max(16, text_width(text, font) + 8);
  const x = screen_x(node.x) + screen_radius(node) * 0.7, y = screen_y(node.y) - screen_radius(node) * 0.7 - 6;
  taken.take([x - 4, y - 8, x - 4 + width, y + 8]);
  pen.beginPath();
  pen.roundRect(x - 4, y - 8, width, 16, 8);
  pen.fillStyle = ink.text;
  pen.fill();
  pen.font = font;
  pen.fillStyle = ink.ground;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, x - 4 + width / 2, y + 0.5);
}

// What lies under a point of the screen.

function node_at(x, y) {
  let best = null, nearest = Infinity;
  for (const node of nodes) {
    if (!is_shown(node)) continue;
    const distance = Math.hypot(screen_x(node.x) - x, screen_y(node.y) - y) - screen_radius(node);
    if (distance < 4 && distance < nearest) {
      best = node;
      nearest = distance;
    }
  }
  return best;
}

function link_at(x, y) {
  let best = null, nearest = 6;
  for (const link of links) {
    if (!is_link_shown(link) || off_screen(link)) continue;
    const curve = curve_of(link);
    if (curve === null) continue;
    for (let i = 0; i <= 20; ++i) {
      const [px, py] = point_on(curve, i / 20);
      const [qx, qy] = point_on(curve, Math.min(1, (i + 1) / 20));
      const dx = qx - px, dy = qy - py;
      const t = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
      const distance = Math.hypot(px + t * dx - x, py + t * dy - y);
      if (distance < nearest) {
        best = link;
        nearest = distance;
      }
    }
  }
  return best;
}
