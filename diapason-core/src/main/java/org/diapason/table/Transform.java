package org.diapason.table;

import java.util.OptionalDouble;
import org.diapason.stats.Normalising;
import org.diapason.volume.Numbers;

/**
 * How one feature is changed before ComBat and changed back after it.
 *
 * @param feature its name
 * @param kind by what function
 * @param lambda its parameter, for box-cox and yeo-johnson
 * @param unit box-cox takes y/unit, the geometric mean of the fit, so that units do not matter, and
 *     yeo-johnson of a feature that is never negative (1 + y)/unit; 1 otherwise
 * @param values for rank-normal, values of the fit that increase
 * @param scores for rank-normal, normal deviates at these values
 * @param low smallest value of the fit
 * @param high largest value of the fit
 */
public record Transform(
        String feature,
        Kind kind,
        OptionalDouble lambda,
        double unit,
        Numbers values,
        Numbers scores,
        double low,
        double high) {

    /** The functions. */
    public enum Kind {
        /** As it is. */
        NONE,
        /** ln y. */
        LOG,
        /** ((y/unit)^λ − 1)/λ; Box and Cox 1964, doi:10.1111/j.2517-6161.1964.tb00553.x. */
        BOX_COX,
        /** Yeo and Johnson 2000, doi:10.1093/biomet/87.4.954, for numbers of either sign. */
        YEO_JOHNSON,
        /** Φ⁻¹((rank − 3/8)/(n + 1/4)), straight lines between; Blom 1958. */
        RANK_NORMAL;

        /** Whether only numbers above 0 can be taken. */
        boolean positive() {
            return this == LOG || this == BOX_COX;
        }
    }

    public Transform {
        boolean parameter = kind == Kind.BOX_COX || kind == Kind.YEO_JOHNSON;
        if (parameter != lambda.isPresent()
                || !(unit > 0)
                || values.size() != scores.size()
                || (kind == Kind.RANK_NORMAL) == (values.size() == 0)) {
            throw new IllegalArgumentException(
                    "the model is damaged: the transform of feature "
                            + feature
                            + " has not the numbers that its kind needs. Restore it or fit anew.");
        }
    }

    /** Makes a function without ranks. */
    static Transform of(
            String feature, Kind kind, OptionalDouble lambda, double unit, double[] ends) {
        return new Transform(
                feature, kind, lambda, unit, Numbers.of(), Numbers.of(), ends[0], ends[1]);
    }

    /** Returns the changed value; NaN where the function is not defined. */
    double forward(double y) {
        return switch (kind) {
            case NONE -> y;
            case LOG -> y > 0 ? StrictMath.log(y) : Double.NaN;
            case BOX_COX -> Normalising.boxCox(y / unit, lambda.getAsDouble());
            case YEO_JOHNSON -> Normalising.yeoJohnson(y, lambda.getAsDouble(), unit);
            case RANK_NORMAL -> Normalising.along(values, scores, y);
        };
    }

    /** Returns the value that is changed to this one; NaN where there is none. */
    double back(double t) {
        double y = undone(t);
        return Double.isInfinite(y) ? Double.NaN : y;
    }

    private double undone(double t) {
        return switch (kind) {
            case NONE -> t;
            case LOG -> StrictMath.exp(t);
            case BOX_COX -> unit * Normalising.inverseBoxCox(t, lambda.getAsDouble());
            case YEO_JOHNSON -> Normalising.inverseYeoJohnson(t, lambda.getAsDouble(), unit);
            case RANK_NORMAL -> Normalising.along(scores, values, t);
        };
    }
}
