import type { ECharts, EChartsCoreOption } from 'echarts/core';

type Library = typeof import('./echarts.ts');

/** Charts are drawn from this far outside the window on: scrolling finds them there. */
const margin = '300px 0px';

/** Charts that are drawn, by their group. */
const drawn = new Map<string, Set<ECharts>>();

/** A chart that is drawn while it can be seen: of fifty on a page a change costs what the few in sight cost. */
export class ChartInSight {
  #chart: ECharts | undefined;
  #echarts: Library | undefined;
  #near = false;
  #gone = false;
  /** What it lacks of what it should show. */
  #stale = { options: true, size: false };
  readonly #sight = new IntersectionObserver((entries) => this.#moved(entries.at(-1)?.isIntersecting ?? false), { rootMargin: margin });
  readonly #sizes = new ResizeObserver(() => this.#outdated('size'));
  // The theme is a class of the root; a canvas does not follow it by itself.
  readonly #themes = new MutationObserver(() => this.changed());

  constructor(
    readonly element: HTMLElement,
    readonly options: () => EChartsCoreOption,
    readonly group: string | undefined,
  ) {
    void import('./echarts.ts').then((echarts) => {
      if (this.#gone) return;
      this.#echarts = echarts;
      this.#sight.observe(element);
      this.#sizes.observe(element);
      this.#themes.observe(document.documentElement, { attributeFilter: ['class'] });
      window.addEventListener('beforeprint', this.#print);
    });
  }

  readonly changed = (): void => this.#outdated('options');

  dispose(): void {
    this.#gone = true;
    for (const observer of [this.#sight, this.#sizes, this.#themes]) observer.disconnect();
    window.removeEventListener('beforeprint', this.#print);
    if (this.#chart && this.group !== undefined) drawn.get(this.group)?.delete(this.#chart);
    this.#chart?.dispose();
  }

  #outdated(part: 'options' | 'size'): void {
    this.#stale[part] = true;
    if (this.#near) this.#draw();
  }

  #moved(near: boolean): void {
    this.#near = near;
    if (near) this.#draw();
  }

  #draw(lazyUpdate = true): void {
    if (!this.#echarts) return;
    const before = this.#chart;
    if (before && this.#stale.size) before.resize();
    const chart = before ?? this.#echarts.init(this.element);
    if (this.#stale.options) chart.setOption(this.options(), { replaceMerge: ['series'], lazyUpdate });
    if (!before) this.#join(chart, this.#echarts);
    this.#chart = chart;
    this.#stale = { options: false, size: false };
  }

  /** Others of its group may have been zoomed before this one came near. */
  #join(chart: ECharts, { connect }: Library): void {
    if (this.group === undefined) return;
    const others = drawn.get(this.group) ?? new Set();
    const [zoom] = ([...others][0]?.getOption().dataZoom ?? []) as { start: number; end: number }[];
    if (zoom) chart.dispatchAction({ type: 'dataZoom', start: zoom.start, end: zoom.end });
    drawn.set(this.group, others.add(chart));
    chart.group = this.group;
    connect(this.group);
  }

  /** On paper all of a page is in sight. */
  readonly #print = (): void => {
    this.#draw(false);
    this.#chart?.getZr().flush();
  };
}
