/* Large files for tests/bench/files.sh, and how long it takes to read them: by us and by the plain
 * way that is our yardstick. One case a run, so that the peak of memory is that case's.
 *   bench_files make FOLDER
 *   bench_files CASE FILE    prints processor seconds,seconds,MB/s,peak_memory/file */
#include <cJSON.h>
#include <math.h>
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "nearer.h"

enum { LINES = 1000000, LINKS = 3500000, FEATURES = 700000, ACROSS = 1000 };

static unsigned long long state = 1;
static double chance(void)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(state >> 11) / 9007199254740992.0;
}

static void die(const char *what)
{
    fprintf(stderr, "bench_files: %s\n", what);
    exit(1);
}

static FILE *create(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL) die(path);
    return file;
}

/* A grid of streets: two-point lines with six attributes. */
static void make_shapefile(const char *folder)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/lines", folder);
    SHPHandle shp = SHPCreate(path, SHPT_ARC);
    DBFHandle dbf = DBFCreate(path);
    DBFAddField(dbf, "id", FTInteger, 8, 0);
    DBFAddField(dbf, "class", FTString, 12, 0);
    DBFAddField(dbf, "name", FTString, 16, 0);
    DBFAddField(dbf, "speed_kmh", FTDouble, 6, 1);
    DBFAddField(dbf, "opened", FTInteger, 4, 0);
    DBFAddField(dbf, "oneway", FTString, 3, 0);
    for (int i = 0; i < LINES; i++) {
        int x = i / 2 % ACROSS, y = i / 2 / ACROSS;
        double lon[] = {100 + 0.01 * x, 100 + 0.01 * (x + (i % 2 == 0))};
        double lat[] = {20 + 0.01 * y, 20 + 0.01 * (y + (i % 2 == 1))};
        char name[32];
        SHPObject *line = SHPCreateSimpleObject(SHPT_ARC, 2, lon, lat, NULL);
        SHPWriteObject(shp, -1, line);
        SHPDestroyObject(line);
        snprintf(name, sizeof name, "Road %d", i % 5000);
        DBFWriteIntegerAttribute(dbf, i, 0, i);
        DBFWriteStringAttribute(dbf, i, 1, i % 10 == 0 ? "expressway" : "ordinary");
        DBFWriteStringAttribute(dbf, i, 2, name);
        DBFWriteDoubleAttribute(dbf, i, 3, 30 + 5 * (i % 17));
        DBFWriteIntegerAttribute(dbf, i, 4, 1990 + i % 30);
        DBFWriteStringAttribute(dbf, i, 5, i % 9 == 0 ? "yes" : "no");
    }
    SHPClose(shp);
    DBFClose(dbf);
    FILE *study = create(folder, "study.json"), *places = create(folder, "places.csv");
    fprintf(
        study,
        "{\"places\": {\"file\": \"places.csv\"}, \"dates\": {\"from\": 2001, \"to\": 2020},\n"
        " \"layers\": [{\"id\": \"streets\", \"mode\": \"road\", \"file\": \"lines.shp\",\n"
        "   \"fields\": {\"class\": \"class\", \"line\": \"name\", \"speed_kmh\": \"speed_kmh\",\n"
        "                \"opened\": \"opened\", \"oneway\": \"oneway\"}}]}\n");
    fprintf(places, "id,lon_deg,lat_deg\na,100,20\nb,105,22\nc,109.9,24.9\n");
    fclose(study);
    fclose(places);
}

static void make_csv(const char *folder)
{
    FILE *file = create(folder, "links.csv");
    fprintf(file, "from,to,length_km,speed_kmh,class,opened\n");
    for (int i = 0; i < LINKS; i++)
        fprintf(file, "%d,%d,%.3f,%d,%s,%d\n", (int)(1e6 * chance()), (int)(1e6 * chance()),
                200 * chance(), 30 + 5 * (i % 17), i % 10 == 0 ? "expressway" : "ordinary",
                1990 + i % 30);
    fclose(file);
}

static void make_geojson(const char *folder)
{
    FILE *file = create(folder, "lines.geojson");
    fprintf(file, "{\"type\": \"FeatureCollection\", \"features\": [\n");
    for (int i = 0; i < FEATURES; i++) {
        double lon = 100 + 10 * chance(), lat = 20 + 10 * chance();
        fprintf(file,
                "%s{\"type\": \"Feature\", \"properties\": {\"id\": %d, \"class\": \"%s\", "
                "\"name\": \"Road %d\", \"speed_kmh\": %d}, \"geometry\": {\"type\": "
                "\"LineString\", \"coordinates\": [",
                i > 0 ? ",\n" : "", i, i % 10 == 0 ? "expressway" : "ordinary", i % 5000,
                30 + 5 * (i % 17));
        for (int k = 0; k < 5; k++)
            fprintf(file, "%s[%.7f, %.7f]", k > 0 ? ", " : "", lon + 0.01 * k * chance(),
                    lat + 0.01 * k * chance());
        fprintf(file, "]}}");
    }
    fprintf(file, "\n]}\n");
    fclose(file);
}

