/* nearer: how near places are to each other by rail, road, air and water, and how that changes.
 *
 * The header reads in the order data flows: a study file names places, layers and series; its
 * network gives travel times for a day; times give scores; two days give a comparison; a
 * comparison held against a growth series gives an association. Every answer is a report: tables
 * with units, and sentences.
 *
 * Units: minutes, kilometres, degrees (WGS 84), as double. INFINITY = cannot be reached,
 * NAN = not known. Dates are whole days. Text is UTF-8.
 *
 * Ownership: what a function hands out through `T **out` is yours, free it with nearer_T_free(),
 * which takes NULL. A returned `const` pointer is borrowed from its parent. When a function fails
 * `*out` is untouched and nothing leaks. `err` may be NULL.
 *
 * The library never prints, never exits and never reads the locale or the environment.
 * Calls that compute times use igraph, which is not thread-safe: make them from one thread.
 */
#ifndef NEARER_H
#define NEARER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NEARER_VERSION_MAJOR 0
#define NEARER_VERSION_MINOR 1
#define NEARER_VERSION_PATCH 0

#if defined(NEARER_SHARED) && defined(_WIN32)
#define NEARER_API __declspec(dllimport)
#elif defined(__GNUC__) && !defined(_WIN32)
#define NEARER_API __attribute__((visibility("default")))
#else
#define NEARER_API
#endif
#if defined(__GNUC__)
#define NEARER_NODISCARD __attribute__((warn_unused_result))
#else
#define NEARER_NODISCARD
#endif

/* ---- Statuses and errors ------------------------------------------------------------- */

/* One row a status: name, exit code of the program, what it means. */
#define NEARER_STATUSES(X)                                                 \
    X(OK, 0, "done")                                                       \
    X(USAGE, 2, "the command line or an argument is not understood")       \
    X(IO, 3, "a file cannot be opened, read or written")                   \
    X(SYNTAX, 4, "a file is not in the format it should be in")            \
    X(VALUE, 5, "a value is missing, of the wrong kind or out of range")   \
    X(NAME, 6, "a name is not known: a key, column, place, mode, measure") \
    X(NODATA, 7, "there is not enough data to answer")                     \
    X(MEMORY, 8, "out of memory")                                          \
    X(INTERNAL, 70, "a fault in nearer or in a library it uses")

typedef enum nearer_status {
#define NEARER_STATUS_ENUM(name, exit_code, meaning) NEARER_##name,
    NEARER_STATUSES(NEARER_STATUS_ENUM)
#undef NEARER_STATUS_ENUM
} nearer_status;

/* A call that can fail; its status must be looked at. */
#define NEARER_CALL NEARER_API NEARER_NODISCARD nearer_status

/* Why a call failed: one sentence that says where, what was found and what was expected. */
typedef struct nearer_error {
    nearer_status status;
    char message[1024];
} nearer_error;

/* The program's exit code for a status. */
NEARER_API int nearer_status_exit_code(nearer_status status);
/* "0.1.0", with the versions of the libraries it was built with in `details` (may be NULL). */
NEARER_API const char *nearer_version(const char **details);

/* ---- Progress ------------------------------------------------------------------------ */

/* Called during long work with how much of `total` is done; NULL turns it off. */
typedef void nearer_progress(void *context, const char *what, size_t done, size_t total);
NEARER_API void nearer_set_progress(nearer_progress *progress, void *context);
/* Called before long work with what it will take, one sentence; NULL turns it off. */
typedef void nearer_forecast(void *context, const char *sentence);
NEARER_API void nearer_set_forecast(nearer_forecast *forecast, void *context);

/* ---- Processes side by side ------------------------------------------------------------ */

/* Built with MPI (option NEARER_MPI) and started by mpirun, the processes of a program share its
 * matrices between them: each makes the same calls, and the first alone shows or writes. Without,
 * these do nothing and there is one process. `end` with another code than 0 ends all of them. */
NEARER_API void nearer_ranks_begin(int *argc, char ***argv);
NEARER_API void nearer_ranks_end(int exit_code);
NEARER_API bool nearer_is_first_rank(void);

/* ---- Dates --------------------------------------------------------------------------- */

/* Days since 1970-01-01. A date given to the year or month stands for its last day: the day by
 * which the thing is sure to have happened. */
typedef int32_t nearer_date;

/* Reads YYYY, YYYY-MM or YYYY-MM-DD. Fails with VALUE when it is no date of the calendar. */
NEARER_CALL nearer_date_parse(nearer_date *out, const char *text, nearer_error *err);
/* Writes YYYY-MM-DD and returns `buffer`. */
NEARER_API const char *nearer_date_format(nearer_date date, char buffer[16]);
NEARER_API int nearer_date_year(nearer_date date);
/* 31 December of `year`: what --year means. */
NEARER_API nearer_date nearer_date_year_end(int year);

/* ---- Tables -------------------------------------------------------------------------- */

/* Named columns of text or numbers. A column's name ends in its unit (time_min, length_km). */
typedef struct nearer_table nearer_table;

