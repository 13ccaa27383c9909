/* draw/palette: colours of ordered classes, told apart in grey and by colour-blind readers. */
#ifndef NR_DRAW_PALETTE_H
#define NR_DRAW_PALETTE_H

enum { NR_PALETTE_CLASSES = 7 };
/* Red, green, blue within 0..1, light to dark (ColorBrewer YlGnBu, 7 classes). */
extern const double nr_palette[NR_PALETTE_CLASSES][3];

enum { NR_PALETTE_SERIES = 8 };
/* Colours of unordered series (Okabe and Ito 2008). */
extern const double nr_palette_series[NR_PALETTE_SERIES][3];
#endif
