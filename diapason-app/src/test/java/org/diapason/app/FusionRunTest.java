package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diapason.io.Images;
import org.diapason.io.nifti.Nifti;
import org.diapason.io.table.Csv;
import org.diapason.io.transform.Transforms;
import org.diapason.phantom.Motion;
import org.diapason.phantom.ObjectLibrary;
import org.diapason.phantom.RegistrationPair;
import org.diapason.registration.LinearModel;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of examples/fusion: from the files of a visit to features of a fused image. */
class FusionRunTest {
    private static final Path EXAMPLES = Path.of("../examples/fusion");

    private static final String SCALED =
            "not quantitative: the images were put on a scale of their own";

    @TempDir Path folder;

    private static RegistrationPair pair(String to, double mm, long seed, double... pose) {
        Affine moved = LinearModel.RIGID.at(pose, new double[3]);
        return RegistrationPair.head(
                "ct",
                to,
                RegistrationPair.grid(4),
                RegistrationPair.grid(mm),
                Motion.of(moved),
                seed);
    }

    private Path run(Path recipe, Path cohort, Path root) {
        Path out = folder.resolve("out");
        Cli.Said said = Cli.run("run", recipe, "--cohort", cohort, "--root", root, "--out", out);
        assertEquals("", said.err());
        assertTrue(said.out().startsWith("1 done\n"), said.out());
        return out;
    }

    /** Columns with what the dictionary remarks of them. */
    private static Map<String, String> remarks(Path out) {
        Csv csv = Csv.read(out.resolve("features-dictionary.csv"));
        return csv.rows().stream()
                .collect(Collectors.toMap(r -> csv.text(r, "column"), r -> csv.text(r, "remark")));
    }

    private static double figure(Path out, String beside, String metric) {
        Csv csv = Csv.read(out.resolve("image-quality.csv"));
        return csv.rows().stream()
                .filter(r -> csv.text(r, "beside").equals(beside))
                .filter(r -> csv.text(r, "metric").equals(metric))
                .mapToDouble(r -> Double.parseDouble(csv.text(r, "value")))
                .findFirst()
                .orElseThrow();
    }

