package org.diapason.features;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;
import org.diapason.step.Default;
import org.diapason.step.Names;

/**
 * The choices in which programs differ although their formulas have the same names.
 *
 * <p>The defaults are those of the reference manual and its consensus values. Each rule may be
 * changed alone; {@link Profile} names the sets that other programs follow.
 *
 * <p>Sources: IBSI reference manual, arXiv:1612.07003; van Griethuysen et al. 2017, Cancer Research
 * 77(21):e104–e107, doi:10.1158/0008-5472.CAN-17-0339 (PyRadiomics); Zwanenburg and Löck, MIRP 2.
 *
 * @param grid where the grid of {@code sampling} lies: its centre on the image's ({@code ibsi}),
 *     its first {@code corner} on the image's first corner (PyRadiomics), its first voxel on the
 *     image's ({@code origin}), or corner on corner at both ends ({@code extent}: a spacing a
 *     little off)
 * @param maskInterpolation the mask on that grid: {@code linear}, kept at 0.5 or more (IBSI), or
 *     {@code nearest} (PyRadiomics)
 * @param splineEdge how a cubic spline goes on beyond the image: {@code mirrored}, or the border
 *     {@code repeated} (MIRP)
 * @param antiAliasing β of the Gaussian that blurs image and mask before {@code sampling}: 1 for
 *     none (IBSI), or 0.98 (MIRP's smoothing_beta)
 * @param rounding of interpolated values: {@code hu} to whole units where {@code sampling} says so
 *     (IBSI), {@code stored}: where all the image's values are whole, the digits after the point
 *     are cut off, because the file's type is kept (PyRadiomics), or {@code none}
 * @param binWidth width of bins where no discretisation is given; when not given, as the quantity
 *     has it (PyRadiomics: 25)
 * @param binAnchor where bins of a fixed width without a {@code bin-origin} begin: at the {@code
 *     range}'s lower bound, else as is customary (IBSI), at the {@code multiple} of the width at or
 *     below the least value (PyRadiomics), or at the lower bound, else at the {@code lowest} value
 *     of the modality, −1000 HU or SUV 0 (MIRP)
 * @param binEdges a value that rounding left just below an edge is {@code snapped} to it, or edges
 *     are {@code exact} (PyRadiomics, MIRP)
 * @param oneValue the level of a region of one value among a fixed number of bins: the {@code
 *     first}, or the {@code middle} one, N/2 rounded up (MIRP)
 * @param kurtosis the {@code excess} over 3 (IBSI), or {@code plain} (PyRadiomics)
 * @param energyShift added to every intensity before energy and root mean square are taken, in the
 *     image's unit (PyRadiomics: voxelArrayShift)
 * @param mesh the surface: {@code closed} (IBSI), or from a {@code half-table} of 128 cases, which
 *     may have holes (PyRadiomics)
 * @param axes the spread of the voxels divides by n − 1: {@code sample} (IBSI consensus), or by n:
 *     {@code population} (PyRadiomics)
 * @param undefined what is 0/0: {@code nan} (IBSI), or the constants that {@code pyradiomics} or
 *     {@code mirp} write
 * @param logEpsilon added to probabilities inside the logarithms of entropies (PyRadiomics:
 *     2.220446049250313e-16)
 * @param extras also measure what only PyRadiomics has: maximal correlation coefficient, diameters
 *     across the axes of the grid, energy times the volume of a voxel; where texture is in slices,
 *     area and outline of a mask in one slice
 */