/* ---- the yardsticks ---- */

static void by_fgets(const char *path)
{
    char line[1024];
    double sum = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fgets(line, sizeof line, file) == NULL) die(path);
    while (fgets(line, sizeof line, file) != NULL)
        for (char *p = line, *end; *p != 0 && *p != '\n'; p = *end == ',' ? end + 1 : end) {
            sum += strtod(p, &end);
            end += strcspn(end, ",\n");
        }
    fclose(file);
    if (sum == 0) die("nothing read");
}

static void by_shapelib(const char *path)
{
    SHPHandle shp = SHPOpen(path, "rb");
    DBFHandle dbf = DBFOpen(path, "rb");
    if (shp == NULL || dbf == NULL) die(path);
    int count, fields = DBFGetFieldCount(dbf);
    size_t sum = 0;
    SHPGetInfo(shp, &count, NULL, NULL, NULL);
    for (int i = 0; i < count; i++) {
        SHPObject *line = SHPReadObject(shp, i);
        sum += (size_t)line->nVertices;
        SHPDestroyObject(line);
        for (int f = 0; f < fields; f++) sum += strlen(DBFReadStringAttribute(dbf, i, f));
    }
    SHPClose(shp);
    DBFClose(dbf);
    if (sum == 0) die("nothing read");
}

static void by_cjson(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) die(path);
    char *bytes = malloc((size_t)about.st_size + 1);
    FILE *file = fopen(path, "rb");
    if (bytes == NULL || file == NULL) die(path);
    bytes[fread(bytes, 1, (size_t)about.st_size, file)] = 0;
    fclose(file);
    cJSON *json = cJSON_Parse(bytes);
    if (json == NULL) die("no JSON");
    cJSON_Delete(json);
    free(bytes);
}

/* ---- ours ---- */

static void by_table(const char *path)
{
    nearer_table *table = NULL;
    nearer_error err;
    double sum = 0;
    if (nearer_table_read(&table, path, NULL, &err) != NEARER_OK) die(err.message);
    size_t columns = nearer_table_columns(table);
    for (size_t row = 0; row < nearer_table_rows(table); row++)
        for (size_t c = 0; c < columns; c++) {
            double value = nearer_table_number(table, row, c);
            if (!isnan(value)) sum += value;
        }
    nearer_table_free(table);
    if (sum == 0) die("nothing read");
}

/* Scanned alone: cells as text. */
static void by_scan(const char *path)
{
    nearer_table *table = NULL;
    nearer_error err;
    if (nearer_table_read(&table, path, NULL, &err) != NEARER_OK) die(err.message);
    if (nearer_table_rows(table) == 0) die("nothing read");
    nearer_table_free(table);
}

static void by_study(const char *path)
{
    nearer_study *study = NULL;
    nearer_error err;
    if (nearer_study_read(&study, path, &err) != NEARER_OK) die(err.message);
    nearer_study_free(study);
}

static double file_mb(const char *path)
{
    static const char *const endings[] = {".shp", ".shx", ".dbf"};
    struct stat about;
    char lines[1024];
    size_t n = strlen(path);
    double bytes = 0;
    bool study = n >= 10 && strcmp(path + n - 10, "study.json") == 0;
    if (n > 4 && strcmp(path + n - 4, ".shp") == 0) n -= 4;
    for (size_t i = 0; i < 3 && (study || path[n] == '.'); i++) {
        snprintf(lines, sizeof lines, "%.*s%s%s", (int)(study ? n - 10 : n), path,
                 study ? "lines" : "", endings[i]);
        if (stat(lines, &about) == 0) bytes += (double)about.st_size;
    }
    if (bytes == 0 && stat(path, &about) == 0) bytes = (double)about.st_size;
    return bytes / 1e6;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(const char *path);
    } cases[] = {{"make-shapefile", make_shapefile},
                 {"make-csv", make_csv},
                 {"make-geojson", make_geojson},
                 {"fgets", by_fgets},
                 {"shapelib", by_shapelib},
                 {"cjson", by_cjson},
                 {"table", by_table},
                 {"scan", by_scan},
                 {"study", by_study}};
    if (argc != 3) die("a case and a file were expected");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(argv[1], cases[i].name) != 0) continue;
        struct rusage used;
        struct timespec begun, ended;
        clock_gettime(CLOCK_MONOTONIC, &begun);
        cases[i].run(argv[2]);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        getrusage(RUSAGE_SELF, &used);
        /* of the processor: what else runs on the machine counts less */
        double s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                   1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
        double mb = file_mb(argv[2]);
        if (strncmp(argv[1], "make", 4) != 0)
            printf("%.3f,%.3f,%.0f,%.2f\n", s,
                   (double)(ended.tv_sec - begun.tv_sec) +
                       1e-9 * (double)(ended.tv_nsec - begun.tv_nsec),
                   mb / s, (double)used.ru_maxrss / 1e3 / mb);
        return 0;
    }
    die("no such case");
}
