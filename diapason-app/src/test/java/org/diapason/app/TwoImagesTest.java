package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two images of one visit, each on its own grid with its own mask of the same tumour. */
class TwoImagesTest {
    private static final String RECIPE =
            """
            images:
              - isotropic: {image: pet, spacing-mm: 3}
              - isotropic: {image: mr, spacing-mm: 1.5}
            features:
              - ibsi: {image: pet, mask: tumour-pet, region: tumour}
              - ibsi: {image: mr, mask: tumour-mr, region: tumour}
            """;

    @TempDir Path folder;

    private void image(String name, Geometry grid, int radius) {
        float[] values = new float[grid.voxels()];
        boolean[] tumour = new boolean[grid.voxels()];
        int v = 0;
        for (int k = 0; k < grid.nk(); k++) {
            for (int j = 0; j < grid.nj(); j++) {
                for (int i = 0; i < grid.ni(); i++, v++) {
                    values[v] = 1 + (i * 7 + j * 3 + k * 5) % 11;
                    int away =
                            Math.max(Math.abs(i - 5), Math.max(Math.abs(j - 5), Math.abs(k - 4)));
                    tumour[v] = away <= radius;
                }
            }
        }
        Nifti.write(folder.resolve(name + ".nii.gz"), Volume.of(grid, values, Quantity.UNKNOWN));
        Nifti.writeMask(folder.resolve(name + "-mask.nii.gz"), Mask.of(grid, tumour));
    }

    @Test
    void petAndMrOfOneTumourShareARow() throws IOException {
        image("pet", Geometry.of(11, 11, 9, 4, 4, 3), 2);
        image("mr", Geometry.of(12, 11, 10, 1, 1, 3), 3);
        Files.writeString(
                folder.resolve("cohort.csv"),
                "exam,image.pet,quantity.pet,mask.tumour-pet,image.mr,quantity.mr,mask.tumour-mr\n"
                        + "E01,pet.nii.gz,SUVbw,pet-mask.nii.gz,mr.nii.gz,MR,mr-mask.nii.gz\n");
        Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
        Path out = folder.resolve("out");
        Cli.Said said =
                Cli.run(
                        "run",
                        folder.resolve("recipe.yaml"),
                        "--cohort",
                        folder.resolve("cohort.csv"),
                        "--out",
                        out);
        assertEquals("", said.err());
        assertEquals(
                "1 done\nwarnings of 1 exam are in the report\nreport: "
                        + out.resolve("report.html")
                        + "\n",
                said.out());
        Csv csv = Csv.read(out.resolve("features.csv"));
        assertEquals(1, csv.rows().size());
        assertEquals(List.of("E01", "tumour"), csv.rows().get(0).cells().subList(0, 2));
        List<String> header = csv.header();
        assertTrue(header.contains("pet.stat_mean") && header.contains("mr.stat_mean"));
        // the defaults of their quantities: SUV by bins of 0.5, unitless MR by 32 bins
        assertTrue(header.stream().anyMatch(c -> c.startsWith("pet.") && c.endsWith(".fbs0.5")));
        assertTrue(header.stream().anyMatch(c -> c.startsWith("mr.") && c.endsWith(".fbn32")));
        assertTrue(header.stream().noneMatch(c -> c.startsWith("mr.") && c.contains(".fbs")));
        // grid rule ceil(n s / t): 11·4/3, 9·3/3 and 12/1.5, 11/1.5, 10·3/1.5
        assertGrid(15, 15, 9, 3, out.resolve("images/E01/pet.nii.gz"));
        assertGrid(15, 15, 9, 3, out.resolve("images/E01/tumour-pet.mask.nii.gz"));
        assertGrid(8, 8, 20, 1.5, out.resolve("images/E01/mr.nii.gz"));
        assertGrid(8, 8, 20, 1.5, out.resolve("images/E01/tumour-mr.mask.nii.gz"));
    }

    private static void assertGrid(int ni, int nj, int nk, double spacingMm, Path file) {
        Geometry g = Nifti.readGeometry(file);
        assertEquals(List.of(ni, nj, nk), List.of(g.ni(), g.nj(), g.nk()));
        assertEquals(spacingMm, g.spacing(0), 1e-6);
        assertEquals(spacingMm, g.spacing(2), 1e-6);
    }
}