NEARER_API size_t nearer_table_rows(const nearer_table *table);
NEARER_API size_t nearer_table_columns(const nearer_table *table);
NEARER_API const char *nearer_table_column_name(const nearer_table *table, size_t column);
/* Decimals a person wants to see of a number column, -1 for a text column. */
NEARER_API int nearer_table_column_decimals(const nearer_table *table, size_t column);
/* The column's index, or -1. */
NEARER_API ptrdiff_t nearer_table_find(const nearer_table *table, const char *column_name);
/* A cell's number: NAN when missing or when the cell is text that is no number. */
NEARER_API double nearer_table_number(const nearer_table *table, size_t row, size_t column);
/* A cell's text: "" when missing, NULL when the column holds numbers. */
NEARER_API const char *nearer_table_text(const nearer_table *table, size_t row, size_t column);
/* What is known of a file beyond what it says itself; {0}: nothing. */
typedef struct nearer_reading {
    const char *format;   /* an id of `nearer list formats`; NULL: by the file's ending */
    const char *encoding; /* of its text: "GBK", "CP1251"; NULL: as it says, else UTF-8 */
    const char *crs;      /* of its coordinates: "EPSG:32650", WKT, "GCJ-02"; NULL: as it says, else
                             degrees of WGS 84 */
    const char *lon, *lat; /* of a table without shapes: the columns of its positions by `crs`;
                              NULL: lon_deg, lat_deg */
    const char *day;       /* of a timetable: the day it is read for, YYYY-MM-DD */
    const char *window;    /* of a timetable: the hours it is read for, "07:00-22:00" */
    double max_wait_min;   /* of a timetable: the longest wait counted; 0: 60 */
    bool survey;           /* of a layer: shapes of any kind and coordinates of any sort, which give
                              no columns */
    bool strict;           /* GeoJSON: what RFC 7946 advises against is an error too */
} nearer_reading;

/* Reads a table; `how` may be NULL. A point, area or line layer gets its geometry as columns
 * (lon_deg, lat_deg / from_lon_deg ... length_km), in degrees of WGS 84. Fails with IO, SYNTAX,
 * VALUE (shapes, coordinates), NAME (ending, format, encoding, crs). */
NEARER_CALL nearer_table_read(nearer_table **out, const char *path, const nearer_reading *how,
                              nearer_error *err);
/* Writes a table beside `path` and renames it: the file is whole or not there. Numbers are
 * written so that reading gives the same double. Fails with IO, NAME (unknown ending),
 * VALUE (.geojson without lon_deg and lat_deg). */
NEARER_CALL nearer_table_write(const nearer_table *table, const char *path, nearer_error *err);
NEARER_API void nearer_table_free(nearer_table *table);

/* ---- Reports ------------------------------------------------------------------------- */

/* What a question answers: tables, each with an id and a title, and sentences. The first table is
 * the main one. */
typedef struct nearer_report nearer_report;

NEARER_API size_t nearer_report_tables(const nearer_report *report);
NEARER_API const nearer_table *nearer_report_table(const nearer_report *report, size_t index);
NEARER_API const char *nearer_report_table_id(const nearer_report *report, size_t index);
NEARER_API const char *nearer_report_table_title(const nearer_report *report, size_t index);
NEARER_API size_t nearer_report_notes(const nearer_report *report);
NEARER_API const char *nearer_report_note(const nearer_report *report, size_t index);
/* The report as one JSON document (a table that is the report's head gives the document's own
 * members, the others are arrays of objects), or one of its tables as CSV or as a JSON array; *out
 * is yours, free with nearer_text_free(). */
NEARER_CALL nearer_report_json(char **out, const nearer_report *report, nearer_error *err);
NEARER_CALL nearer_table_csv(char **out, const nearer_table *table, nearer_error *err);
NEARER_CALL nearer_table_json(char **out, const nearer_table *table, nearer_error *err);
/* What a file is to be written from. */
typedef enum nearer_writing { NEARER_FROM_TEXT, NEARER_FROM_TABLE, NEARER_FROM_ROWS } nearer_writing;
/* Whether it can be, so far as that can be told before there is anything to write: its folder is
 * there and can be written to, its ending is known. Fails with IO, NAME (ending), MEMORY. */
NEARER_CALL nearer_output_check(const char *path, nearer_writing from, nearer_error *err);
/* Writes text beside `path` and renames it. Fails with IO. */
NEARER_CALL nearer_text_write(const char *path, const char *text, nearer_error *err);
/* Makes a folder, and those it stands in, unless they are there. Fails with IO. */
NEARER_CALL nearer_folder_make(const char *path, nearer_error *err);
/* Both are there and are one file, under whatever names. */
NEARER_API bool nearer_same_file(const char *a, const char *b);
/* Writing to `path` would write over what reading `input` reads: the file itself, a file in that
 * folder, or a file that the study file `input` names. Fails with MEMORY. */
NEARER_CALL nearer_reads(bool *out, const char *input, const char *path, nearer_error *err);
/* Removes the files that are being written, for a signal handler of a program that ends: it may be
 * called at any moment. */
NEARER_API void nearer_remove_unfinished(void);
NEARER_API void nearer_text_free(char *text);
NEARER_API void nearer_report_free(nearer_report *report);

/* What the library knows of a kind: "measures", "decays", "modes", "formats",
 * "engines" or "statistics".
 * Fails with NAME for another word. */
NEARER_CALL nearer_catalogue(nearer_report **out, const char *kind, nearer_error *err);

/* ---- Studies and networks ------------------------------------------------------------ */

/* A study file (JSON, docs/study-file.md) names places, network layers, modes, dates, masses,
 * growth series and groups. Reading it reads every file it names and checks every link.
 * O(links + places x nodes near them). */
typedef struct nearer_study nearer_study;
typedef struct nearer_network nearer_network;

