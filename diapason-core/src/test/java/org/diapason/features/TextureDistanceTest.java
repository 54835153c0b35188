package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances and weights of texture in mm. */
class TextureDistanceTest {
    private static TextureParameters mm(Norm norm, double distance) {
        return new TextureParameters(
                norm,
                1,
                Weighting.NONE,
                Norm.EUCLIDEAN,
                1,
                1,
                0,
                OptionalDouble.of(distance),
                false);
    }

    @ParameterizedTest(name = "{0} at {1} voxels of 0.8 mm")
    @CsvSource({"CHEBYSHEV, 1", "MANHATTAN, 1", "MANHATTAN, 2", "EUCLIDEAN, 2", "EUCLIDEAN, 3"})
    void onCubesADistanceInMmIsThatInVoxels(Norm norm, int voxels) {
        LevelGrid grid = Textures.inFullMask(6, 5, 4, Textures.random(5, 3));
        TextureParameters whole =
                new TextureParameters(
                        norm, voxels, Weighting.NONE, Norm.EUCLIDEAN, voxels, voxels, 0);
        // a file's spacing is a float: a little more than 0.8
        LevelGrid spaced = Textures.spaced(grid, 0.8f, 0.8f, 0.8f);
        assertEquals(Textures.all(grid, whole), Textures.all(spaced, mm(norm, voxels * 0.8)));
    }

    /** PyRadiomics, distances [2]: 98 neighbours, 49 of them one of each opposite pair. */
    @Test
    void aChebyshevDistanceInMmIsTheWholeSurfaceOfTheCube() {
        assertEquals(
                49,
                Neighbours.ofPairs(mm(Norm.CHEBYSHEV, 2), Numbers.of(1, 1, 1), Dimension.VOLUME)
                        .size());
    }

    /** Within 5 mm on (2.5, 2.5, 5) mm: a disc of radius 2 in the slice and one voxel each way. */
    @Test
    void aLongVoxelHasFewerNeighboursAlongItsLength() {
        Numbers spacing = Numbers.of(2.5, 2.5, 5);
        TextureParameters p = mm(Norm.EUCLIDEAN, 5);
        assertEquals(12 + 2, Neighbours.around(p, 1, spacing, Dimension.VOLUME).size());
        assertEquals(12, Neighbours.around(p, 1, spacing, Dimension.SLICE).size());
        // longer than 2.5 mm: (2, 0), (1, 1), (0, 2), (−1, 1) and (0, 0, 1)
        assertEquals(5, Neighbours.ofPairs(p, spacing, Dimension.VOLUME).size());
        assertEquals(4, Neighbours.ofPairs(p, spacing, Dimension.SLICE).size());
    }

    /** Levels 1 2 4 in a row of 2 mm: pairs 4 mm apart are 1 4, tones see both others. */
    @Test
    void everyFamilyWithADistanceTakesItInMm() {
        LevelGrid row = Textures.spaced(Textures.grid(3, 1, 1, 1, 2, 4), 2, 2, 2);
        Map<String, Double> all = Textures.all(row, mm(Norm.CHEBYSHEV, 4));
        assertEquals(9, all.get("cm_contrast_3D_comb"));
        assertEquals(3 / 5.0, all.get("ngt_coarseness_3D"), 1e-14);
        TextureParameters p =
                new TextureParameters(
                        Norm.CHEBYSHEV,
                        1,
                        Weighting.NONE,
                        Norm.EUCLIDEAN,
                        1,
                        1,
                        2,
                        OptionalDouble.of(4),
                        false);
        // of levels at most 2 apart: 1 and 2; 1, 2 and 4; 2 and 4
        assertEquals((4 + 9 + 4) / 3.0, Textures.all(row, p).get("ngl_hde_3D"), 1e-14);
    }

