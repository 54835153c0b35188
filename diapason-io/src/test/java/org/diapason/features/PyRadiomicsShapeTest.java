package org.diapason.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.Masks;
import org.diapason.surface.Diameters;
import org.diapason.surface.Hull;
import org.diapason.surface.LatticeMesh;
import org.diapason.surface.MarchingCubes;
import org.diapason.volume.Mask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shape of real masks against the values of PyRadiomics. */
class PyRadiomicsShapeTest {
    private static final Path DATA = Path.of(System.getProperty("diapason.data", "absent"));

    // PyRadiomics' baseline_shape.csv; brain1 is left out of the first two: its published table
    // gives 6438.82 mm² and 16147.51 mm³ for that mask, compiled and run alone, where the baseline
    // says 6433.73 and 16149.50
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "breast1, 172.887079476, 124.091304832, 9.08101860833, 8.39979371027, 7.12140846294,"
                + " 8.24091097816",
        "lung1, 782.241457999, 1330.97607931, 21.3449467202, 16.6273237626, 19.5556659888,"
                + " 17.5574948384",
        "lung2, 9537.54487991, 48292.5216046, 68.9824710303, 55.8023479973, 65.3030786496,"
                + " 62.1026289395",
        // cshape.c of 2025-05-14 compiled and run alone on the mask
        "brain1, 6438.821603779401, 16147.51180013162, 69.6009903059, 53.5939777692,"
                + " 49.4908549791, 65.8890595172",
    })
    void theHalfTableGivesPyRadiomicsShape(
            String name,
            double area,
            double volume,
            double diameter,
            double slice,
            double column,
            double row) {
        Path file = DATA.resolve("pyradiomics").resolve(name + "_label.nrrd");
        Assumptions.assumeTrue(Files.isRegularFile(file), "no mask at " + file);
        Mask mask = Masks.read(file);
        LatticeMesh surface = MarchingCubes.withHalfTable(mask.geometry(), mask.voxels());
        assertEquals(area, surface.alongAxes().areaMm2(), 1e-9 * area);
        assertEquals(volume, surface.alongAxes().volumeMm3(), 1e-9 * volume);
        Hull hull = surface.hull();
        assertEquals(diameter, Diameters.greatestMm(surface.toMm(hull.points())), 1e-9 * diameter);
        assertEquals(slice, Diameters.greatestAcrossMm(surface, 2), 1e-9 * slice);
        assertEquals(column, Diameters.greatestAcrossMm(surface, 1), 1e-9 * column);
        assertEquals(row, Diameters.greatestAcrossMm(surface, 0), 1e-9 * row);
    }
}