/* Fails with IO, SYNTAX, VALUE, NAME: the message names file and line. */
NEARER_CALL nearer_study_read(nearer_study **out, const char *path, nearer_error *err);
/* The same with what scenario files (JSON or GeoJSON, docs/scenario-file.md) say would be
 * different, one after the other. Fails with NAME (a stop, a choice that no link agrees with) as
 * well; the message names the member of the file. */
NEARER_CALL nearer_study_read_under(nearer_study **out, const char *path,
                                    const char *const *scenarios, size_t count, nearer_error *err);
/* The day of travel times that are given in place of a network. */
#define NEARER_GIVEN (INT32_MAX - 1)

/* Travel times that are there already, from another program, in place of a study file. */
typedef struct nearer_given_times {
    const char *times;  /* a file of pairs (from_id, to_id, minutes), wide (a row and a column a
                           place), .omx, .npy, or another format by `how` */
    const char *before; /* the same before a change; NULL: none */
    const char *places; /* a table with id, and as it likes name, lon_deg, lat_deg; its other
                           columns are masses (numbers) or groups (text) */
    const char *column; /* of the times; NULL: travel_time, or the only one */
    const char *cost;   /* a column of what each way costs; NULL: none. A pair may then have several
                           rows, of which the fastest counts that costs no more than max_cost */
    double max_cost;
    const char *id; /* the places' column of ids; NULL: id */
    const char *from,
        *to; /* columns of a long table; NULL: from_id and to_id, or other usual names */
    double minutes_per_unit;             /* 1; seconds: 1 / 60.; hours: 60 */
    const char *growth_from, *growth_to; /* columns of the places: the growth series; NULL: none */
    const char *initial_income;          /* the same: its control; NULL: none */
    double growth_years;                 /* between the two */
    nearer_reading how;
} nearer_given_times;
/* Pairs that are not in the file, or have no number there, are unreachable; answers say how many.
 * Fails with IO, SYNTAX, VALUE, NAME. */
NEARER_CALL nearer_study_of_times(nearer_study **out, const nearer_given_times *given,
                                  nearer_error *err);
NEARER_API const nearer_network *nearer_study_network(const nearer_study *study);
NEARER_API void nearer_study_free(nearer_study *study);

NEARER_API size_t nearer_network_places(const nearer_network *network);
NEARER_API const char *nearer_network_place_id(const nearer_network *network, size_t place);
NEARER_API const char *nearer_network_place_name(const nearer_network *network, size_t place);
/* Finds a place by id or any of its names, letter case aside. Fails with NAME and a suggestion. */
NEARER_CALL nearer_network_find_place(size_t *out, const nearer_network *network, const char *name,
                                      nearer_error *err);

/* ---- Travel times -------------------------------------------------------------------- */

/* A folder in which what takes long to prepare is kept from run to run, by the network's content.
 */
typedef struct nearer_cache nearer_cache;
/* Makes the folder where it is not there. Fails with IO. */
NEARER_CALL nearer_cache_open(nearer_cache **out, const char *folder, nearer_error *err);
NEARER_API void nearer_cache_free(nearer_cache *cache);

/* What finding times took, seconds; calls add to it. */
typedef struct nearer_timings {
    double read_s, prepare_s, compute_s, write_s;
    const char *engine; /* the last one used; NULL: none */
} nearer_timings;

/* Which network: the day, and by which modes; and how its times are found. */
typedef struct nearer_query {
    nearer_date date;
    const char *modes;       /* "rail,air"; NULL = every mode of the study */
    bool station_to_station; /* leave out access, boarding, alighting and egress of the two ends */
    const char *engine; /* an id of `nearer list engines`; NULL: the one likely to be fastest */
    double max_min;     /* what is farther counts as unreachable; 0: no limit */
    const nearer_cache *cache; /* NULL: nothing is kept */
    double max_memory_mb;      /* 0: no limit */
    nearer_timings *timings;   /* NULL: not wanted */
} nearer_query;

/* Minutes from every place to every place, door to door unless station_to_station. Times are
 * counted in whole milliseconds, so that every engine gives the same. */
typedef struct nearer_times nearer_times;

/* Computes all pairs. Fails with NAME (mode, engine), VALUE (more than 49.7 days),
 * MEMORY. O(n (V + A) log V) over cores. */
NEARER_CALL nearer_times_compute(nearer_times **out, const nearer_network *network,
                                 const nearer_query *query, nearer_error *err);
NEARER_API size_t nearer_times_places(const nearer_times *times);
/* Minutes; 0 from a place to itself; INFINITY when it cannot be reached. */
NEARER_API double nearer_times_minutes(const nearer_times *times, size_t from, size_t to);
NEARER_API void nearer_times_free(nearer_times *times);

/* The whole matrix as a long table from_id, to_id, travel_time (minutes), all ordered pairs of
 * different places; the travel_time of an unreachable pair is inf, a note counts them. */
NEARER_CALL nearer_ask_times(nearer_report **out, const nearer_study *study,
                             const nearer_query *query, nearer_error *err);
/* How a matrix is written. */
typedef struct nearer_matrix_file {
    const char *path; /* .npy, .omx, .csv, .tsv */
    bool float32;
    size_t part, parts; /* this part of so many, for nearer_join; 0: the whole */
} nearer_matrix_file;
/* The matrix of nearer_ask_times as a file, row by row: it is never held whole. A report of its
 * size, what is unreachable, the engine and the memory. Fails with IO, NAME (ending, engine, mode),
 * VALUE, MEMORY (max_memory_mb is too little), USAGE (times that were given). */
