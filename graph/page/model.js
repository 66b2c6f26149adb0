// The graph of the page, and which part of it is shown.
const data = JSON.parse(document.getElementById('data').textContent);
const evidence = new Set(data.evidence);

const nodes = data.nodes.map((given, index) => ({
  index, title: given.title, style: given.style, labels: given.labels, properties: given.properties,
  named: given.named, links: [], degree: 0, radius: 0, folded: false, x: 0, y: 0, vx: 0, vy: 0,
}));
const links = data.links.map((given, index) => ({
  index, source: nodes[given[0]], target: nodes[given[1]], type: given[2], properties: given[3], bend: 0, loop: 0,
}));
const styles = data.styles.map((given, index) => ({index, name: given[0], color: given[1], count: given[2], shown: true}));
const types = new Map();

for (const link of links) {
  link.source.links.push(link);
  if (link.source !== link.target) link.target.links.push(link);
  const type = types.get(link.type) || {name: link.type, count: 0, shown: true};
  type.count += 1;
  types.set(link.type, type);
  link.kind = type;
}
for (const node of nodes) {
  node.degree = node.links.length;
  node.radius = Math.min(20, 5 + 1.6 * Math.sqrt(node.degree));
}

// Relationships between the same two nodes fan out; each of a node with itself is a larger loop.
const between = new Map();
for (const link of links) {
  const low = Math.min(link.source.index, link.target.index);
  const high = Math.max(link.source.index, link.target.index);
  const key = low * nodes.length + high;
  if (!between.has(key)) between.set(key, []);
  between.get(key).push(link);
}
for (const group of between.values()) {
  group.forEach((link, i) => {
    if (link.source === link.target) {
      link.loop = i + 1;
    } else {
      const bend = (i - (group.length - 1) / 2) * Math.min(26, 120 / group.length);
      link.bend = link.source.index < link.target.index ? bend : -bend;
    }
  });
}

const is_shown = node => !node.folded && styles[node.style].shown;
const is_link_shown = link => link.kind.shown && is_shown(link.source) && is_shown(link.target);
const other_end = (link, node) => link.source === node ? link.target : link.source;
const neighbours = node => [...new Set(node.links.map(link => other_end(link, node)))].filter(other => other !== node);
const hidden_neighbours = node => neighbours(node).filter(other => other.folded);

/// Whether a neighbour hangs on this node alone, so that it may be folded away.
const hangs_on = (other, node) =>
  other.links.every(link => other_end(link, other) === node || other_end(link, other) === other ||
    other_end(link, other).folded);

/// Brings the hidden neighbours of a node back, or hides those that hang on it alone. Says how many.
function fold_or_unfold(node) {
  const hidden = hidden_neighbours(node);
  if (hidden.length > 0) {
    hidden.forEach((other, i) => {
      other.folded = false;
      place_beside(other, node, i, hidden.length);
    });
    return hidden.length;
  }
  const leaves = neighbours(node).filter(other => !other.folded && hangs_on(other, node));
  for (const leaf of leaves) leaf.folded = true;
  return -leaves.length;
}

function show_only(node) {
  const kept = new Set([node, ...neighbours(node)]);
  for (const other of nodes) other.folded = !kept.has(other);
}

function show_all() {
  for (const node of nodes) node.folded = false;
}

// Texts.

const text_of = value => {
  if (Array.isArray(value)) return value.map(text_of).join(', ');
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return String(value);
};

/// What a relationship or node says about where it is stated, part by part.
function source_of(properties) {
  const parts = [];
  for (const key of data.evidence) {
    if (!(key in properties)) continue;
    const text = text_of(properties[key]);
    if (key === 'lines') parts.push((/^\d+$/.test(text) ? 'line ' : 'lines ') + text);
    else if (text !== '') parts.push(text);
  }
  return parts;
}

const own_properties = properties => Object.entries(properties).filter(([key]) => !evidence.has(key));

/// Nodes that a text is found in, the best first: [node, where it was found].
function search(text) {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const found = [];
  for (const node of nodes) {
    const title = node.title.toLowerCase();
    let rank = -1;
    let where = node.labels.join(', ');
    if (title === wanted) rank = 0;
    else if (title.startsWith(wanted)) rank = 1;
    else if (new RegExp('(^|[^\\p{L}\\p{N}])' + wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u').test(title)) rank = 2;
    else if (title.includes(wanted)) rank = 3;
    else {
      for (const [key, value] of Object.entries(node.properties)) {
        if (!text_of(value).toLowerCase().includes(wanted)) continue;
        rank = 4;
        where = key + ': ' + text_of(value);
        break;
      }
    }
    if (rank >= 0) found.push({node, where, rank});
  }
  found.sort((a, b) => a.rank - b.rank || b.node.degree - a.node.degree || a.node.index - b.node.index);
  return found;
}
