package org.diapason.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diapason.app.report.CertificateJson;
import org.diapason.io.Images;
import org.diapason.io.run.Json;
import org.diapason.io.transform.Transforms;
import org.diapason.math.Rng;
import org.diapason.registration.Certificate;
import org.diapason.registration.ErrorCovariance;
import org.diapason.registration.Status;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ramp of 10 a mm along x, moved by 4 mm: the closed forms are one line each. */
class BiasMapCommandTest {
    private static final Geometry GRID = Geometry.of(30, 24, 20, 1, 1, 1);

    @TempDir Path folder;
    private Path fixed;
    private Path moving;
    private Path transform;

    @BeforeEach
    void writeImages() throws Exception {
        fixed = folder.resolve("ct.nii.gz");
        moving = folder.resolve("pet.nii.gz");
        transform = folder.resolve("t.json");
        Rng rng = new Rng(4);
        float[] noise = new float[GRID.voxels()];
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) (6 * rng.nextGaussian());
        }
        Images.write(fixed, Image.of(Volume.of(GRID, noise, Quantity.UNKNOWN)));
        Geometry other =
                new Geometry(40, 24, 20, GRID.spacingMm(), Numbers.of(-2, 0, 0), Geometry.IDENTITY);
        float[] ramp = new float[other.voxels()];
        for (int v = 0; v < ramp.length; v++) {
            ramp[v] = 10 * (v % 40);
        }
        Images.write(moving, Image.of(Volume.of(other, ramp, Quantity.UNKNOWN)));
        Transforms.write(transform, Affine.shift(4, 0, 0));
    }

    private float at(String file, int i) {
        Volume v = Images.read(folder.resolve(file)).volume();
        assertTrue(v.geometry().isClose(GRID, 1e-3));
        return v.at(i, 12, 10);
    }

    @Test
    void aFigureInMmBecomesASpreadOfThatMean() throws Exception {
        Path out = folder.resolve("bias.nii.gz");
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "bias-map",
                        fixed,
                        moving,
                        transform,
                        out,
                        "--alpha",
                        "0.25",
                        "--shift-mm",
                        "2",
                        "--tolerance",
                        "5",
                        "--json",
                        json);
        assertEquals("", said.err());
        assertEquals(0, said.code());
        double s = 2 / Math.sqrt(8 / Math.PI);
        assertEquals(0.75 * 10 * s, at("bias.sd.nii.gz", 14), 1e-3);
        assertEquals(0, at("bias.nii.gz", 14), 1e-3); // a ramp has no second derivative
        assertEquals(1 - 5 / 20.0, at("bias.safe-alpha.nii.gz", 14), 1e-4);
        assertEquals(1, at("bias.edge-risk.nii.gz", 14));
        assertTrue(said.out().contains("fused       0.25 × ct.nii.gz + 0.75 × pet.nii.gz\n"));
        assertTrue(said.out().contains("off         2 mm on average, in any direction\n"));
        assertTrue(said.out().contains(", estimated from the fused image)"), said.out());
        assertTrue(
                said.out()
                        .contains(
                                "written     bias.nii.gz, bias.sd.nii.gz, bias.safe-alpha.nii.gz,"
                                        + " bias.edge-risk.nii.gz\n"),
                said.out());
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"noiseEstimated\": true"), fields);
        assertTrue(fields.contains("\"edgeRiskShare\": "), fields);
    }

    @Test
    void anotherTransformIsAKnownShift() throws Exception {
        Path other = folder.resolve("t2.json");
        Transforms.write(other, Affine.shift(5.5, 0, 0));
        Cli.Said said =
                Cli.run(
                        "bias-map",
                        fixed,
                        moving,
                        transform,
                        folder.resolve("b.nrrd"),
                        "--alpha",
                        "0.5",
                        "--instead",
                        other,
                        "--noise",
                        "3");
        assertEquals("", said.err());
        assertEquals(0.5 * 10 * 1.5, at("b.nrrd", 14), 1e-3);
        assertEquals(0, at("b.sd.nrrd", 14));
        assertTrue(said.out().contains("off         as from t.json to t2.json\n"), said.out());
        assertTrue(said.out().contains("above 3.00 (1 × the noise of 3.00)\n"), said.out());
    }

    /** Off along y by 0.3 mm and along x by 0.1 mm below and 0.2 mm above. */
    @Test
    void aCertificateSaysWhereAndWhichWayItIsOff() throws Exception {
        ErrorCovariance spread =
                new ErrorCovariance(
                        Geometry.of(1, 1, 2, 1, 1, 20),
                        Numbers.of(0.01, 0, 0, 0.09, 0, 0, 0.04, 0, 0, 0.09, 0, 0),
                        Numbers.of(new double[18]));
        Certificate c =
                new Certificate(
                        Status.WARN,
                        List.of(),
                        1,
                        Optional.of(new Certificate.ErrorMm(0.4, 0.8, 1.2, "guessed")),
                        Optional.of(spread),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
        Path file = folder.resolve("c.json");
        Files.writeString(file, Json.text(CertificateJson.fields(c)));
        Path json = folder.resolve("said.json");
        Cli.Said said =
                Cli.run(
                        "bias-map",
                        fixed,
                        moving,
                        transform,
                        folder.resolve("b.mha"),
                        "--alpha",
                        "0.5",
                        "--certificate",
                        file,
                        "--noise",
                        "3",
                        "--json",
                        json);
        assertEquals("", said.err());
        // a ramp along x, half-way up
        assertEquals(0.5 * 10 * Math.sqrt(0.025), at("b.sd.mha", 14), 1e-3);
        assertTrue(
                said.out()
                        .contains(
                                "off         0.400 mm on average, by place and direction, by"
                                        + " c.json\n"),
                said.out());
        String fields = Files.readString(json);
        assertTrue(fields.contains("\"shiftMm\": 0.4,"), fields);
        assertTrue(fields.contains("\"shiftFrom\": \"certificate-covariance\""), fields);
    }

    @Test
    void aCertificateSaysHowFarItIsOff() throws Exception {
        Certificate c =
                new Certificate(
                        Status.PASS,
                        List.of(),
                        1,
                        Optional.of(new Certificate.ErrorMm(0.4, 0.8, 1.2, "guessed")),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of());
        Path file = folder.resolve("c.json");
        Files.writeString(file, Json.text(CertificateJson.fields(c)));
        Path out = folder.resolve("b.mha");
        Cli.Said said = run(out, "--certificate", file, "--noise", "3");
        assertEquals("", said.err());
        assertEquals(0.5 * 10 * 0.4 / Math.sqrt(8 / Math.PI), at("b.sd.mha", 14), 1e-3);
        assertTrue(
                said.out()
                        .contains(
                                "off         0.400 mm on average, in any direction, by c.json, which"
                                        + " tells neither place nor direction (register anew and it"
                                        + " will)\n"),
                said.out());
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("(?s)\"targetError\": \\{.*?\\}", "\"targetError\": null"));
        Cli.Said none = run(out, "--certificate", file, "--noise", "3");
        assertEquals(1, none.code());
        assertEquals(
                "diapason: the certificate predicts no target error. Give the misregistration in mm"
                        + " instead: --shift-mm.\n",
                none.err());
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("\"status\": \"pass\"", "\"status\": \"fail\""));
        assertEquals(
                "diapason: c.json: this registration failed, so what it expects of itself is no"
                        + " measure of how far it is off. Register anew, or give a figure:"
                        + " --shift-mm.\n",
                run(out, "--certificate", file, "--noise", "3").err());
    }

    private Cli.Said run(Path out, Object option, Object value, Object more, Object another) {
        return Cli.run(
                "bias-map",
                fixed,
                moving,
                transform,
                out,
                "--alpha",
                "0.5",
                option,
                value,
                more,
                another);
    }

    @Test
    void wrongUseIsNamedBeforeAnythingIsRead() {
        Path out = folder.resolve("b.nii.gz");
        assertEquals(
                "diapason: alpha must be 0 to 1, got 1.5\n",
                Cli.run("bias-map", "a", "b", "c", out, "--alpha", "1.5", "--shift-mm", "1").err());
        assertEquals(
                "diapason: OUT b.png: maps are written as .nii.gz, .nii, .nrrd, .mha or .mhd.\n",
                run(folder.resolve("b.png"), "--shift-mm", 1, "--noise", 1).err());
        assertEquals(2, run(out, "--noise", 1, "--tolerance", 1).code()); // nothing says how far
        assertEquals(2, run(out, "--shift-mm", -1, "--noise", 1).code());
        assertEquals(2, run(fixed, "--shift-mm", 1, "--noise", 1).code());
        assertFalse(Files.exists(out));
    }
}