public record Rules(
        @Default("ibsi") Grid.Rule grid,
        @Default("linear") Interpolation maskInterpolation,
        @Default("mirrored") SplineEdge splineEdge,
        @Default("1") double antiAliasing,
        @Default("hu") Rounding rounding,
        @Default("") OptionalDouble binWidth,
        @Default("range") BinAnchor binAnchor,
        @Default("snapped") BinEdges binEdges,
        @Default("first") OneValue oneValue,
        @Default("excess") Kurtosis kurtosis,
        @Default("0") double energyShift,
        @Default("closed") Surface mesh,
        @Default("sample") Axes axes,
        @Default("nan") Undefined undefined,
        @Default("0") double logEpsilon,
        @Default("false") boolean extras) {

    /** What a spline finds beyond the image. */
    public enum SplineEdge {
        /** The image again, mirrored at the centres of the border voxels. */
        MIRRORED,
        /** The border voxels, again and again. */
        REPEATED
    }

    /** What becomes of digits after the point in interpolated values. */
    public enum Rounding {
        /** Hounsfield units become whole, where the sampling rounds. */
        HU,
        /** Where every value of the image is whole, digits after the point are cut off. */
        STORED,
        /** Nothing. */
        NONE
    }

    /** Where bins of a fixed width begin. */
    public enum BinAnchor {
        /** At the lower bound of the range. */
        RANGE,
        /** At a multiple of the width. */
        MULTIPLE,
        /** At the lowest value of the modality. */
        LOWEST
    }

    /** Who a value just below an edge belongs to. */
    public enum BinEdges {
        /** The upper bin, within a unit in the last place. */
        SNAPPED,
        /** The lower bin. */
        EXACT
    }

    /** The level of a region of one value. */
    public enum OneValue {
        /** 1. */
        FIRST,
        /** N/2, rounded up. */
        MIDDLE
    }

    /** Which kurtosis. */
    public enum Kurtosis {
        /** 0 for a normal distribution. */
        EXCESS,
        /** 3 for a normal distribution. */
        PLAIN
    }

    /** Which triangles. */
    public enum Surface {
        /** Without holes. */
        CLOSED,
        /** By a table of 128 cases. */
        HALF_TABLE
    }

    /** What the covariance of positions is divided by. */
    public enum Axes {
        /** One less than the number of voxels. */
        SAMPLE,
        /** The number of voxels. */
        POPULATION
    }

    /** What stands for 0/0. */
    public enum Undefined {
        /** NaN. */
        NAN,
        /** Busyness, information correlation 1: 0; correlation: 1. */
        PYRADIOMICS,
        /** Busyness: 0; correlation, information correlation 1, Moran's I and Geary's C: 1. */
        MIRP
    }

    /** The rules of the manual. */
    public static final Rules IBSI =
            new Rules(
                    Grid.Rule.IBSI,
                    Interpolation.LINEAR,
                    SplineEdge.MIRRORED,
                    1,
                    Rounding.HU,
                    OptionalDouble.empty(),
                    BinAnchor.RANGE,
                    BinEdges.SNAPPED,
                    OneValue.FIRST,
                    Kurtosis.EXCESS,
                    0,
                    Surface.CLOSED,
                    Axes.SAMPLE,
                    Undefined.NAN,
                    0,
                    false);

    public Rules {
        if (maskInterpolation != Interpolation.LINEAR
                && maskInterpolation != Interpolation.NEAREST) {
            throw new IllegalArgumentException(
                    "mask-interpolation must be linear or nearest, got "
                            + maskInterpolation.name().toLowerCase(Locale.ROOT));
        }
        if (!(antiAliasing > 0 && antiAliasing <= 1)) {
            throw new IllegalArgumentException(
                    "anti-aliasing must be above 0, at most 1, got " + antiAliasing);
        }
        if (binWidth.isPresent()
                && !(binWidth.getAsDouble() > 0 && Double.isFinite(binWidth.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "bin-width must be positive, got " + binWidth.getAsDouble());
        }
        if (!Double.isFinite(energyShift)) {
            throw new IllegalArgumentException("energy-shift must be finite, got " + energyShift);
        }
        if (!(logEpsilon >= 0 && logEpsilon <= 1e-6)) {
            throw new IllegalArgumentException("log-epsilon must be 0 … 1e-6, got " + logEpsilon);
        }
    }

    /** Returns the names of all rules, {@code bin-anchor}, in their order. */
    public static List<String> names() {
        return Arrays.stream(Rules.class.getRecordComponents())
                .map(c -> Names.kebab(c.getName()))
                .toList();
    }

    /** Returns the names of the rules in which the other set differs. */
    public List<String> differences(Rules other) {
        List<String> found = new ArrayList<>();
        for (RecordComponent c : Rules.class.getRecordComponents()) {
            if (!value(c).equals(other.value(c))) {
                found.add(Names.kebab(c.getName()));
            }
        }
        return found;
    }

    /** Returns these rules with the named ones taken from another set. */
    public Rules with(List<String> names, Rules other) {
        RecordComponent[] components = Rules.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int c = 0; c < components.length; c++) {
            types[c] = components[c].getType();
            boolean theirs = names.contains(Names.kebab(components[c].getName()));
            values[c] = (theirs ? other : this).value(components[c]);
        }
        try {
            return Rules.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns these rules with another shift of the intensities. */
    public Rules withEnergyShift(double shift) {
        return new Rules(
                grid,
                maskInterpolation,
                splineEdge,
                antiAliasing,
                rounding,
                binWidth,
                binAnchor,
                binEdges,
                oneValue,
                kurtosis,
                shift,
                mesh,
                axes,
                undefined,
                logEpsilon,
                extras);
    }

    /** Returns one rule as it is written in a recipe: {@code half-table}, {@code 25}. */
    public String word(String name) {
        for (RecordComponent c : Rules.class.getRecordComponents()) {
            if (Names.kebab(c.getName()).equals(name)) {
                Object value = value(c);
                if (value instanceof OptionalDouble o) {
                    return o.isPresent() ? plain(o.getAsDouble()) : "by quantity";
                }
                return value instanceof Double d
                        ? plain(d)
                        : value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
        throw new IllegalArgumentException("there is no rule \"" + name + "\"");
    }

    private static String plain(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(6))
                .stripTrailingZeros()
                .toString();
    }

    private Object value(RecordComponent component) {
        try {
            return component.getAccessor().invoke(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the kurtosis by its rule, given the excess; NaN stays NaN. */
    double kurtosis(double excess) {
        return kurtosis == Kurtosis.PLAIN ? excess + 3 : excess;
    }

    /** Returns a value, or what stands for it where it is 0/0. */
    double defined(double value, double pyRadiomics, double mirp) {
        if (!Double.isNaN(value)) {
            return value;
        }
        return switch (undefined) {
            case NAN -> value;
            case PYRADIOMICS -> pyRadiomics;
            case MIRP -> mirp;
        };
    }
}
