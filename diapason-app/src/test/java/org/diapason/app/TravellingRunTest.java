package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From files to files: ten subjects at two sites, a patient at the first, and one after the fit.
 */
class TravellingRunTest {
    private static final Geometry GRID = Geometry.of(8, 8, 4, 1, 1, 1);

    private static final String RECIPE =
            """
            images:
              - travelling-subjects:
                  {image: mr, tissues: [gm, wm], batch: site, source: A, target: B, mapping: affine}
            features:
              - ibsi: {image: mr, mask: gm, families: [statistics]}
            """;

    @TempDir Path folder;
    private final StringBuilder rows =
            new StringBuilder("exam,image.mr,quantity.mr,mask.gm,mask.wm,site,subject\n");

    @Test
    void patientsOfOneSiteGetTheScaleOfTheOther() throws IOException {
        for (int s = 0; s < 10; s++) {
            double gm = 400 + 10 * s;
            scan("A" + s, "A", "S" + s, gm);
            scan("B" + s, "B", "S" + s, gm);
        }
        scan("P1", "A", "", 470);
        Path out = run(RECIPE);
        assertEquals(2.5 * 470 - 100, mean(out, "P1"), 1.5);
        assertTrue(Files.readString(out.resolve("fitted.json")).contains("travelling-subjects-mo"));
        String judged = Files.readString(out.resolve("judgement.json"));
        assertTrue(judged.contains("\"slopeInterval\": [2.4"), judged);
    }

    @Test
    void aFeatureThatItsOwnNormalizationFixedIsMarkedInTheRun() throws IOException {
        scan("P1", "A", "", 470);
        scan("P2", "A", "", 520);
        String recipe =
                """
                images:
                  - reference-tissue: {mask: gm, target-mean: 100, target-sd: 20}
                features:
                  - ibsi: {image: mr, mask: gm, families: [statistics]}
                """;
        Path out = run(recipe);
        assertEquals(100, mean(out, "P1"), 1e-4);
        assertEquals(100, mean(out, "P2"), 1e-4);
        String trace = Files.readString(out.resolve("traces/P1.json"));
        assertTrue(trace.contains("\"mr.gm.fixedBy\": \"reference-tissue\""), trace);
        assertTrue(trace.contains("Measure in another mask than the one that normalizes."), trace);
    }

    private Path run(String recipe) throws IOException {
        Files.writeString(folder.resolve("cohort.csv"), rows);
        Files.writeString(folder.resolve("recipe.yaml"), recipe);
        Path out = folder.resolve("out");
        Cli.Said said =
                Cli.run(
                        "run",
                        folder.resolve("recipe.yaml"),
                        "--cohort",
                        folder.resolve("cohort.csv"),
                        "--out",
                        out);
        assertEquals(0, said.code(), said.err());
        return out;
    }

    private static double mean(Path out, String exam) {
        Csv csv = Csv.read(out.resolve("features.csv"));
        int column = csv.header().indexOf("mr.stat_mean");
        return csv.rows().stream()
                .filter(r -> r.cells().get(0).equals(exam))
                .mapToDouble(r -> Double.parseDouble(r.cells().get(column)))
                .findFirst()
                .orElseThrow();
    }

    /** Grey matter of a mean, white matter 200 above; site B has 2.5 times the signal less 100. */
    private void scan(String id, String site, String subject, double gm) {
        Rng rng = new Rng(Rng.seed(3, id));
        float[] values = new float[GRID.voxels()];
        boolean[] grey = new boolean[values.length];
        boolean[] white = new boolean[values.length];
        for (int v = 0; v < values.length; v++) {
            grey[v] = v % 2 == 0;
            white[v] = v % 2 == 1;
            double x = gm + (white[v] ? 200 : 0) + rng.nextGaussian();
            values[v] = (float) (site.equals("B") ? 2.5 * x - 100 : x);
        }
        Nifti.write(folder.resolve(id + ".nii.gz"), Volume.of(GRID, values, Quantity.UNKNOWN));
        Nifti.writeMask(folder.resolve("gm.nii.gz"), Mask.of(GRID, grey));
        Nifti.writeMask(folder.resolve("wm.nii.gz"), Mask.of(GRID, white));
        rows.append(id)
                .append(',')
                .append(id)
                .append(".nii.gz,MR,gm.nii.gz,wm.nii.gz,")
                .append(site)
                .append(',')
                .append(subject)
                .append('\n');
    }
}
