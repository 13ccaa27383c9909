/* formats/shape_files: how shapelib reaches files: through stdio, but for an index (.shx) that is
 * missing, which is made from the .shp in memory, and for files being written, which are kept in
 * memory until all are whole. */
#ifndef NR_FORMATS_SHAPE_FILES_H
#define NR_FORMATS_SHAPE_FILES_H
#include <shapefil.h>

#include "model/format.h"

/* For reading. Silent: shapelib prints its troubles otherwise. */
SAHooks nr_shape_reading(void);
/* Whether memory ran out since the last of these two calls: shapelib cannot tell. */
bool nr_shape_starved(void);
/* For writing into `output`, the files by their endings, until the next call; NULL ends it. One
 * thread at a time. */
SAHooks nr_shape_writing(nr_output *output);
#endif
