package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diapason.catalogue.Tree;
import org.diapason.io.Images;
import org.diapason.io.run.Json;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A step of 100 between two halves, and the same 3 brighter: the closed forms are one line each.
 */
class CompareCommandTest {
    private static final Geometry GRID = Geometry.of(48, 44, 1, 1, 1, 1);

    @TempDir Path folder;
    private Path a;
    private Path b;

    @BeforeEach
    void writeImages() throws IOException {
        a = folder.resolve("a.nii.gz");
        b = folder.resolve("b.nii.gz");
        write(a, 0, GRID);
        write(b, 3, GRID);
    }

    private static void write(Path file, float more, Geometry grid) {
        float[] values = new float[grid.voxels()];
        for (int v = 0; v < values.length; v++) {
            values[v] = (v % grid.ni() < 24 ? 50 : 150) + more;
        }
        Images.write(file, Image.of(Volume.of(grid, values, Quantity.UNKNOWN)));
    }

    private static Tree.Fields metrics(String json, String under) {
        Tree.Fields all = (Tree.Fields) Json.parse("said", json);
        return (Tree.Fields) all.values().get(under);
    }

    private static Map<String, Tree> metric(String json, String name) {
        return ((Tree.Fields) metrics(json, "metrics").values().get(name)).values();
    }

    private static double number(Tree value) {
        return Double.parseDouble(((Tree.Text) value).value());
    }

    @Test
    void figuresStandUnderTheirNamesWithTheirDirection() throws IOException {
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run("compare", a, b, "--metrics", "all", "--data-range", "255", "--json", json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        String text = Files.readString(json);
        assertEquals(9, number(metric(text, "mse").get("value")), 1e-12);
        assertTrue(text.contains("\"mse\": {\"value\": 9, \"better\": \"lower\""), text);
        // 10 log10(255²/9)
        assertEquals(38.58837851428586, number(metric(text, "psnr").get("value")), 1e-10);
        assertEquals(1, number(metric(text, "ncc").get("value")), 1e-12);
        assertEquals(3, number(metric(text, "w1").get("value")), 1e-12);
        assertEquals(1, number(metric(text, "mi").get("value")), 1e-12);
        assertTrue(said.out().contains("mse               9.000000 ↓ mean squared error"));
    }

    @Test
    void whatIsNotDefinedIsNullAndSaysWhy() {
        String text = Cli.run("compare", a, b, "--json", "-").out();
        assertTrue(text.contains("\"value\": null"), text);
        assertEquals(
                "it judges a fused image by both of its sources, and two images were given:"
                        + " diapason fusion-quality FUSED A B.",
                ((Tree.Text) metric(text, "qabf").get("reason")).value());
        assertEquals(
                "it needs the range that values could take, which is not that of these images. Give"
                        + " it: --data-range 255, or --data-range -1000:1000.",
                ((Tree.Text) metric(text, "ssim").get("reason")).value());
    }

    @Test
    void aRangeIsNeverTakenFromTheImages() {
        Cli.Said said = Cli.run("compare", a, b, "--metrics", "mse,ssim");
        assertEquals(2, said.code());
        assertEquals(
                "diapason: ssim needs the data range, what values could take, as 255 or -1000:1000:"
                        + " --data-range, or data-range in a recipe. It is never taken from the"
                        + " images, because then two pairs of images could not be compared.\n",
                said.err());
        assertEquals(2, Cli.run("compare", a, b, "--data-range", "0").code());
        assertEquals(2, Cli.run("compare", a, b, "--data-range", "1:2:3").code());
        assertEquals(2, Cli.run("compare", a, b, "--data-range", "wide").code());
    }

    @Test
    void aFigureSpeltWrongGetsTheLikelyOne() {
        assertEquals(
                "diapason: metric \"ssimm\" is not known; did you mean \"ssim\"?\n",
                Cli.run("compare", a, b, "--metrics", "mse,ssimm").err());
        String all = Cli.run("fusion-quality", a, a, b, "--metrics", "likeness").err();
        assertTrue(all.endsWith("dLambda, dS, qnr\n"), all);
    }

    @Test
    void imagesOfOtherGridsAreRefused() {
        write(b, 0, Geometry.of(48, 44, 1, 1, 1.1, 1));
        Cli.Said said = Cli.run("compare", a, b);
        assertEquals(1, said.code());
        assertTrue(said.err().contains("the images lie on different grids"), said.err());
    }

    @Test
    void aFusedImageIsJudgedByBothAndByEach() {
        Cli.Said said = Cli.run("fusion-quality", a, a, a, "--data-range", "255", "--json", "-");
        assertEquals("", said.err());
        assertEquals(0, said.code());
        // 0.9994/(1 + e^−7.5) · 0.9879/(1 + e^−4.4)
        assertEquals(0.974794, number(metric(said.out(), "qabf").get("value")), 1e-6);
        assertEquals(1, number(metric(said.out(), "ssim").get("value")), 1e-12);
        assertEquals(2, number(metric(said.out(), "mi").get("value")), 1e-12);
        assertTrue(metrics(said.out(), "metricsB").values().containsKey("ssim"));
        assertEquals(
                "it is for bands sharpened by another image, and which source is the sharp one was"
                        + " not said. Say it: --sharp A, or --sharp B.",
                ((Tree.Text) metric(said.out(), "qnr").get("reason")).value());
    }

    @Test
    void othersNumbersAndIntervalsStandBesideOnRequest() {
        Cli.Said said =
                Cli.run(
                        "compare",
                        a,
                        b,
                        "--data-range",
                        "255",
                        "--metrics",
                        "ssim,ag",
                        "--literature",
                        "--bootstrap",
                        "100",
                        "--json",
                        "-");
        assertTrue(metric(said.out(), "ssim").containsKey("interval"), said.out());
        assertTrue(said.out().contains("\"program\": \"VIFB metricsAvg_gradient\""), said.out());
    }
}
