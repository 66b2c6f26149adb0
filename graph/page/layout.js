// Where the nodes lie: springs along relationships, repulsion between all nodes (by a
// quadtree, so that thousands are fast), a weak pull to the middle, and no overlap. Nothing is
// left to chance: the same graph begins and ends at the same places.
const layout = {alpha: 0, ticks: 0};

// Small parts of the graph are drawn to the middle harder, or they would drift out of sight.
for (const part of parts_of()) {
  for (const node of part) node.gravity = part.length * 8 < nodes.length ? 0.11 : 0.045;
}

function parts_of() {
  const seen = new Set();
  const result = [];
  for (const root of nodes) {
    if (seen.has(root)) continue;
    seen.add(root);
    const part = [root];
    for (let i = 0; i < part.length; ++i) {
      for (const other of neighbours(part[i])) {
        if (!seen.has(other)) {
          seen.add(other);
          part.push(other);
        }
      }
    }
    result.push(part);
  }
  return result;
}

/// First places: a sunflower in order of breadth-first walks, so that neighbours begin near each other.
function first_places() {
  const order = [];
  const seen = new Set();
  const by_degree = [...nodes].sort((a, b) => b.degree - a.degree || a.index - b.index);
  for (const root of by_degree) {
    if (seen.has(root)) continue;
    seen.add(root);
    const queue = [root];
    for (let i = 0; i < queue.length; ++i) {
      order.push(queue[i]);
      for (const other of neighbours(queue[i])) {
        if (!seen.has(other)) {
          seen.add(other);
          queue.push(other);
        }
      }
    }
  }
  order.forEach((node, i) => {
    const distance = 26 * Math.sqrt(i + 0.5);
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    node.x = distance * Math.cos(angle);
    node.y = distance * Math.sin(angle);
  });
}

function place_beside(node, centre, i, count) {
  const angle = 2 * Math.PI * i / count;
  node.x = centre.x + (40 + centre.radius) * Math.cos(angle);
  node.y = centre.y + (40 + centre.radius) * Math.sin(angle);
  node.vx = node.vy = 0;
}

function reheat(alpha) {
  layout.alpha = Math.max(layout.alpha, alpha);
}

/// A quadtree over the nodes. A cell is {x, y, mass} with either `children` or `bodies`. `bodies` is reordered.
function quadtree(bodies) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const body of bodies) {
    left = Math.min(left, body.x);
    top = Math.min(top, body.y);
    right = Math.max(right, body.x);
    bottom = Math.max(bottom, body.y);
  }
  return cell_of(bodies, 0, bodies.length, left, top, Math.max(right - left, bottom - top, 1), 0);
}

/// Moves those of bodies[begin, end) that lie below a line before the others; says where these begin.
function split_bodies(bodies, begin, end, across, line) {
  let next = begin;
  for (let i = begin; i < end; ++i) {
    const body = bodies[i];
    if ((across ? body.x : body.y) < line) {
      bodies[i] = bodies[next];
      bodies[next++] = body;
    }
  }
  return next;
}

function cell_of(bodies, begin, end, left, top, size, depth) {
  let x = 0, y = 0;
  for (let i = begin; i < end; ++i) {
    x += bodies[i].x;
    y += bodies[i].y;
  }
  const mass = end - begin;
  const cell = {x: x / mass, y: y / mass, mass, size, children: null, bodies: null};
  if (mass <= 6 || depth > 20) {
    cell.bodies = bodies.slice(begin, end);
    return cell;
  }
  const half = size / 2;
  const middle = split_bodies(bodies, begin, end, false, top + half);
  const upper = split_bodies(bodies, begin, middle, true, left + half);
  const lower = split_bodies(bodies, middle, end, true, left + half);
  cell.children = [];
  const child = (from, to, x0, y0) => {
    if (from < to) cell.children.push(cell_of(bodies, from, to, x0, y0, half, depth + 1));
  };
  child(begin, upper, left, top);
  child(upper, middle, left + half, top);
  child(middle, lower, left, top + half);
  child(lower, end, left + half, top + half);
  return cell;
}

