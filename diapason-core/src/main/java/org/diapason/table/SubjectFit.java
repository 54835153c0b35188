package org.diapason.table;

/**
 * What the mixed model of one feature gave.
 *
 * @param intercept of the first batch that has rows
 * @param shift what a batch adds beyond it, 0 for the first, NaN where it has no row
 * @param shiftVariance variance of each shift from the mean of all, weighted by rows
 * @param beta effect of each covariate number
 * @param effects of each subject, {@code [subject · width + effect]}
 * @param variances residual, of intercepts, their covariance with slopes, of slopes
 * @param rest what is left of each row
 * @param freedom degrees of freedom of each penalised curve
 * @param singular whether a variance is 0 or a correlation ±1
 * @param criterion −2·log of the restricted likelihood at its maximum
 */
record SubjectFit(
        double intercept,
        double[] shift,
        double[] shiftVariance,
        double[] beta,
        double[] effects,
        double[] variances,
        double[] rest,
        double[] freedom,
        boolean singular,
        double criterion) {}
