/* One column by others, with the standard errors of four assumptions. */
#include <math.h>
#include <string.h>

#include "stats/covariance.h"
#include "study/growth.h"

enum { HC1, HC3, CLUSTER, CONLEY, NEAREST = 6 };
#define CONLEY_KM 500

const char *const nr_slope_errors[NR_SLOPE_ERRORS] = {"se_hc1", "se_hc3", "se_cluster",
                                                      "se_conley_500_km"};

typedef struct finder {
    nr_slopes *out;
    const nr_growth_sample *s;
    double *room;    /* k x k */
    double *degrees; /* k */
} finder;

/* ---- the fit ---- */

static nearer_status fit(finder *f, nearer_error *err)
{
    const nr_growth_sample *s = f->s;
    size_t held = 1 + s->held, k = held + 1;
    f->out->n = s->n;
    f->out->k = k;
    if (s->instrument != NULL) {
        const nr_iv_design design = {s->y, s->columns, s->x, s->instrument, s->n, held, 1, 1};
        NR_TRY(nr_iv_new(&f->out->iv, &design, err));
        f->out->fit = f->out->iv->fit;
        return NEARER_OK;
    }
    double *x = nr_alloc(s->n, k * sizeof *x);
    if (x == NULL) return nr_fail_memory(err);
    for (size_t i = 0; i < s->n; i++) {
        memcpy(x + i * k, s->columns + i * held, held * sizeof *x);
        x[i * k + held] = s->x[i];
    }
    const nr_design design = {s->y, x, s->n, k, NULL};
    nearer_status status = nr_fit_new(&f->out->fit, &design, err);
    nr_free(x);
    return status;
}

/* ---- standard errors ---- */

/* What this sample has no such error for, it has none: a row that alone decides a coefficient, too
 * few clusters. Other failures are failures. */
static nearer_status keep(finder *f, size_t which, nearer_status found, nearer_error *why,
                          nearer_error *err)
{
    size_t k = f->out->k;
    if (found != NEARER_OK && found != NEARER_VALUE && found != NEARER_NODATA)
        return nr_fail(err, found, "%s", why->message);
    for (size_t c = 0; c < k; c++) {
        double variance = found == NEARER_OK ? f->room[c * k + c] : (double)NAN;
        f->out->error[c][which] = variance >= 0 ? sqrt(variance) : (double)NAN;
    }
    return NEARER_OK;
}

/* Degrees are those of the covariance in room. */
static void keep_main(finder *f)
{
    for (size_t c = 0; c < f->out->k; c++) {
        f->out->main[c] = nr_coefficient(f->out->fit, f->room, c, f->degrees[c]);
        f->out->detectable[c] = nr_detectable_slope(f->out->main[c].std_error, f->degrees[c]);
    }
}

static nearer_status clustered(finder *f, nearer_error *err)
{
    const nr_growth_sample *s = f->s;
    nearer_error why;
    nearer_status found = NEARER_NODATA;
    if (s->cluster != NULL)
        found = nr_covariance_cluster(f->room, f->degrees, f->out->fit, s->cluster,
                                      s->instrument == NULL ? NR_CR2 : NR_CR1, &why);
    if (found == NEARER_OK) keep_main(f);
    return keep(f, CLUSTER, found, &why, err);
}

static nearer_status errors(finder *f, nearer_error *err)
{
    const nr_growth_sample *s = f->s;
    const nr_fit *fitted = f->out->fit;
    nearer_error why;
    for (size_t c = 0; c < f->out->k; c++) f->degrees[c] = fitted->degrees;
    NR_TRY(nr_covariance_hc(f->room, fitted, NR_HC1, err));
    keep_main(f);
    NR_TRY(keep(f, HC1, NEARER_OK, NULL, err));
    nearer_status found = nr_covariance_hc(f->room, fitted, NR_HC3, &why);
    NR_TRY(keep(f, HC3, found, &why, err));
    NR_TRY(clustered(f, err));
    found = NEARER_NODATA;
    if (s->lon != NULL)
        found = nr_covariance_conley(f->room, fitted, s->lon, s->lat, CONLEY_KM, NR_BARTLETT, &why);
    return keep(f, CONLEY, found, &why, err);
}

/* ---- residuals ---- */

static double distance(const void *context, size_t from, size_t to)
{
    const nr_growth_sample *s = context;
    return nr_sphere_km((nr_lonlat){s->lon[from], s->lat[from]},
                        (nr_lonlat){s->lon[to], s->lat[to]});
}

static nearer_status residual_moran(finder *f, nearer_error *err)
{
    const nr_growth_sample *s = f->s;
    nr_weights *w = NULL;
    nearer_error why;
    f->out->moran = (nr_spatial_test){NAN, NAN, NAN, NAN, NAN};
    if (s->lon == NULL || s->instrument != NULL || s->n <= NEAREST + 1) return NEARER_OK;
    NR_TRY(nr_weights_nearest(&w, distance, s, s->n, NEAREST, err));
    nearer_status status = nr_weights_standardise(w, err);
    if (status == NEARER_OK) {
        status = nr_moran_residual(&f->out->moran, f->out->fit, w, &why);
        if (status == NEARER_NODATA) status = NEARER_OK;
        if (status != NEARER_OK) status = nr_fail(err, status, "%s", why.message);
    }
    nr_weights_free(w);
    return status;
}

nearer_status nr_slopes_find(nr_slopes *out, const nr_growth_sample *sample, nearer_error *err)
{
    finder f = {.out = out, .s = sample};
    *out = (nr_slopes){0};
    NR_TRY(fit(&f, err));
    f.room = nr_alloc(out->k, out->k * sizeof *f.room);
    f.degrees = nr_alloc(out->k, sizeof *f.degrees);
    nearer_status status =
        f.room == NULL || f.degrees == NULL ? nr_fail_memory(err) : errors(&f, err);
    if (status == NEARER_OK) status = residual_moran(&f, err);
    nr_free(f.room);
    nr_free(f.degrees);
    return status;
}

void nr_slopes_clear(nr_slopes *slopes)
{
    if (slopes->iv != NULL)
        nr_iv_free(slopes->iv);
    else
        nr_fit_free(slopes->fit);
    *slopes = (nr_slopes){0};
}

nr_estimate nr_slopes_gain(const nr_slopes *slopes)
{
    return slopes->main[slopes->k - 1];
}

nearer_status nr_growth_slope_find(nr_growth_slope *out, const nr_growth *g,
                                   const nr_growth_values *values, nearer_error *err)
{
    nr_growth_sample sample;
    nr_slopes slopes = {0};
    nearer_error why;
    *out = (nr_growth_slope){{NAN, NAN, NAN, NAN, NAN}, NAN, 0};
    nearer_status status = nr_growth_sample_take(&sample, g, values, &why);
    out->n = sample.n;
    if (status == NEARER_OK) status = nr_slopes_find(&slopes, &sample, &why);
    if (status == NEARER_OK) {
        out->gain = nr_slopes_gain(&slopes);
        out->detectable = slopes.detectable[slopes.k - 1];
    }
    nr_slopes_clear(&slopes);
    nr_growth_sample_clear(&sample);
    if (status == NEARER_OK || status == NEARER_NODATA || status == NEARER_VALUE) return NEARER_OK;
    return nr_fail(err, status, "%s", why.message);
}