    /** A head in CT, PET and MR, the PET and the MR each in another pose. */
    @Test
    void aHeadIsRegisteredFusedJudgedDrawnAndMeasured() throws IOException {
        RegistrationPair pet = pair("pet", 4, 1, 6, -4, 3, 0.05, -0.04, 0.06);
        RegistrationPair mr = pair("t1", 3.5, 2, -5, 3, 4, -0.04, 0.05, 0.03);
        Nifti.write(folder.resolve("ct.nii.gz"), pet.fixed());
        Nifti.write(folder.resolve("pet.nii.gz"), pet.moving());
        Nifti.write(folder.resolve("mr.nii.gz"), mr.moving());
        Geometry grid = pet.fixed().geometry();
        Nifti.writeMask(
                folder.resolve("lesion.nii.gz"),
                ObjectLibrary.of("whole-head-ct").masks(grid, 0).get("lesion"));
        Path cohort = folder.resolve("cohort.csv");
        Files.writeString(
                cohort,
                "exam,image.ct,quantity.ct,image.pet,quantity.pet,image.mr,quantity.mr,mask.lesion\n"
                        + "E1,ct.nii.gz,HU,pet.nii.gz,SUVbw,mr.nii.gz,MR,lesion.nii.gz\n");
        Path recipe = folder.resolve("recipe.yaml");
        String text = Files.readString(EXAMPLES.resolve("recipe.yaml"));
        assertTrue(text.contains("spacing-mm: 2\n"));
        Files.writeString(recipe, text.replace("spacing-mm: 2\n", "spacing-mm: 4\n"));
        Path out = run(recipe, cohort, folder);

        Path found = out.resolve("transforms/E1");
        assertTrue(pet.error(Transforms.read(found.resolve("pet.json"))).mean() < 1.5);
        assertTrue(mr.error(Transforms.read(found.resolve("mr.json"))).mean() < 1.5);
        Csv features = Csv.read(out.resolve("features.csv"));
        Map<String, String> remarks = remarks(out);
        for (String column : List.of("fused.stat_mean", "edges.stat_mean", "pet.stat_mean")) {
            assertTrue(Double.isFinite(value(features, column)), column);
        }
        // 1.5 SUV, between the 3 of white matter that PET's blur brings in and nothing else
        assertEquals(2, value(features, "pet.stat_mean"), 0.5);
        assertEquals(SCALED, remarks.get("fused.stat_mean"));
        assertEquals("not quantitative: a map of edge strength", remarks.get("edges.stat_mean"));
        assertEquals("", remarks.get("pet.stat_mean"));
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("image edges: its values are not quantitative (a map of edge"));
        assertFalse(report.contains("image fused: its values are not"), "said once");
        assertTrue(report.contains("image fused, mask lesion: the values are fused and measure"));
        assertTrue(report.contains("Figures of images"));
        assertTrue(report.contains("edges carried over from both sources (qabf)"));
        assertTrue(report.contains("↑ higher"));
        assertTrue(report.contains("<a href=\"images/E1/pet-on-ct.png\">"), "leads to it");
        assertTrue(figure(out, "ct and pet", "qabf") > 0.3);
        assertTrue(figure(out, "mr", "ncc") > 0.5);
        assertTrue(Files.exists(out.resolve("images/E1/lesion-by-edges.mask.nii.gz")));
        assertTheCommandDrawsTheSame(out);
        Cli.Said again = Cli.run("replay", out.resolve("traces/E1.json"));
        assertEquals(0, again.code(), again.out());
        // 3 images, 1 mask in; 5 images, 2 masks, 2 pictures, the features out, and the row
        assertTrue(again.out().contains("E1: 15 of 15 hashes are the same"), again.out());
    }

    private static double value(Csv csv, String column) {
        return Double.parseDouble(csv.text(csv.rows().get(0), column));
    }

    private void assertTheCommandDrawsTheSame(Path out) {
        Path images = out.resolve("images/E1");
        Path png = folder.resolve("drawn.png");
        Cli.Said said =
                Cli.run(
                        "overlay",
                        images.resolve("ct.nii.gz"),
                        images.resolve("pet.nii.gz"),
                        png,
                        "--anat-quantity",
                        "HU",
                        "--func-quantity",
                        "SUVbw");
        assertEquals("", said.err());
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(
                    Images.read(png).volume().channel(c),
                    Images.read(images.resolve("pet-on-ct.png")).volume().channel(c));
        }
    }

    /** The sarcoma of STS_010: PET, CT and MR as they came. */
    @Test
    void aRealVisitGoesThroughTheSameRecipe() throws IOException {
        Path data = Path.of(System.getProperty("diapason.data", "none"), "cohort_sts");
        assumeTrue(Files.isDirectory(data), "needs the STS cohort: -Ddiapason.data=DIR");
        Path cohort = folder.resolve("cohort.csv");
        Files.writeString(
                cohort,
                "exam,image.ct,quantity.ct,image.pet,quantity.pet,image.mr,quantity.mr,mask.lesion\n"
                        + "STS_010,STS_010/CT_image.nii.gz,HU,STS_010/PET_image.nii.gz,SUVbw,"
                        + "STS_010/MR_T1_image.nii.gz,MR,STS_010/CT_mask.nii.gz\n");
        Path out = run(EXAMPLES.resolve("recipe.yaml"), cohort, data);
        assertEquals(SCALED, remarks(out).get("fused.cm_contrast_3D_avg.fbn32"));
        Csv features = Csv.read(out.resolve("features.csv"));
        assertTrue(value(features, "fused.stat_mean") > 0.3, "the tumour shines");
        assertTrue(value(features, "pet.stat_max") > 5, "SUV");
        assertTrue(figure(out, "ct and pet", "qabf") > 0.5);
        assertTrue(Files.size(out.resolve("images/STS_010/fused-seen.png")) > 10_000);
    }

    /** ADC and T2 of one patient on two grids; nothing is measured, as there is no mask. */
    @Test
    void adcGoesOntoT2() throws IOException {
        Path data = Path.of(System.getProperty("diapason.data", "none"), "dicom/adc_t2_pair");
        assumeTrue(Files.isDirectory(data), "needs the ADC and T2 pair: -Ddiapason.data=DIR");
        Path cohort = folder.resolve("cohort.csv");
        Files.writeString(cohort, "exam,image.t2,image.adc\nvisit,t2_image,adc_image\n");
        Path out = run(EXAMPLES.resolve("adc-t2.yaml"), cohort, data);
        assertTrue(figure(out, "t2 and adc", "qabf") > 0.4);
        assertTrue(Files.size(out.resolve("images/visit/adc-on-t2.png")) > 10_000);
        assertFalse(Files.exists(out.resolve("features.csv")));
        Geometry t2 = Nifti.readGeometry(out.resolve("images/visit/t2.nii.gz"));
        assertTrue(t2.isClose(Nifti.readGeometry(out.resolve("images/visit/fused.nii.gz")), 1e-6));
    }
}