NEARER_CALL nearer_times_write(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, const nearer_matrix_file *file,
                               nearer_error *err);

/* How the lines of a layer become a network. */
typedef struct nearer_topology {
    double snap_m;  /* ends within this distance are one node; 0: the same to 1e-6 degrees */
    bool crossings; /* lines are also cut where they cross or touch */
    double near_m;  /* gaps up to this are listed; 0: 10 x snap_m, at least 100 */
} nearer_topology;

/* A network file by itself, without a study: nodes, and ways between them. */
typedef struct nearer_graph nearer_graph;
typedef struct nearer_graph_file {
    const char *path;   /* links (from, to), lines, .gr, GMNS, a study ... */
    const char *column; /* what ways are counted by; NULL: minutes, weight, or length over speed */
    const char *unit;   /* of these: "ms", "ds" (tenths of a second), "s", "min", "h"; NULL: the
                           file's own, and so are the distances */
    const char *sources, *targets; /* tables whose first column, or `id`, names nodes; NULL: all */
    nearer_reading how;
    nearer_topology topology;
} nearer_graph_file;
/* Fails with IO, SYNTAX, VALUE, NAME (column, unit, node). */
NEARER_CALL nearer_graph_read(nearer_graph **out, const nearer_graph_file *file, nearer_error *err);
NEARER_API void nearer_graph_free(nearer_graph *graph);
/* Distances from the sources to the targets as a long table; query->engine, max_min and cache are
 * looked at. */
NEARER_CALL nearer_ask_graph(nearer_report **out, const nearer_graph *graph,
                             const nearer_query *query, nearer_error *err);
/* The same as a file, row by row. */
NEARER_CALL nearer_graph_write(nearer_report **out, const nearer_graph *graph,
                               const nearer_query *query, const nearer_matrix_file *file,
                               nearer_error *err);

/* The parts that nearer_times_write or nearer_graph_write left beside `path` (PATH.1of8 ...),
 * joined to the same bytes as the whole would be. Fails with IO (one is missing), NODATA (all are),
 * VALUE (they do not belong together), SYNTAX (one is damaged), NAME (ending). */
NEARER_CALL nearer_join(nearer_report **out, const char *path, bool float32, nearer_error *err);

/* From one place to all others, or (to_it) from all others to it: table "reach" (id, name,
 * time_min, length_km and, where links of the study have one, cost of the fastest way, position),
 * the nearest first. One search: O((V + A) log V). */
NEARER_CALL nearer_ask_reach(nearer_report **out, const nearer_study *study,
                             const nearer_query *query, size_t place, bool to_it,
                             nearer_error *err);
/* Isochrones: what is within so many minutes of a place. */
typedef struct nearer_isochrones {
    size_t place;
    bool to_it;               /* of those who travel to it, else from it */
    const double *within_min; /* above 0, rising */
    size_t count;
    bool nodes; /* list nodes of the network (stations, junctions) in place of places */
} nearer_isochrones;
/* Table "reach" (as nearer_ask_reach) or "nodes" (id, name, modes, time_min, position) with the
 * band each is in ("60-120"), and table "bands": places and the masses of the study's measures
 * within each limit. A note counts what is farther. Fails with USAGE (minutes; nodes of times that
 * were given). */
NEARER_CALL nearer_ask_isochrones(nearer_report **out, const nearer_study *study,
                                  const nearer_query *query, const nearer_isochrones *what,
                                  nearer_error *err);
/* The shortest-path tree of a place: table "tree", each move from node to node on a fastest way
 * (id, name, via_id, via, part, mode, line, time_min of arrival, both positions), the first first.
 * Fails with USAGE (times that were given). */
NEARER_CALL nearer_ask_tree(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, size_t place, nearer_error *err);
/* The matrix of what is summed along the fastest paths: "length_km", or "cost" where links of the
 * study have one; a long table "sums". Fails with NAME (what), NODATA (no cost), USAGE (times that
 * were given). A search a source, on all cores. */
NEARER_CALL nearer_ask_sums(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, const char *what, nearer_error *err);
/* One trip: table "trip" (from, to, time_min, length_km, cost) and table "legs" (mode, line, from,
 * to, minutes of each part), whose minutes sum to the trip's. */
NEARER_CALL nearer_ask_trip(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, size_t from, size_t to, nearer_error *err);

enum { NEARER_MOST_ALTERNATIVES = 64 };
/* Other ways than the fastest. */
typedef struct nearer_alternatives {
    size_t from, to;   /* places */
    size_t count;      /* with the fastest, up to NEARER_MOST_ALTERNATIVES */
    double longer_pct; /* how much longer they may take */
} nearer_alternatives;
/* The fastest paths that differ to a rider (mode, line, class, service or node of some ride) and
 * pass no node twice: table "alternatives" (path, time_min, longer_pct, length_km, cost, rides,
 * modes, lines), the fastest first, and table "legs" of all of them. A note says when the search
 * ended before there were enough. Fails with USAGE (values out of range, times that were given). */
NEARER_CALL nearer_ask_alternatives(nearer_report **out, const nearer_study *study,
                                    const nearer_query *query, const nearer_alternatives *what,
                                    nearer_error *err);

/* All-or-nothing loading: the trips of each pair of places put on the links of its fastest way.
 * `demand` (NULL: one trip from each place to each other) has the columns from_id, to_id and
 * `column` (NULL: trips). Table "links": each link and direction ridden (ends, layer, mode, line,
 * class, service, pairs, trips, time_min, length_km, trip_km, positions), the fullest first; tables
 * "lines" and "modes": pairs and trips that ride it, each once, trip_km, trip_hours. Notes count
 * trips that are unreachable. Fails with NAME (column, place), VALUE (a number below 0, a pair that
 * stands twice), NODATA (no trips), USAGE (times that were given). A search a source, on all cores.
 */
