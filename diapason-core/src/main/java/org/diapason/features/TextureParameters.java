package org.diapason.features;

import java.util.List;
import java.util.OptionalDouble;
import org.diapason.step.Default;

/**
 * Which voxels are neighbours, and what they count for.
 *
 * <p>The defaults are those of the consensus values; the manual cautions against all else. Runs
 * follow the directions of Chebyshev distance 1, zones are linked at Chebyshev distance 1 and their
 * distance to the border is counted in faces (Manhattan): these have no setting.
 *
 * <p>Reference: IBSI reference manual, arXiv:1612.07003, "Grid distances" (MPUJ), "Distance
 * weighting" (6CK8) and sections 3.6 to 3.11. Weights in mm as in van Griethuysen et al. 2017,
 * Cancer Research 77(21):e104–e107, doi:10.1158/0008-5472.CAN-17-0339 (PyRadiomics: weightingNorm).
 *
 * @param norm how the distances below are measured
 * @param distance pairs of the co-occurrence matrix are so many voxels apart, 1 … 5: by the
 *     Chebyshev norm the 13 directions times the distance, by another norm all steps longer than
 *     the distance less 1 and at most the distance
 * @param weighting what a direction counts for where co-occurrence and run length matrices of
 *     several directions are merged; averages do not change
 * @param weightingNorm how the step of a weighted direction is measured
 * @param ngtdmDistance neighbours of the grey tone difference matrix are at most this many voxels
 *     away; 1 … 5
 * @param ngldmDistance neighbours of the grey level dependence matrix are at most this many voxels
 *     away; 1 … 5
 * @param coarseness levels of the dependence matrix that differ by at most this much depend on each
 *     other (α); 0 … 4095
 * @param distanceMm in the place of the three distances: neighbours are at most this many mm away,
 *     pairs also more than this less the shortest side of a voxel
 * @param weightingMm measure the step of a weighted direction in mm, not in voxels
 */
public record TextureParameters(
        @Default("chebyshev") Norm norm,
        @Default("1") int distance,
        @Default("none") Weighting weighting,
        @Default("euclidean") Norm weightingNorm,
        @Default("1") int ngtdmDistance,
        @Default("1") int ngldmDistance,
        @Default("0") int coarseness,
        @Default("") OptionalDouble distanceMm,
        @Default("false") boolean weightingMm) {

    /** The parameters of the consensus values. */
    public static final TextureParameters IBSI =
            new TextureParameters(Norm.CHEBYSHEV, 1, Weighting.NONE, Norm.EUCLIDEAN, 1, 1, 0);

    private static final int FURTHEST = 5;

    public TextureParameters {
        require("distance", distance, 1, FURTHEST);
        require("ngtdm-distance", ngtdmDistance, 1, FURTHEST);
        require("ngldm-distance", ngldmDistance, 1, FURTHEST);
        require("coarseness", coarseness, 0, Levels.MOST - 1);
        if (distanceMm.isPresent()) {
            double mm = distanceMm.getAsDouble();
            if (!(mm > 0) || Double.isInfinite(mm)) {
                throw new IllegalArgumentException(
                        "distance-mm must be positive, got " + mm + " mm");
            }
            if (distance != 1 || ngtdmDistance != 1 || ngldmDistance != 1) {
                throw new IllegalArgumentException(
                        "distance-mm stands in the place of distance, ngtdm-distance and"
                                + " ngldm-distance: leave these out, or leave distance-mm out");
            }
        }
    }

    /** Makes parameters whose distances and weights are in voxels. */
    public TextureParameters(
            Norm norm,
            int distance,
            Weighting weighting,
            Norm weightingNorm,
            int ngtdmDistance,
            int ngldmDistance,
            int coarseness) {
        this(
                norm,
                distance,
                weighting,
                weightingNorm,
                ngtdmDistance,
                ngldmDistance,
                coarseness,
                OptionalDouble.empty(),
                false);
    }

    /** Returns all families, in the order of the manual and by its rules. */
    public List<Texture> families() {
        return families(Rules.IBSI);
    }

    /** Returns all families, in the order of the manual. */
    public List<Texture> families(Rules rules) {
        return List.of(
                new Glcm(this, rules),
                new Glrlm(this, rules),
                new Glszm(rules),
                new Gldzm(rules),
                new Ngtdm(this, rules),
                new Ngldm(this, rules));
    }

    private static void require(String what, int found, int least, int most) {
        if (found < least || found > most) {
            String unit = what.endsWith("distance") ? " voxels" : " levels";
            throw new IllegalArgumentException(
                    what + " must be " + least + " … " + most + unit + ", got " + found);
        }
    }
}
