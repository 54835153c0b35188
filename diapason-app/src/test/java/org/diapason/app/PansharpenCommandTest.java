package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diapason.io.Images;
import org.diapason.math.Gauss;
import org.diapason.math.Rng;
import org.diapason.pansharpening.Gain;
import org.diapason.pansharpening.MtfGlp;
import org.diapason.pansharpening.Pansharpened;
import org.diapason.pansharpening.Resolution;
import org.diapason.pansharpening.Wald;
import org.diapason.quality.Metric;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sharp image of noise and two bands of 3 mm that share it, one with the other sign. */
class PansharpenCommandTest {
    private static final Geometry GRID = Geometry.of(32, 30, 28, 1, 1, 1);

    @TempDir Path folder;
    private Path mr;
    private Path low;
    private Path high;
    private Path out;
    private final List<float[]> bands = new ArrayList<>();

    @BeforeEach
    void writeImages() {
        mr = folder.resolve("mr.nii.gz");
        low = folder.resolve("b50.nii.gz");
        high = folder.resolve("b800.nii.gz");
        out = folder.resolve("out.nii.gz");
        float[] sharp = noise(1);
        write(mr, Volume.of(GRID, sharp, Quantity.UNKNOWN));
        double sigma = 3 / Gauss.FWHM_PER_SIGMA;
        double[] share = {0.8, -0.3};
        for (int b = 0; b < 2; b++) {
            float[] truth = noise(2 + b);
            for (int v = 0; v < truth.length; v++) {
                truth[v] = (float) (100 + share[b] * sharp[v] + 0.2 * truth[v]);
            }
            bands.add(Gauss.blur(GRID, truth, sigma, sigma, sigma));
            write(b == 0 ? low : high, Volume.of(GRID, bands.get(b), Quantity.UNKNOWN));
        }
    }

    private static float[] noise(long seed) {
        Rng rng = new Rng(seed);
        float[] values = new float[GRID.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (float) (200 + 30 * rng.nextGaussian());
        }
        return values;
    }

    private static void write(Path file, Volume volume) {
        Images.write(file, Image.of(volume));
    }

