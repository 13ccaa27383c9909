/* formats/omx: what reading and writing open matrices share. Both happen in memory. */
#ifndef NR_FORMATS_OMX_H
#define NR_FORMATS_OMX_H
#include <hdf5.h>

#include "formats/stream.h"

/* HDF5 prints its troubles; the caller reads them from our error instead. */
typedef struct nr_omx_quiet {
    H5E_auto2_t report;
    void *data;
} nr_omx_quiet;
nr_omx_quiet nr_omx_be_quiet(void);
void nr_omx_speak_again(nr_omx_quiet quiet);

/* A file in memory that begins with these bytes, or, when they are NULL, an empty one; negative
 * when it is no HDF5 file or there is no memory. */
hid_t nr_omx_open(const void *bytes, size_t length);

nearer_status nr_omx_write(nr_output *output, const nearer_table *table, nearer_error *err);
extern const nr_streaming nr_omx_streaming;
#endif