NEARER_CALL nearer_ask_load(nearer_report **out, const nearer_study *study,
                            const nearer_query *query, const nearer_table *demand,
                            const char *column, nearer_error *err);

/* ---- Accessibility ------------------------------------------------------------------- */

typedef struct nearer_measure_spec {
    const char *measure; /* an id of `nearer list measures` */
    const char *mass;    /* a mass of the study; NULL: every place weighs 1 */
    const char *decay;   /* "exponential:0.005"; NULL where the measure takes none */
    double cutoff_min;   /* NAN where the measure takes none */
    double own_min; /* minutes at which a place's own mass counts; NAN: as times that were given
                       say, else it is left out */
    /* What the measure takes besides; 0, NULL and false are not given. */
    const char *demand;       /* a mass of the study: of those who compete for what is there */
    const double *limits_min; /* rising: cutoffs of an interval or curve, limits of bands */
    size_t limit_count;       /* up to 1024 */
    double amount, share;     /* of mass; share: of all mass, up to 1 */
    double alpha;             /* exponent of demand (1) */
    double theta, scale_min;  /* market access: elasticity, minutes at which trade costs twice */
    double speed_kmh;         /* of reference */
    double step_min;          /* to which minutes are rounded up */
    double tolerance_min;     /* ways this much longer than the fastest still tie with it */
    const char *constraint;   /* total, singly, doubly */
    bool median;              /* in place of the mean */
    bool full;                /* the fixed point */
    bool to;                  /* of those who travel to a place, else from it */
    bool no_own;              /* leave own masses out, whatever times that were given say */
    const char *own_area; /* a mass of the study, km2: own_min is 2/3 of the radius of a disc that
                             large, at own_speed_kmh */
    double own_speed_kmh;
    bool r_convention; /* as R's accessibility does it, where that differs */
    bool
        empty_unreached; /* of nearer_ask_access: who reaches nothing has no score, in place of 0 */
} nearer_measure_spec;

/* Its cutoffs are the limits of bands (limits_min), not one score each. */
NEARER_API bool nearer_measure_takes_bands(const char *measure);
/* It takes, or needs, what an option of the command line says ("--decay"). */
NEARER_API bool nearer_measure_takes(const char *measure, const char *option);

/* Scores from n x n minutes and n masses (NAN = missing, left out) into scores[n], without a
 * study; spec->mass is not looked at. Fails with NAME (measure, decay), VALUE (parameter). */
NEARER_CALL nearer_scores(double *scores, const double *minutes, const double *mass, size_t n,
                          const nearer_measure_spec *spec, nearer_error *err);
/* Scores of every place by one or several measures in one pass, and its rank by the first: table
 * "access". Rows of the matrix are scored as they come, it is not held unless what a place gets
 * depends on all others. `detailed`: also the matrices behind the first, table "pairs". Fails with
 * NAME (measure, mass, decay), VALUE, USAGE (a parameter is missing, or not taken). */
NEARER_CALL nearer_ask_access(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, const nearer_measure_spec *specs,
                              size_t count, bool detailed, nearer_error *err);

/* What scenarios would change: `after[count]` are the study read under each, and where there are
 * several the last under all of them together. Table "scenarios": the study as it is and each
 * scenario (mean time, saved minutes, per place and times mass, mean change of each measure, index
 * of compression, pairs faster, slower and cut off, inequality, pairs that ride what is built, gain
 * per cost, synergy); of the last "places" (mean time, each measure, ranks and links before and
 * after), "losers" (whose time, rank, relative access or service falls), "pairs" (those that gain
 * most, with both ways) and "built" (the sections that are new). Means are weighted by the mass of
 * the first measure. Fails as nearer_ask_access, and with USAGE (times that were given, places that
 * differ, no measure). */
NEARER_CALL nearer_ask_line(nearer_report **out, const nearer_study *before,
                            const nearer_study *const *after, size_t count,
                            const nearer_query *query, const nearer_measure_spec *specs,
                            size_t spec_count, nearer_error *err);

/* Lines that might be built. */
typedef struct nearer_lines_spec {
    const nearer_study *candidates; /* the study read under a scenario file whose lines are tried;
                                       NULL: a line between each two places */
    bool stations;         /* in place of places: between nodes of the mode that are in service */
    const char *mode;      /* of lines between two; NULL: rail */
    const char *class_id;  /* of the mode; NULL: none */
    double speed_kmh;      /* NAN: as the class or mode has it */
    double detour;         /* length over great circle; NAN: the mode's */
    double stop_min;       /* on top of each section, for braking and starting */
    double min_km, max_km; /* great circle from end to end; 0: any */
    const char
        *cost_per_km;    /* "130", or "plain=100,hill=150" by class of terrain; NULL: not known */
    const char *terrain; /* column of the places with these classes; NULL: none */
    const char *rank;    /* "gain" (NULL), "per-km", "per-cost" or "equity" */
    double budget;       /* of a package of lines, in the cost's unit; 0: none */
    size_t most_lines;   /* of a package; 0: no package is looked for */
} nearer_lines_spec;
/* Tries every candidate by itself, exactly: times are those of the network with the line in it.
 * Table "lines": each that saves something (ends, length, minutes, cost, minutes saved, change of
 * the measure, gain per 1,000 km and per cost, change of the Gini index of mean times, on the
 * Pareto front or not), the best first; "front": those that none is better than in gain, length or
 * cost, and equity; "best": pairs of the first thirty that become faster and their ranks under
 * other decays and masses; with most_lines "package": the lines chosen together, greedily with
 * exchange, and where they are few the best of all choices. Shared by the processes of mpirun.
 * Fails with NAME, VALUE, USAGE, NODATA, MEMORY.
 */
