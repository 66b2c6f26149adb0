// What stands beside the picture: legend, search, details, and the note under the pointer.
const element = id => document.getElementById(id);

/// make('p', {class: 'x', onclick: f}, 'text', child…)
function make(tag, attributes, ...children) {
  const result = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) result.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) result.setAttribute(name, value);
  }
  result.append(...children.filter(child => child !== null && child !== undefined));
  return result;
}

const dot_of = index => {
  const dot = make('span', {class: 'dot', 'aria-hidden': 'true'});
  dot.style.setProperty('--dot', styles[index].color);
  return dot;
};

function drawing(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const plural = (count, word) => count.toLocaleString('en') + ' ' + word + (count === 1 ? '' : 's');

function show_counts() {
  const shown_nodes = nodes.filter(is_shown).length;
  const shown_links = links.filter(is_link_shown).length;
  const of = (shown, all) => shown === all ? '' : shown.toLocaleString('en') + ' of ';
  element('counts').textContent = of(shown_nodes, nodes.length) + plural(nodes.length, 'node') + ', ' +
    of(shown_links, links.length) + plural(links.length, 'relationship');
}

function show_legend() {
  const entry = (thing, mark) => make('li', null, make('button', {
    'aria-pressed': 'true', title: 'Hide or show',
    onclick: event => {
      thing.shown = !thing.shown;
      event.currentTarget.setAttribute('aria-pressed', String(thing.shown));
      changed(0.3);
    }}, mark, make('span', {class: 'name'}, thing.name), make('span', {class: 'count'}, thing.count.toLocaleString('en'))));
  element('labels').append(...styles.map(style => entry(style, dot_of(style.index))));
  const by_count = [...types.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  element('types').append(...by_count.map(type => {
    const arrow = drawing('M1 8h13M10.5 4.5 14 8l-3.5 3.5');
    arrow.setAttribute('class', 'arrow');
    return entry(type, arrow);
  }));
  if (styles.length === 0) element('labels').parentElement.hidden = true;
  if (types.size === 0) element('types').parentElement.hidden = true;
}

const table_of = pairs => pairs.length === 0 ? null :
  make('dl', {class: 'values'}, ...pairs.flatMap(([key, value]) => [make('dt', null, key), make('dd', null, text_of(value))]));

const source_line = properties => {
  const parts = source_of(properties);
  if (parts.length === 0) return null;
  const line = make('div', null);
  parts.forEach((part, i) => line.append(i === 0 ? '' : ' · ', make('span', {class: part.length < 24 ? 'whole' : null}, part)));
  return make('div', {class: 'source'}, line);
};

/// A node without a name is known by what it stands between.
const known_by = (node, besides) => node.named ? null :
  make('div', {class: 'with'}, neighbours(node).filter(other => other !== besides && other.named).map(other => other.title).join(' · '));

const told_properties = node =>
  own_properties(node.properties).filter(([key, value]) => !['name', 'title'].includes(key) || text_of(value) !== node.title);

const chips_of = node => make('div', {class: 'chips'}, ...node.labels.map(label => {
  const own = label === styles[node.style].name;
  return make('span', {class: 'chip'}, own ? dot_of(node.style) : null, label);
}));

/// What a relationship says beyond its type, in a line.
function with_line(properties) {
  const own = own_properties(properties);
  if (own.length === 0) return null;
  const line = make('div', {class: 'with'});
  own.forEach(([key, value], i) => line.append((i === 0 ? '' : ' · ') + key + ' ', make('b', null, text_of(value))));
  return line;
}

function show_details(node) {
  const panel = element('details');
  panel.hidden = node === null;
  if (node === null) return;
  const close = make('button', {class: 'close', 'aria-label': 'Close', onclick: () => select(null)}, drawing('M4 4l8 8M12 4l-8 8'));
  const hidden = hidden_neighbours(node).length;
  const rows = node.links.map(link => {
    const other = other_end(link, node);
    const out = link.source === node;
    return make('li', null,
      make('div', {class: 'type'}, (out ? '' : '← ') + link.type + (out ? ' →' : '')),
      make('button', {class: 'link', onclick: () => select(other, true)}, dot_of(other.style), other.title),
      known_by(other, node), with_line(link.properties), other.named ? null : with_line(other.properties),
      source_line(link.properties) || (other.named ? null : source_line(other.properties)));
  });
  panel.replaceChildren(
    close,
    make('header', null, make('h1', null, node.title), chips_of(node)),
    make('div', {class: 'acts'},
      make('button', {class: 'act', id: 'fold', onclick: () => fold(node)}, hidden > 0 ? 'Unfold ' + hidden : 'Fold neighbours'),
      make('button', {class: 'act', id: 'only', onclick: () => only(node)}, 'Only this and neighbours')),
    known_by(node, null) || '', table_of(told_properties(node)) || '',
    source_line(node.properties) || '',
    rows.length === 0 ? '' : make('h2', null, plural(rows.length, 'relationship')),
    make('ul', {class: 'rels'}, ...rows));
  panel.scrollTop = 0;
}

/// The note beside the pointer, on a node or a relationship.
function show_tip(thing, x, y) {
  const tip = element('tip');
  tip.hidden = thing === null;
  if (thing === null) return;
  const is_link = thing.source !== undefined;
  const title = is_link ? thing.type : thing.title;
  const below = is_link ? thing.source.title + ' → ' + thing.target.title : thing.labels.join(', ');
  const pairs = is_link ? own_properties(thing.properties) : told_properties(thing);
  const shown = pairs.slice(0, 8).map(([key, value]) => [key, shortened(text_of(value), 140)]);
  if (pairs.length > 8) shown.push(['…', plural(pairs.length - 8, 'more property').replace('propertys', 'properties')]);
  tip.replaceChildren(make('strong', null, title), make('div', {class: 'sub'}, below), (is_link ? null : known_by(thing, null)) || '', table_of(shown) || '', source_line(thing.properties) || '');
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(x + 14, view.width - box.width - 8)) + 'px';
  tip.style.top = (y + 18 + box.height < view.height ? y + 18 : Math.max(8, y - box.height - 10)) + 'px';
}

const say = text => { element('said').textContent = text; };

// Search: a list below the field, walked with the arrow keys.

const hits = {list: [], at: -1};

function show_hits(text) {
  const list = element('hits');
  const found = search(text);
  hits.list = found.slice(0, 12);
  hits.at = hits.list.length > 0 ? 0 : -1;
  list.hidden = text.trim() === '';
  element('query').setAttribute('aria-expanded', String(!list.hidden));
  list.replaceChildren(...hits.list.map((hit, i) => make('li', {role: 'option', id: 'hit-' + i, onclick: () => take_hit(i)},
    dot_of(hit.node.style), make('span', null, hit.node.title), make('small', null, hit.where))));
  if (found.length === 0) list.append(make('li', {class: 'none'}, 'Nothing has that in it.'));
  if (found.length > 12) list.append(make('li', {class: 'none'}, 'and ' + (found.length - 12).toLocaleString('en') + ' more'));
  mark_hit();
}

function mark_hit() {
  hits.list.forEach((hit, i) => element('hit-' + i).setAttribute('aria-selected', String(i === hits.at)));
  const input = element('query');
  if (hits.at < 0) return input.removeAttribute('aria-activedescendant');
  input.setAttribute('aria-activedescendant', 'hit-' + hits.at);
  element('hit-' + hits.at).scrollIntoView({block: 'nearest'});
}

function take_hit(i) {
  const node = hits.list[i].node;
  close_search();
  reveal(node);
  select(node, true);
}

function close_search() {
  element('query').value = '';
  show_hits('');
  canvas.focus();
}
