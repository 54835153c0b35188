package org.diapason.io.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diapason.volume.DataException;
import org.diapason.volume.Transform;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElastixFilesTest {
    private static final Pattern OUTPUT = Pattern.compile("OutputPoint = \\[ ([^\\]]*)\\]");
    private static final String EULER =
            """
            (Transform "EulerTransform")
            (NumberOfParameters 6)
            (TransformParameters 0.1 -0.2 0.3 4 -5 6)
            (InitialTransformParametersFileName "%s")
            (HowToCombineTransforms "%s")

            // Image specific
            (FixedImageDimension 3)
            (MovingImageDimension 3)
            (CenterOfRotationPoint 10 20 30)
            (ComputeZYX "false")
            """;

    @TempDir Path folder;

    /** The same numbers as in ITK's text: see {@link ItkFilesTest}. */
    @Test
    void anEulerTransformTurnsAsInItk() throws IOException {
        Path file = Given.file(folder, "t.txt", EULER.formatted("NoInitialTransform", "Compose"));
        double[] to = {15.1571938243, -0.437309028691, 6.09430836102};
        Given.assertLeads(Transforms.read(file), new double[] {1, 2, 3}, to, 1e-9);
    }

    @Test
    void theInitialTransformComesFirstAndLiesBesideWhateverItsFolderWas() throws IOException {
        String shift =
                """
                (Transform "TranslationTransform")
                (TransformParameters 1.5 -2 3)
                (InitialTransformParametersFileName "NoInitialTransform")
                """;
        Given.file(folder, "TransformParameters.0.txt", shift);
        String name = "/home/somebody/out/TransformParameters.0.txt";
        Path file = Given.file(folder, "t.txt", EULER.formatted(name, "Compose"));
        double[] place = {-0.5, 4, 0};
        double[] to = {15.1571938243, -0.437309028691, 6.09430836102};
        Given.assertLeads(Transforms.read(file), place, to, 1e-9);
    }

    @Test
    void theInitialTransformIsNotOverlookedUnderItsNameSinceFiveOne() throws IOException {
        String text = EULER.replace("ParametersFileName", "ParameterFileName");
        Given.file(folder, "a.txt", EULER.formatted("NoInitialTransform", "Compose"));
        Path file = Given.file(folder, "t.txt", text.formatted("a.txt", "Compose"));
        double[] twice = {1, 2, 3};
        Transforms.read(folder.resolve("a.txt")).apply(twice);
        Transforms.read(folder.resolve("a.txt")).apply(twice);
        Given.assertLeads(Transforms.read(file), new double[] {1, 2, 3}, twice, 1e-9);
    }

    @Test
    void addedTransformsAreNoChain() throws IOException {
        Given.file(folder, "a.txt", EULER.formatted("NoInitialTransform", "Compose"));
        assertEquals(
                "t.txt: HowToCombineTransforms is \"Add\": the shifts of two transforms are added,"
                        + " which is no chain of them. Register with (HowToCombineTransforms"
                        + " \"Compose\").",
                message(Given.file(folder, "t.txt", EULER.formatted("a.txt", "Add"))));
    }

    @Test
    void aFileThatNamesItselfComesToAnEnd() throws IOException {
        assertEquals(
                "t.txt: of its initial transforms t.txt comes again, or they are more than 1000. Mend"
                        + " InitialTransformParametersFileName.",
                message(Given.file(folder, "t.txt", EULER.formatted("t.txt", "Compose"))));
    }

    /** t.0.txt may be the very chain that t.txt is made of. */
    @Test
    void partsAreNotWrittenOverFilesThatElastixNames() throws IOException {
        Path other = Given.file(folder, "t.0.txt", "elastix's");
        Path file = folder.resolve("t.txt");
        Transform chain = Given.SHEAR.then(Given.spline()).then(Given.field());
        Transforms.write(file, chain);
        assertEquals("elastix's", Files.readString(other));
        Given.assertSame(chain, Transforms.read(file), 1e-4);
    }

    /** Skipped where transformix (Debian elastix) is not installed. */
    @ParameterizedTest
    @ValueSource(strings = {"affine", "spline", "field", "chain"})
    void transformixLeadsWhereWeDo(String what) throws IOException, InterruptedException {
        Path program = Path.of("/usr/bin/transformix");
        Assumptions.assumeTrue(Files.isExecutable(program), "transformix is not installed");
        Transform t =
                switch (what) {
                    case "affine" -> Given.SHEAR;
                    case "spline" -> Given.spline();
                    case "field" -> Given.field();
                    default -> Given.SHEAR.then(Given.spline()).then(Given.field());
                };
        Path file = folder.resolve("t.txt");
        Transforms.write(file, t);
        StringBuilder points = new StringBuilder("point\n" + Given.PLACES.length + "\n");
        for (double[] p : Given.PLACES) {
            points.append(p[0]).append(' ').append(p[1]).append(' ').append(p[2]).append('\n');
        }
        Given.file(folder, "p.txt", points.toString());
        // transformix -def p.txt -tp t.txt -out .   (elastix 5.0.1, in the folder of the files)
        Process run =
                new ProcessBuilder(program.toString(), "-def", "p.txt", "-tp", "t.txt", "-out", ".")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertEquals(true, run.waitFor(60, TimeUnit.SECONDS), "transformix came to an end");
        assertEquals(0, run.exitValue(), () -> log());
        List<double[]> out = new ArrayList<>();
        Matcher m = OUTPUT.matcher(Files.readString(folder.resolve("outputpoints.txt")));
        while (m.find()) {
            String[] words = m.group(1).strip().split("\\s+");
            out.add(
                    new double[] {
                        Double.parseDouble(words[0]),
                        Double.parseDouble(words[1]),
                        Double.parseDouble(words[2])
                    });
        }
        assertEquals(Given.PLACES.length, out.size());
        for (int n = 0; n < out.size(); n++) {
            // it prints six decimals
            Given.assertLeads(t, Given.PLACES[n], out.get(n), 1e-5);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String message(Path file) {
        return assertThrows(DataException.class, () -> Transforms.read(file)).getMessage();
    }
}
