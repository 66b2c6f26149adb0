CREATE (n0),
       (n1:Kinds:`Odd label` {boolean: true, booleans: [true, false], date: date('2024-02-29'), date_time: datetime('2024-02-29T12:31:14Z'), dates: [date('2024-02-29'), date('2025-01-01')], duration: duration('P1Y2M3DT4H5.5S'), empty: [], far_date: date('+123456-01-01'), float: 0.1, floats: [1.0, 2.5], id: 'all', infinite: -1.0/0.0, integer: 9223372036854775807, integers: [1, 2, 3], labels: 'a property named like the labels', local_date_time: localdatetime('2024-02-29T12:31'), local_time: localtime('12:31:14.645'), mixed: 1, mixed_list: [1, 1.0, '1', true, date('2024-02-29')], mixed_sign: duration('P1M-2DT-0.5S'), nan: 0.0/0.0, not_finite: [0.0/0.0, 1.0/0.0, -1.0/0.0, -0.0], quoted_list: ['a"b', '', 'c|d'], semicolons: ['a;b', 'c'], smallest: -9223372036854775808, strings: ['one', 'two'], time: time('12:31:14+01:00'), tiny: 5e-324, whole: 1.0, zoned: datetime('2024-07-01T12:31:14.500+02:00[Europe/Stockholm]')}),
       (n2:Text {blank: ' ', control: 'bell \u0007 null \u0000 end', markup: '<b>&amp;</b> ]]> {x|y}', mixed: '1', name: 'tabs\tand\nlines\rand "quotes", \'single\', \\ and ünïcödé 胰岛 👩‍🔬', nothing: '', shape: 'no shape of Graphviz'}),
       (n0)-[:SELF]->(n0),
       (n1)-[:`Odd type`]->(n2),
       (n1)-[:REL]->(n2),
       (n1)-[:REL {lines: ['4', '6-8'], since: 2024, type: 'a property named like the type'}]->(n2),
       (n2)-[:REL]->(n0);