function repel(node, cell, strength) {
  const dx = cell.x - node.x;
  const dy = cell.y - node.y;
  const square = dx * dx + dy * dy;
  if (cell.children !== null && cell.size * cell.size >= 0.7 * square) {
    for (const child of cell.children) repel(node, child, strength);
    return;
  }
  if (cell.bodies === null) {
    const force = strength * cell.mass / square;
    node.vx -= dx * force;
    node.vy -= dy * force;
    return;
  }
  for (const body of cell.bodies) {
    if (body === node) continue;
    let bx = body.x - node.x;
    let by = body.y - node.y;
    if (bx === 0 && by === 0) {  // apart by a hair, each to its own side
      bx = body.index < node.index ? -0.1 : 0.1;
      by = 0.1 * bx;
    }
    const force = strength / Math.max(bx * bx + by * by, 60);
    node.vx -= bx * force;
    node.vy -= by * force;
  }
}

/// Pushes apart what overlaps. The nodes are sorted into columns of a width that no two overlapping ones leave.
function keep_apart(bodies) {
  const side = 60;
  const columns = new Map();
  for (const body of bodies) {
    body.column = Math.floor(body.x / side);
    const column = columns.get(body.column);
    if (column === undefined) columns.set(body.column, [body]);
    else column.push(body);
  }
  for (const column of columns.values()) column.sort((a, b) => a.y - b.y || a.index - b.index);
  for (const [number, column] of columns) {
    const right = columns.get(number + 1) || [];
    let begin = 0;
    for (let i = 0; i < column.length; ++i) {
      const body = column[i];
      for (let j = i + 1; j < column.length && column[j].y - body.y < side; ++j) push_apart(body, column[j]);
      while (begin < right.length && right[begin].y < body.y - side) ++begin;
      for (let j = begin; j < right.length && right[j].y < body.y + side; ++j) push_apart(body, right[j]);
    }
  }
}

function push_apart(body, other) {
  const dx = other.x - body.x;
  const dy = (other.y - body.y) * 1.25;  // below a node stands its name
  const wanted = body.radius + other.radius + 14;
  const square = dx * dx + dy * dy;
  if (square >= wanted * wanted) return;
  const distance = Math.sqrt(square) || 0.1;
  const push = (wanted - distance) / distance * 0.35;
  body.x -= dx * push;
  body.y -= dy * push;
  other.x += dx * push;
  other.y += dy * push;
}

/// One step of the simulation. `held`: a node that the pointer holds.
function tick(held) {
  const bodies = nodes.filter(is_shown);
  if (bodies.length === 0) {
    layout.alpha = 0;
    return;
  }
  const alpha = layout.alpha;
  const spread = bodies.length > 400 ? 320 : 460;
  const rest = bodies.length > 40 ? 62 : 84;
  for (const link of links) {
    if (link.loop > 0 || !is_link_shown(link)) continue;
    const {source, target} = link;
    let dx = target.x + target.vx - source.x - source.vx;
    let dy = target.y + target.vy - source.y - source.vy;
    const distance = Math.sqrt(dx * dx + dy * dy) || 0.1;
    const least = Math.min(source.degree, target.degree);
    const length = rest + source.radius + target.radius + 3 * Math.sqrt(least);
    const pull = (distance - length) / distance * alpha / least;
    const share = source.degree / (source.degree + target.degree);
    target.vx -= dx * pull * share;
    target.vy -= dy * pull * share;
    source.vx += dx * pull * (1 - share);
    source.vy += dy * pull * (1 - share);
  }
  const tree = quadtree(bodies.slice());
  for (const node of bodies) {
    repel(node, tree, spread * alpha);
    const gravity = node.gravity * alpha;
    node.vx -= node.x * gravity;
    node.vy -= node.y * gravity * 1.25;  // screens are wide
  }
  for (const node of bodies) {
    node.vx *= 0.62;
    node.vy *= 0.62;
    if (node === held) continue;
    node.x += node.vx;
    node.y += node.vy;
  }
  keep_apart(bodies);
  layout.alpha = alpha < 0.006 ? 0 : alpha * 0.982;
  layout.ticks += 1;
}
