/** One line of a plot: points from left to right. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface Plot {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly Line[];
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 70;
const RIGHT = 20;
const TOP = 45;
const BOTTOM = 55;
const LEGEND_LINE = 18;

/** Dashes tell the lines apart without colour. */
const STYLES = [
  { color: '#0b57a4', dashes: '' },
  { color: '#c4501b', dashes: '8 4' },
  { color: '#5b8a3c', dashes: '2 3' },
  { color: '#7d4c9e', dashes: '10 3 2 3' },
  { color: '#6b6b6b', dashes: '4 4' },
];

/** Draws an SVG that is readable on light and dark pages. */
export function svgOf({ title, xTitle, yTitle, lines }: Plot): string {
  const all = lines.flatMap(({ points }) => points);
  const xTicks = ticks(Math.max(...all.map(([x]) => x)));
  const yTicks = ticks(Math.max(...all.map(([, y]) => y)));
  const x = (value: number) => round(LEFT + value / xTicks[xTicks.length - 1] * (WIDTH - LEFT - RIGHT));
  const y = (value: number) => round(HEIGHT - BOTTOM - value / yTicks[yTicks.length - 1] * (HEIGHT - TOP - BOTTOM));
  const grid = [
    ...yTicks.map((tick) => `<path d="M${LEFT} ${y(tick)}H${WIDTH - RIGHT}" stroke="#ddd"/>${text(LEFT - 8, y(tick) + 4, label(tick), 'end')}`),
    ...xTicks.map((tick) => text(x(tick), HEIGHT - BOTTOM + 18, label(tick), 'middle')),
  ];
  const drawn = lines.map(({ name, points }, index) => {
    const { color, dashes } = STYLES[index % STYLES.length];
    const style = `stroke="${color}" stroke-width="2" fill="none"${dashes && ` stroke-dasharray="${dashes}"`}`;
    const legendY = TOP + 10 + index * LEGEND_LINE;
    return [
      `<path d="M${points.map(([pointX, pointY]) => `${x(pointX)} ${y(pointY)}`).join('L')}" ${style}/>`,
      ...points.map(([pointX, pointY]) => `<circle cx="${x(pointX)}" cy="${y(pointY)}" r="3" fill="${color}"/>`),
      `<path d="M${LEFT + 15} ${legendY}h30" ${style}/>${text(LEFT + 52, legendY + 4, name, 'start')}`,
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="24" font-size="15" font-weight="bold">${escape(title)}</text>`,
    ...grid,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, xTitle, 'middle'),
    `<text transform="translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escape(yTitle)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** Returns four to eight round numbers, from zero to the first that is at least `max`. */
function ticks(max: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(max));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * magnitude).find((candidate) => max / candidate <= 7)!;
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, index) => round(index * step));
}

function text(x: number, y: number, content: string, anchor: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(content)}</text>`;
}

function label(value: number): string {
  return value.toLocaleString('en-US');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escape(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