NEARER_CALL nearer_ask_lines(nearer_report **out, const nearer_study *study,
                             const nearer_query *query, const nearer_measure_spec *measure,
                             const nearer_lines_spec *spec, nearer_error *err);

/* A standard of time: every place within so many minutes of one of a group. */
typedef struct nearer_standard {
    double within_min;
    const char *group; /* id of a grouping of the study: places that are in one of its groups */
    const char *value; /* of these only that group; NULL: any */
} nearer_standard;
/* Inverse planning: the places that miss the standard, and for each the single new line of those
 * that might be built (as of nearer_ask_lines; its rank, budget and most_lines are not looked at)
 * that costs least, or without a cost is shortest, among all that bring it within. Table "places":
 * those that miss, the farthest first; table "upgrades": lines by how many places they bring
 * within. Fails as nearer_ask_lines, and with NAME (group). */
NEARER_CALL nearer_ask_standard(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_standard *standard,
                                const nearer_lines_spec *lines, nearer_error *err);

/* What each part of what was built between two days contributed. */
typedef struct nearer_attribution {
    nearer_date from, to;
    const char *by;    /* "line", "mode", "year" or "group" */
    const char *group; /* by group: an id; NULL: the study's first */
    const char *mass;  /* weighs pairs by the product of masses; NULL: all alike */
    bool logs;         /* shares of ln of the index of compression, in place of minutes */
    bool owen;         /* by line: those of a mode keep together */
    size_t draws; /* orders tried; 0: all choices of parts where there are up to 20, else 1000 */
    unsigned long seed;
} nearer_attribution;
/* Shapley values (Owen's with `owen`): what each part saves, averaged over all orders in which the
 * parts might have been built, with what was there on the first day; what links withdrawn between
 * the days change comes last and is a row of its own. Table "parts": part, mode, links, saved
 * (minutes of the mean time of pairs, or ln of the index), its share, standard error where orders
 * were drawn, and what it saves alone; the sum of all is the whole change. query->date is not
 * looked at. Fails with NAME (by, group, mass, mode), USAGE (station to station; times that were
 * given), VALUE (services waited for, or transfers, that open or close), NODATA (nothing changed).
 */
NEARER_CALL nearer_ask_attribute(nearer_report **out, const nearer_study *study,
                                 const nearer_query *query, const nearer_attribution *what,
                                 nearer_error *err);

/* What is lost when one of them is gone: `by` "link" (both ways), "line", "node" or "mode", the
 * study's matrix computed anew without it. Table "cuts" (gone, id, mode, links, pairs whose fastest
 * way rides it, pairs and places cut off, mean loss weighted by the product of masses over pairs
 * that are still reached, worst loss and its pair), the most lost first; table "bridges": bridges
 * and articulation points of the network walked either way. Fails with NAME (mass, by, mode), USAGE
 * (times that were given). */
NEARER_CALL nearer_ask_cut(nearer_report **out, const nearer_study *study,
                           const nearer_query *query, const char *mass, const char *by,
                           nearer_error *err);

/* How sure each rank is: `draws` times one of the specs (which may differ in their mass) with its
 * cutoff and the parameters of its decay within 25 %, and the parameters of modes within the ranges
 * the study states: table "robust" (id, name, score, rank as asked, rank_low and rank_high that
 * hold 95 % of the draws, rank_median, outranks_next_pct: how often it outranks the place ranked
 * next). The same for the same seed and any number of threads. Fails as nearer_ask_access, and with
 * USAGE (draws). */
NEARER_CALL nearer_ask_robust(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, const nearer_measure_spec *specs,
                              size_t count, size_t draws, unsigned long seed, nearer_error *err);

/* How access is shared out. */
typedef struct nearer_equity_spec {
    const char *const *scores; /* columns of the scores */
    size_t score_count;
    const char *const *indexes; /* ids of `nearer list indexes`; none: all that can be computed */
    size_t index_count;
    const char *id, *population, *income, *group; /* columns of the places; NULL: id, none */
    double line, epsilon; /* poverty line, 0: none; Atkinson's aversion to inequality, 0: 0.5 */
    bool r_convention;
} nearer_equity_spec;
/* Table "equity": index, component (total, between, within, a group, fgt0 ...), value; with several
 * scores the score first. `places` (NULL: the scores hold all) is joined by id. Fails with NAME
 * (column, index, place), VALUE (a number below 0), USAGE (no income, no line), NODATA. */
NEARER_CALL nearer_ask_equity(nearer_report **out, const nearer_table *scores,
                              const nearer_table *places, const nearer_equity_spec *spec,
                              nearer_error *err);