    /**
     * 1 1 over 2 2 on voxels of 1 × 2 mm: the steps are 1, 2 and √5 mm long. The weights in mm of
     * PyRadiomics (glcm.py, weightingNorm) are exp(−length²).
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "INVERSE, EUCLIDEAN, 0.5, 0.4472135954999579",
        "INVERSE, MANHATTAN, 0.5, 0.3333333333333333",
        "INVERSE, CHEBYSHEV, 0.5, 0.5",
        "EXPONENTIAL, EUCLIDEAN, 0.049787068367863944, 0.01831563888873418"
    })
    void weightsInMmCountAStepByItsLength(
            Weighting weighting, Norm norm, double across, double diagonal) {
        TextureParameters p =
                new TextureParameters(
                        Norm.CHEBYSHEV, 1, weighting, norm, 1, 1, 0, OptionalDouble.empty(), true);
        LevelGrid grid = Textures.spaced(Textures.grid(2, 2, 1, 1, 1, 2, 2), 1, 2, 1);
        Map<String, Double> all = Textures.all(grid, p);
        double contrast = (2 * across + 2 * diagonal) / (2 + 2 * across + 2 * diagonal);
        assertEquals(contrast, all.get("cm_contrast_2D_comb"), 1e-14);
        // runs: 2 along i, 4 along each other direction
        double runs = (2 + 4 * across + 8 * diagonal) / (4 * (1 + across + 2 * diagonal));
        assertEquals(runs, all.get("rlm_r_perc_2D_comb"), 1e-14);
    }

    private static Ibsi of(List<Family> families, Dimension d, double distanceMm) {
        return new Ibsi(
                "ct",
                "gtv",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                families,
                List.of(d),
                mm(Norm.EUCLIDEAN, distanceMm),
                List.of(Discretisation.asLevels()),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false);
    }

    private static Exam exam() {
        Geometry grid = Geometry.of(5, 4, 4, 0.5, 0.5, 5);
        return DigitalPhantom.exam(
                grid, DigitalPhantom.values(), DigitalPhantom.inside(), Quantity.UNKNOWN);
    }

    @ParameterizedTest(name = "{0} at {1} mm")
    @CsvSource(
            delimiter = '|',
            value = {
                "VOLUME | 4  | a distance-mm of 4 mm on voxels of 0.500 × 0.500 × 5.000 mm reaches"
                        + " no neighbour along one axis. Set it to at least 5.000, give sampling a"
                        + " spacing-mm, or measure in 2d.",
                "SLICE  | .4 | a distance-mm of 0.4 mm on voxels of 0.500 × 0.500 × 5.000 mm reaches"
                        + " no neighbour along one axis. Set it to at least 0.500.",
                "VOLUME | 20 | a distance-mm of 20 mm on voxels of 0.500 × 0.500 × 5.000 mm reaches"
                        + " over 59049 voxels, more than 4096. Lower it, or give sampling a larger"
                        + " spacing-mm."
            })
    void aDistanceThatTheGridCannotAnswerIsRefused(Dimension d, double mm, String message) {
        RefusedException e =
                assertThrows(
                        RefusedException.class,
                        () -> of(List.of(Family.NGTDM), d, mm).apply(exam(), new Trace()));
        assertEquals("exam phantom, image ct, mask gtv: " + message, e.getMessage());
    }

    @Test
    void whereAllDistancesAreInMmTheGridIsNotedButNotWarnedOf() {
        Trace trace = new Trace();
        of(List.of(Family.GLCM, Family.NGTDM, Family.NGLDM), Dimension.VOLUME, 5)
                .apply(exam(), trace);
        assertEquals(List.of(), trace.warnings());
        assertEquals(Numbers.of(0.5, 0.5, 5), trace.notes().get("ct.gtv.anisotropicMm"));
    }

    @Test
    void familiesWithoutADistanceAreWarnedOfByName() {
        Trace trace = new Trace();
        of(List.of(Family.GLCM, Family.GLRLM, Family.GLSZM), Dimension.VOLUME, 5)
                .apply(exam(), trace);
        assertEquals(
                List.of(
                        "exam phantom, image ct, mask gtv: glrlm, glszm: texture is measured on"
                                + " voxels of 0.500 × 0.500 × 5.000 mm, where a neighbour is not"
                                + " equally far in every direction: it depends on how the object"
                                + " lies. Give sampling a spacing-mm, or measure in 2d."),
                trace.warnings());
    }

    @ParameterizedTest(name = "{0} mm, {1} voxels")
    @CsvSource(
            delimiter = '|',
            value = {
                "0        | 1 | distance-mm must be positive, got 0.0 mm",
                "NaN      | 1 | distance-mm must be positive, got NaN mm",
                "Infinity | 1 | distance-mm must be positive, got Infinity mm",
                "2        | 2 | distance-mm stands in the place of distance, ngtdm-distance and"
                        + " ngldm-distance: leave these out, or leave distance-mm out"
            })
    void aDistanceInMmStandsAlone(double mm, int voxels, String message) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new TextureParameters(
                                        Norm.CHEBYSHEV,
                                        voxels,
                                        Weighting.NONE,
                                        Norm.EUCLIDEAN,
                                        1,
                                        1,
                                        0,
                                        OptionalDouble.of(mm),
                                        false));
        assertEquals(message, e.getMessage());
    }
}
