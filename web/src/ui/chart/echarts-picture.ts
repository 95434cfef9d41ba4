import { LegendComponent, TitleComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init } from './echarts.ts';

use([LegendComponent, TitleComponent, SVGRenderer]);

export { init };