/* How two columns go together. */
typedef struct nearer_correlation_spec {
    const char *x, *y;        /* columns; NULL: the only one of numbers of its table, but the id */
    const char *const *given; /* columns held, for the partial correlation */
    size_t given_count;
    const char *id; /* column that two tables are joined by; NULL: id */
    size_t draws;   /* of the permutation test and the resampled interval, at least 100 */
    unsigned long seed;
} nearer_correlation_spec;
/* Table "correlation": statistic (pearson with Fisher's interval, permuted, resampled by BCa;
 * spearman, kendall tau-b, partial, detectable with 80 % power), value, low_95, high_95, p, n, over
 * the rows that have all values. y is a column of `other` (NULL: of `table`), joined by id. Fails
 * with NAME (column), USAGE (which column), VALUE (text, an id that stands twice, draws), NODATA
 * (below 4 pairs, values that do not differ). O(draws n). */
NEARER_CALL nearer_ask_correlate(nearer_report **out, const nearer_table *table,
                                 const nearer_table *other, const nearer_correlation_spec *spec,
                                 nearer_error *err);

/* Who is whose neighbour among rows with positions: one of the two is above 0. */
typedef struct nearer_neighbours {
    const char *lon, *lat; /* columns, degrees; NULL: lon_deg, lat_deg */
    size_t nearest;        /* so many, by great circle */
    double band_km;        /* all within */
} nearer_neighbours;

/* One column by others. */
typedef struct nearer_regression_spec {
    const char *y;
    const char *const *x; /* a constant comes first by itself */
    size_t x_count;
    const char *id;      /* names the rows; NULL: id, or their numbers */
    const char *cluster; /* column; NULL: none */
    const double *km;    /* reaches of Conley's standard errors, above 0 */
    size_t km_count;
    nearer_neighbours neighbours; /* of the residuals; {0}: they are not looked at */
} nearer_regression_spec;
/* Least squares over the rows that have all values. Table "coefficients": coefficient, value,
 * se_classical, se_hc1, se_hc3, by cluster se_cr1 and se_cr2, se_conley_KM_km (Bartlett), then
 * degrees, low_95, high_95, p and the slope detectable with 80 % power, by HC1 or with clusters
 * CR2; table "fit": n, r_squared, residual_sd, condition, clusters, residual_moran; table
 * "influence": the rows that move each coefficient most. Fails with NAME (column), USAGE
 * (neighbours), VALUE (text, columns that depend on each other, positions), NODATA. */
NEARER_CALL nearer_ask_regress(nearer_report **out, const nearer_table *table,
                               const nearer_regression_spec *spec, nearer_error *err);

/* Whether near rows are alike. */
typedef struct nearer_moran_spec {
    const char *column;
    const char *id; /* names the rows; NULL: id, or their numbers */
    nearer_neighbours neighbours;
    bool local;   /* row by row too */
    size_t draws; /* of the permutation tests, at least 1 */
    unsigned long seed;
} nearer_moran_spec;
/* Table "moran": statistic (moran, geary), null (randomisation, normality, permutation), value,
 * expectation, variance, z, p, n, with row-standardised weights over the rows that have all values;
 * with `local` table "local": id, kind (high-high ... by the row's and its neighbours' side of the
 * mean), value, local_moran, z, p, permuted_p, fdr_p. Fails with NAME (column), USAGE (neighbours),
 * VALUE (text, positions), NODATA (below 4 rows, no neighbours, values that do not differ). O(n^2 +
 * draws pairs). */
NEARER_CALL nearer_ask_moran(nearer_report **out, const nearer_table *table,
                             const nearer_moran_spec *spec, nearer_error *err);

/* A treatment that comes to units one after the other, such as the year of the first line. */
typedef struct nearer_event_spec {
    const char *y, *unit, *time; /* columns: a row is a unit at a time */
    const char *treated;         /* column: from which time on; empty: never */
    bool not_yet;   /* the treated are held against those not yet treated, else against those never treated */
    bool universal; /* before treatment too changes count from the last time before it, else from the one before */
} nearer_event_spec;
/* Group-time average treatment effects (Callaway and Sant'Anna 2021) without covariates. Tables "dynamic"
 * (since_treated, att, std_error, low_95, high_95, p, groups), "summary" (means over times since treatment and
 * over groups, and whether all is 0 before treatment), "att" (group, time, treated, controls, att ...); its chart
 * is the event study. Fails with NAME (column), VALUE (text, a unit with two rows for a time or treated from two
 * times), NODATA (fewer than two periods, nobody treated, no controls). O(rows log rows + groups times units). */
NEARER_CALL nearer_ask_event(nearer_report **out, const nearer_table *table,
                             const nearer_event_spec *spec, nearer_error *err);

/* ---- Questions ----------------------------------------------------------------------- */

/* What a file that is no study holds: shapes, reference system, encoding, columns; of lines the
 * network they make, its components, the longest snaps and the gaps; of a network its size. */
NEARER_CALL nearer_ask_file(nearer_report **out, const char *path, const nearer_reading *how,
                            const nearer_topology *topology, nearer_error *err);

/* What a file is turned into. */
typedef struct nearer_conversion {
    nearer_reading how; /* of the file read */
    nearer_topology topology;
    const char *table; /* of a network written as a table: "links" (NULL) or "nodes" */
    nearer_date date;  /* of a study: links open on that day; 0: all */
    bool float32;
} nearer_conversion;
/* Reads a table, layer, matrix, network or study and writes it in the format of the ending of
 * `to`. A report of what was done. Fails with IO, SYNTAX, VALUE, NAME. */
NEARER_CALL nearer_convert(nearer_report **out, const char *from, const char *to,
                           const nearer_conversion *conversion, nearer_error *err);

