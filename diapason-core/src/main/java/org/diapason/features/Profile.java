package org.diapason.features;

import java.util.OptionalDouble;
import org.diapason.math.Grid;
import org.diapason.math.Interpolation;

/** Named sets of rules: those of the manual, and those that other programs follow. */
public enum Profile {
    /** The reference manual and its consensus values. */
    IBSI(Rules.IBSI),
    /** PyRadiomics 2 and 3, with its default settings. */
    PYRADIOMICS(
            new Rules(
                    Grid.Rule.CORNER,
                    Interpolation.NEAREST,
                    Rules.SplineEdge.MIRRORED,
                    1,
                    Rules.Rounding.STORED,
                    OptionalDouble.of(25),
                    Rules.BinAnchor.MULTIPLE,
                    Rules.BinEdges.EXACT,
                    Rules.OneValue.FIRST,
                    Rules.Kurtosis.PLAIN,
                    0,
                    Rules.Surface.HALF_TABLE,
                    Rules.Axes.POPULATION,
                    Rules.Undefined.PYRADIOMICS,
                    Math.ulp(1.0),
                    true)),
    /** MIRP 2, whose deviations from the manual are few. */
    MIRP(
            new Rules(
                    Grid.Rule.IBSI,
                    Interpolation.LINEAR,
                    Rules.SplineEdge.REPEATED,
                    0.98,
                    Rules.Rounding.HU,
                    OptionalDouble.empty(),
                    Rules.BinAnchor.LOWEST,
                    Rules.BinEdges.EXACT,
                    Rules.OneValue.MIDDLE,
                    Rules.Kurtosis.EXCESS,
                    0,
                    Rules.Surface.CLOSED,
                    Rules.Axes.SAMPLE,
                    Rules.Undefined.MIRP,
                    0,
                    false));

    private final Rules rules;

    Profile(Rules rules) {
        this.rules = rules;
    }

    /** Returns the rules of the profile. */
    public Rules rules() {
        return rules;
    }
}