    @Test
    void oneBandIsWrittenAsOutAndJudged() throws Exception {
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "pansharpen",
                        mr,
                        low,
                        out,
                        "--rule",
                        "mtf-glp",
                        "--fwhm-mm",
                        3,
                        "--judge",
                        "--mask",
                        box(),
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        assertTrue(Images.read(out).volume().geometry().isClose(GRID, 1e-3));
        assertTrue(
                said.out()
                        .startsWith("sharpened     b50.nii.gz by mtf-glp, detail of mr.nii.gz\n"));
        assertTrue(
                said.out().contains("a blur of 3.00 × 3.00 × 3.00 mm between them, ratio 2.58"),
                said.out());
        assertTrue(said.out().contains("↓ rmse"), said.out());
        assertTrue(said.out().contains("dS "), said.out());
        assertTrue(said.out().contains("drift         b50.nii.gz: mean 300.800 + "), said.out());
        assertTrue(said.out().endsWith("written       out.nii.gz\n"), said.out());
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"rmseLeftAlone\": "), fields);
        assertTrue(fields.contains("\"harm\": null"), fields);
        assertTrue(fields.contains("\"quantitative\": true"), fields);
        assertTrue(fields.contains("\"largestDrift\": "), fields);
    }

    private Path box() {
        float[] in = new float[GRID.voxels()];
        Arrays.fill(in, 9 * 960 + 300, 9 * 960 + 320, 1);
        Path mask = folder.resolve("box.nii.gz");
        write(mask, Volume.of(GRID, in, Quantity.UNKNOWN));
        return mask;
    }

    @Test
    void severalBandsAreWrittenUnderTheirNamesAndChannelsAreBands() {
        Cli.Said said =
                Cli.run(
                        "pansharpen",
                        mr,
                        low,
                        high,
                        out,
                        "--rule",
                        "gram-schmidt",
                        "--fwhm-mm",
                        "3,3,3");
        assertEquals("", said.err());
        assertTrue(said.out().endsWith("written       out.b50.nii.gz, out.b800.nii.gz\n"));
        assertFalse(Files.exists(out));
        assertTrue(
                said.out().contains("b800.nii.gz: sharpened, not quantitative (the rule puts the"),
                said.out());
        float[] second = Images.read(folder.resolve("out.b800.nii.gz")).volume().values();
        Path both = folder.resolve("dwi.nii.gz");
        write(both, Volume.of(GRID, bands, Channels.COMPONENTS, Quantity.UNKNOWN));
        said = Cli.run("pansharpen", mr, both, out, "--rule", "gram-schmidt", "--fwhm-mm", 3);
        assertEquals("", said.err());
        assertTrue(said.out().contains("dwi.nii.gz [2]: RMSE "), said.out());
        Volume together = Images.read(out).volume();
        assertEquals(2, together.channels());
        assertArrayEquals(second, together.channel(1));
    }

    @Test
    void harmIsSaidInFullAndNothingIsWritten() throws Exception {
        Path json = folder.resolve("harm.json");
        Object[] words = {
            "pansharpen",
            mr,
            high,
            out,
            "--rule",
            "{mtf-glp: {gain: sd}}",
            "--fwhm-mm",
            3,
            "--json",
            json
        };
        Cli.Said said = Cli.run(words);
        assertEquals(1, said.code());
        assertTrue(said.err().startsWith("diapason: mtf-glp does harm: one resolution step"));
        assertTrue(said.out().contains(": harm\n"), said.out());
        assertFalse(Files.exists(out));
        assertTrue(Files.readString(json).contains("\"files\": []"), Files.readString(json));
        List<Object> more = new ArrayList<>(List.of(words));
        more.addAll(List.of("--harm", "warn"));
        said = Cli.run(more.toArray());
        assertEquals(0, said.code());
        assertTrue(said.err().startsWith("warning: mtf-glp does harm"), said.err());
        assertTrue(Files.exists(out));
    }

    @Test
    void wrongUseIsNamedBeforeAnythingIsRead() {
        assertEquals(
                "diapason: fuse: rule has no \"ihs\"; it gives images roles, one that is sharp and"
                        + " bands that are not, and belongs to pansharpen: diapason pansharpen SHARP"
                        + " BAND OUT --rule ihs, or the step pansharpen.\n",
                Cli.run("fuse", "a", "b", out, "--rule", "ihs").err());
        assertEquals(
                "diapason: pansharpen: rule has no \"swt\"; it treats all images alike and belongs to"
                        + " fuse: diapason fuse A B OUT --rule swt, or the step fuse.\n",
                Cli.run("pansharpen", "a", "b", out, "--rule", "swt").err());
        assertEquals(
                "diapason: OUT b.png: images are written as .nii.gz, .nii, .nrrd, .mha or .mhd.\n",
                Cli.run("pansharpen", "a", "b", folder.resolve("b.png"), "--rule", "hpf").err());
        for (List<Object> wrong :
                List.<List<Object>>of(
                        List.of("pansharpen", mr, low, mr, "--rule", "hpf"),
                        List.of("pansharpen", mr, out, "--rule", "hpf"),
                        List.of("pansharpen", mr, low, out),
                        List.of("pansharpen", mr, low, low, out, "--rule", "hpf"),
                        List.of("pansharpen", mr, low, out, "--rule", "hpf", "--harm", "no"),
                        List.of("pansharpen", mr, low, out, "--rule", "hpf", "--fwhm-mm", "1,2"),
                        List.of(
                                "pansharpen",
                                mr,
                                low,
                                out,
                                "--rule",
                                "hpf",
                                "--nyquist-gain",
                                2))) {
            assertEquals(2, Cli.run(wrong.toArray()).code(), wrong.toString());
        }
        Cli.Said unknown = Cli.run("pansharpen", mr, low, out, "--rule", "hpf");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("how coarse they are is not known"), unknown.err());
        assertFalse(Files.exists(out));
    }

    /**
     * CT and PET of a sarcoma patient, PET without its outermost two columns and rows, which CT
     * does not cover. numpy 2.4 and scipy 1.17: CT blurred by {@code correlate1d}, σ 2.766 pixels,
     * and taken at the places of PET by {@code map_coordinates(order=3, mode='mirror')}; both
     * blurred again by σ 5.6 times that, onto 5 × 5 × 48 voxels and back; one regression over all
     * voxels.
     */
    @Test
    void realImagesAreJudgedAsAScriptJudgesThem() {
        Path data = Path.of(System.getProperty("diapason.data", "absent"), "cohort_sts", "STS_002");
        assumeTrue(Files.isDirectory(data), "no " + data);
        Volume ct = Images.read(data.resolve("CT_image.nii.gz")).volume();
        Volume pet = inner(Images.read(data.resolve("PET_image.nii.gz")).volume());
        Wald.Judged j = judged(ct, pet, Gain.REGRESSION);
        assertEquals(0.9647686, j.untouchedRmse(), 1e-4);
        assertEquals(0.9600088, j.rmse(), 1e-4);
        assertEquals(0.7707966, j.sharpened().get(Metric.NCC).value(), 1e-4);
        j = judged(ct, pet, Gain.SD);
        assertEquals(0.9874792, j.rmse(), 1e-4);
        assertTrue(j.harmed());
    }

    private static Wald.Judged judged(Volume ct, Volume pet, Gain gain) {
        return Pansharpened.of(
                        new MtfGlp(gain),
                        ct,
                        List.of("pet"),
                        List.of(pet),
                        Resolution.unsaid(),
                        Optional.empty())
                .wald()
                .bands()
                .get(0);
    }

    private static Volume inner(Volume v) {
        Geometry g = v.geometry();
        Geometry less =
                new Geometry(
                        g.ni() - 4,
                        g.nj() - 4,
                        g.nk(),
                        g.spacingMm(),
                        g.toWorld(2, 2, 0),
                        g.direction());
        float[] values = new float[less.voxels()];
        for (int n = 0; n < values.length; n++) {
            int i = n % less.ni();
            int j = n / less.ni() % less.nj();
            values[n] = v.at(i + 2, j + 2, n / less.ni() / less.nj());
        }
        return Volume.of(less, values, v.quantity());
    }
}