/* What was read: layers, modes, components, cut-off places, speeds, snapping, missing data. */
NEARER_CALL nearer_ask_check(nearer_report **out, const nearer_study *study, nearer_error *err);
/* Two days: per city time and score before and after, per group, per pair, the national index, the
 * links that changed.
 * query->date is not looked at. */
NEARER_CALL nearer_ask_compare(nearer_report **out, const nearer_study *study,
                               const nearer_query *query, nearer_date before, nearer_date after,
                               const nearer_measure_spec *spec, nearer_error *err);
typedef struct nearer_pair {
    size_t from, to; /* places */
} nearer_pair;

typedef struct nearer_timeline_spec {
    int from, to;         /* years, both included */
    const char *mass;     /* NULL: every place weighs 1 */
    const char *group;    /* of the study, for between and within; NULL: its first, if any */
    bool weight_openings; /* a year is the mean of its days, else its 31 December */
    const nearer_pair *pairs;
    size_t pair_count;
} nearer_timeline_spec;

/* Every year: compression index against the first, mean time, inequality of mean times (between
 * and within groups), what opened, closed and changed; of pairs asked for their
 * curve and convergence. query->date is not looked at. O(years) times nearer_times_compute; with
 * weight_openings O(days of the years on which something changes). Fails with USAGE (years),
 * NAME (mass, group). */
NEARER_CALL nearer_ask_timeline(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_timeline_spec *spec,
                                nearer_error *err);
/* Observed travel times (a table with the columns from, to, mode, period, minutes, and if it likes
 * sample, confidence, source) of the years `from` to `to` against those modelled on the last day of
 * their period in these years: agreement, each pair, the legs of the worst. query->date is not
 * looked at; its modes choose the observations. Fails with NAME, VALUE (the message names file and
 * line), USAGE (years), NODATA when no observation is left. */
NEARER_CALL nearer_ask_validate(nearer_report **out, const nearer_study *study,
                                const nearer_query *query, const nearer_table *observed, int from,
                                int to, nearer_error *err);
/* How far the compression index between two days and the places' ranking by mean time hang on the
 * modes' parameters: each varied over the range the study gives ("sensitivity"; without it, a
 * quarter less and more of each), the others as they are. query->date is not looked at.
 * O(parameters) times nearer_times_compute. Fails with NAME (mass, parameter), VALUE (range). */
NEARER_CALL nearer_ask_sensitivity(nearer_report **out, const nearer_study *study,
                                   const nearer_query *query, nearer_date before, nearer_date after,
                                   const char *mass, nearer_error *err);
/* How access is held against growth. */
typedef struct nearer_growth_spec {
    const char *cluster; /* a grouping: places of a group depend on each other; NULL: as the study
                            says, if it does */
    const nearer_study
        *planned; /* the study read under a scenario file of planned lines, which opened on
                     the day they say, if ever; NULL: the recentred design is not run */
    size_t draws; /* arrangements of their openings, by chance (all where there are fewer) */
    unsigned long seed;
    const size_t *bands; /* lines are exchanged with those of as many links, or in the same band:
                            the most links of each, ascending */
    size_t band_count;
    bool strata;                 /* and only with those of the same "stratum" in their file */
} nearer_growth_spec;
/* The change in access between the study's dates held against the annual growth of its growth
 * series, own masses left out unless the measure says otherwise. Tables "growth" (models with
 * standard errors of four kinds), "recentred", "design" (with planned lines), "correlations",
 * "fit", "influence", "sensitivity", "placebos", "groups", "places". Fails with NODATA when fewer
 * than 5 places have all values, and as nearer_ask_access and nearer_ask_lines. */
NEARER_CALL nearer_ask_growth(nearer_report **out, const nearer_study *study,
                              const nearer_query *query, const nearer_measure_spec *measure,
                              const nearer_growth_spec *what, nearer_error *err);
/* The file of planned lines that the study names (NULL: none); *out is yours, free with
 * nearer_text_free(). Fails with MEMORY. */
NEARER_CALL nearer_study_planned(char **out, const nearer_study *study, nearer_error *err);
/* The study's claims, each beside the figure its own data give. */
NEARER_CALL nearer_ask_claims(nearer_report **out, const nearer_study *study, nearer_error *err);
/* The study's first and second date ("dates": {"from", "to"}). */
NEARER_API void nearer_study_dates(const nearer_study *study, nearer_date *from, nearer_date *to);
/* The study's default for a measure ("measures"): mass, decay, cutoff and own mass; NULL as
 * `measure` gives the study's first. Fails with NAME when the study lists no such measure. */
NEARER_CALL nearer_study_measure(nearer_measure_spec *out, const nearer_study *study,
                                 const char *measure, nearer_error *err);

/* ---- Charts and maps ----------------------------------------------------------------------------
 */

/* Draws the chart an answer comes with, as SVG. Fails with USAGE when it has none, IO. */
NEARER_CALL nearer_chart_write(const char *path, const nearer_report *report, nearer_error *err);

typedef struct nearer_map_spec {
    const char *title;
    const char *column; /* the number column shown */
    const char *unit;   /* said in the legend */
    bool low_is_good;   /* darkest colour for the lowest values */
    nearer_date date;   /* the network drawn underneath */
} nearer_map_spec;

/* Draws a table keyed by place `id` as an SVG map with its network and legend. Fails with IO,
 * NAME (column, place). */
NEARER_CALL nearer_map_write(const char *path, const nearer_study *study, const nearer_table *table,
                             const nearer_map_spec *spec, nearer_error *err);

#ifdef __cplusplus
}
#endif
#endif
