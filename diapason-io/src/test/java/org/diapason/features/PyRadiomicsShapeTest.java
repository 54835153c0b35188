package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diapason.io.Images;
import org.diapason.io.TestData;
import org.diapason.surface.LatticeMesh;
import org.diapason.surface.MarchingCubes;
import org.diapason.surface.Mesh;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of masks without an image, and what is wrong with one baseline. */
class PyRadiomicsShapeTest {

    /** The images of lung1 and lung2 are not here; shape asks for the masks alone. */
    @ParameterizedTest
    @ValueSource(strings = {"lung1", "lung2"})
    void theShapeOfTheLungsIsTheirs(String exam) throws IOException {
        Volume label = label(exam);
        boolean[] voxels = voxels(label);
        Region none = new Region(label.geometry(), new int[0], new float[0]);
        Rules rules = Profile.PYRADIOMICS.rules();
        Map<String, Double> ours = new TreeMap<>();
        put(ours, Morphology.FEATURES, Morphology.of(label.geometry(), voxels, none, rules));
        put(ours, Morphology.EXTRAS, Morphology.extras(label.geometry(), voxels, rules));
        Map<String, Double> theirs = baseline("baseline_shape.csv", exam);
        assertEquals(14, theirs.size());
        assertMet(theirs, ours);
    }

    private static void assertMet(Map<String, Double> theirs, Map<String, Double> ours) {
        theirs.forEach(
                (name, value) ->
                        assertEquals(
                                value,
                                ours.get(PyRadiomicsNames.tag(name).orElseThrow()),
                                1e-6 * value,
                                name));
    }

    /** Of the slice that the baseline's diagnostics name: the largest of the mask. */
    @ParameterizedTest(name = "{0}, slice {1}")
    @CsvSource({"brain1, 16", "breast1, 9", "lung1, 33", "lung2, 22"})
    void theShapeOfOneSliceIsTheirs(String exam, int k) throws IOException {
        Volume label = label(exam);
        boolean[] all = voxels(label);
        boolean[] voxels = new boolean[all.length];
        int plane = label.geometry().ni() * label.geometry().nj();
        System.arraycopy(all, k * plane, voxels, k * plane, plane);
        Region none = new Region(label.geometry(), new int[0], new float[0]);
        Rules rules = Profile.PYRADIOMICS.rules();
        Map<String, Double> ours = new TreeMap<>();
        put(ours, Morphology.FEATURES, Morphology.of(label.geometry(), voxels, none, rules));
        put(ours, Morphology.EXTRAS, Morphology.extras(label.geometry(), voxels, rules));
        put(ours, PlaneShape.FEATURES, PlaneShape.of(label.geometry(), voxels));
        Map<String, Double> theirs = baseline("baseline_shape2D.csv", exam + "_shape2D");
        assertEquals(9, theirs.size());
        assertMet(theirs, ours);
    }

    /**
     * The baseline of brain1 was made by the unpublished build 2.0.1b1.post11+g127d134. Two of this
     * mask's cubes have the case (number 62 in their table of 128) whose five triangles are (11 10
     * 0) (0 3 11) (10 5 0) (0 7 8) (5 7 0) in every published version. Without the fifth, and with
     * nothing else changed, area and volume are those of the baseline to every digit it has.
     */
    @Test
    void theBaselineOfBrainLacksOneTriangleInEachOfTwoCubes() throws IOException {
        Volume label = label("brain1");
        LatticeMesh whole = MarchingCubes.withHalfTable(label.geometry(), voxels(label));
        // the voxel before the first of the mask, in half steps: PyRadiomics pads by one
        int[] from = {2 * 161, 2 * 83, 2 * 10};
        int[] kept = whole.triangles();
        // their array indices (z 4, y 22, x 31) and (z 4, y 25, x 44) of the padded box
        for (int[] cube : new int[][] {{31, 22, 4}, {44, 25, 4}}) {
            kept = without(whole, kept, fifth(cube, from));
        }
        assertEquals(whole.triangles().length - 6, kept.length);
        double[] mm = whole.toMm(whole.halves());
        double[] corner = whole.toMm(from);
        Mesh mesh = Mesh.of(mm, kept);
        assertEquals(6433.7343171, mesh.areaMm2(), 1e-6);
        assertEquals(16149.4954427, mesh.volumeMm3(corner[0], corner[1], corner[2]), 1e-6);
        Mesh published = Mesh.of(mm, whole.triangles());
        // gcc cshape.c of their commits 7fd96f2 and 20817e4, calculate_coefficients on this mask
        assertEquals(6438.821603779402, published.areaMm2(), 1e-8);
        assertEquals(
                16147.511800130209, published.volumeMm3(corner[0], corner[1], corner[2]), 1e-8);
    }

    /** Returns edges 5, 7 and 0 of a cube in half steps: (1, ½, 1), (0, ½, 1), (½, 0, 0). */
    private static int[][] fifth(int[] cube, int[] from) {
        int[][] points = {{2, 1, 2}, {0, 1, 2}, {1, 0, 0}};
        for (int[] point : points) {
            for (int a = 0; a < 3; a++) {
                point[a] += from[a] + 2 * cube[a];
            }
        }
        return points;
    }

    private static int[] without(LatticeMesh mesh, int[] triangles, int[][] points) {
        int[] kept = new int[triangles.length];
        int n = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            int found = 0;
            for (int c = 0; c < 3; c++) {
                int p = 3 * triangles[t + c];
                for (int[] point : points) {
                    found += Arrays.equals(mesh.halves(), p, p + 3, point, 0, 3) ? 1 : 0;
                }
            }
            if (found < 3) {
                System.arraycopy(triangles, t, kept, n, 3);
                n += 3;
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static void put(Map<String, Double> into, List<Feature> features, double[] values) {
        for (int f = 0; f < values.length; f++) {
            into.put(features.get(f).tag(), values[f]);
        }
    }

    private static Volume label(String exam) throws IOException {
        return Images.read(TestData.real("pyradiomics").resolve(exam + "_label.nrrd")).volume();
    }

    private static boolean[] voxels(Volume label) {
        boolean[] voxels = new boolean[label.values().length];
        for (int v = 0; v < voxels.length; v++) {
            voxels[v] = label.values()[v] == 1;
        }
        return voxels;
    }

    private static Map<String, Double> baseline(String table, String column) throws IOException {
        Path file = TestData.real("pyradiomics").resolve("baseline/" + table);
        List<String> lines = Files.readAllLines(file);
        int at = List.of(lines.get(0).split(",")).indexOf(column);
        Map<String, Double> values = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith("original_")) {
                values.put(line.split(",")[0], Double.parseDouble(line.split(",")[at]));
            }
        }
        return values;
    }
}
