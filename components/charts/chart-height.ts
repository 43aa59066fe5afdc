/** Kept free before a chart is drawn, so that nothing jumps. */
export const CHART_HEIGHT_PX = 208;
