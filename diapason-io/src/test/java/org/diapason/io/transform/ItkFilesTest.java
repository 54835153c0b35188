package org.diapason.io.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diapason.volume.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItkFilesTest {
    private static final String HEAD = "#Insight Transform File V1.0\n#Transform 0\n";

    @TempDir Path folder;

    private Path file(String type, String parameters, String fixed) throws IOException {
        String body = "Transform: %s\nParameters: %s\nFixedParameters: %s\n";
        return Given.file(folder, "t.tfm", HEAD + body.formatted(type, parameters, fixed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "TranslationTransform_double_3_3, 1.5 -2 3, '', 2.5, 0, 6",
        "AffineTransform_double_3_3, 1.1 0.2 0 0 0.9 -0.1 0.05 0 1 3 1 -2, '10 20 30', -0.5, 7.5, 0.55",
        "AffineTransform_float_3_3, 1.1 0.2 0 0 0.9 -0.1 0.05 0 1 3 1 -2, '10 20 30', -0.5, 7.5, 0.55",
        "MatrixOffsetTransformBase_double_3_3, 1.1 0.2 0 0 0.9 -0.1 0.05 0 1 3 1 -2, '10 20 30', -0.5, 7.5, 0.55",
        "Euler3DTransform_double_3_3, 0.1 -0.2 0.3 4 -5 6, '10 20 30', 15.1571938243, -0.437309028691, 6.09430836102",
        "Euler3DTransform_double_3_3, 0.1 -0.2 0.3 4 -5 6, '10 20 30 1', 15.5095297332, -0.458926100836, 6.12119607826",
        "VersorRigid3DTransform_double_3_3, 0.1 -0.2 0.3 4 -5 6, '10 20 30', 26.4710159503, 4.2, 6.64299468324",
        "Similarity3DTransform_double_3_3, 0.1 -0.2 0.3 4 -5 6 1.2, '10 20 30', 28.9652191403, 2.04, 0.771593619892"
    })
    void everyTypeLeadsWhereItkLeads(
            String type, String parameters, String fixed, double x, double y, double z)
            throws IOException {
        // itk::TransformFileReader and TransformPoint of ITK 5.2.1 at (1, 2, 3) of the same text
        Path file = file(type, parameters, fixed);
        Given.assertLeads(
                Transforms.read(file), new double[] {1, 2, 3}, new double[] {x, y, z}, 1e-9);
    }

    /** About the centre (10, 20) by 90°: (1, 2) lies (−9, −18) off it, turned (18, −9). */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Euler2DTransform_double_2_2, 1.5707963267948966 4 -5, 32, 6",
        "Rigid2DTransform_double_2_2, 1.5707963267948966 4 -5, 32, 6",
        "Similarity2DTransform_double_2_2, 2 1.5707963267948966 4 -5, 50, -3",
        "AffineTransform_double_2_2, 0 -1 1 0 4 -5, 32, 6"
    })
    void aPlaneTurnsAboutItsCentreAndKeepsItsZ(String type, String p, double x, double y)
            throws IOException {
        Given.assertLeads(
                Transforms.read(file(type, p, "10 20")),
                new double[] {1, 2, 3},
                new double[] {x, y, 3},
                1e-12);
    }

    /**
     * itk::CompositeTransform of ITK 5.2.1, AddTransform(euler), AddTransform(affine), written by
     * TransformFileWriter as this text and applied to (1, 2, 3): affine first.
     */
    @Test
    void ofACompositeTheLastIsAppliedFirst() throws IOException {
        String text =
                """
                #Insight Transform File V1.0
                #Transform 0
                Transform: CompositeTransform_double_3_3
                #Transform 1
                Transform: Euler3DTransform_double_3_3
                Parameters: 0.1 -0.2 0.3 4 -5 6
                FixedParameters: 10 20 30 0
                #Transform 2
                Transform: AffineTransform_double_3_3
                Parameters: 1.1 0.2 0 0 0.9 -0.1 0.05 0 1 3 1 -2
                FixedParameters: 10 20 30
                """;
        Given.assertLeads(
                Transforms.read(Given.file(folder, "c.tfm", text)),
                new double[] {1, 2, 3},
                new double[] {12.5208800616, 4.75762077084, 3.95770963345},
                1e-9);
    }

    @Test
    void severalTransformsWithoutACompositeHaveNoOrder() throws IOException {
        String one =
                "Transform: TranslationTransform_double_3_3\nParameters: 1 2 3\nFixedParameters:\n";
        assertEquals(
                "t.tfm: holds 2 transforms and does not say which comes first. Make it a"
                        + " CompositeTransform, of which ITK applies the last one first, or give"
                        + " them one at a time.",
                message(Given.file(folder, "t.tfm", HEAD + one + one)));
    }

    @Test
    void whatIsMissingOrStrangeIsNamed() throws IOException {
        assertEquals(
                "t.tfm, line 5: AffineTransform_double_3_3 has 12 parameters and 3 fixed ones,"
                        + " found 2 and 3: the file is cut short or broken. Write it again.",
                message(file("AffineTransform_double_3_3", "1 2", "0 0 0")));
        assertEquals(
                "t.tfm, line 4: \"1x\" is no number: the file is cut short or broken. Write it"
                        + " again.",
                message(file("AffineTransform_double_3_3", "1x", "0 0 0")));
        assertEquals(
                "t.tfm, line 5: the transform \"ScaleTransform_double_3_3\" is not read;"
                        + " Translation, Euler2D, Euler3D, Rigid2D, VersorRigid3D, Similarity2D,"
                        + " Similarity3D, Affine, MatrixOffsetTransformBase, BSpline and"
                        + " DisplacementField, of 2 or 3 axes are. Write it as an affine transform"
                        + " or as a field of shifts.",
                message(file("ScaleTransform_double_3_3", "1 2 3", "0 0 0")));
    }

    @Test
    void antsWritesItsAffineAsTwoMatricesOfMatlab() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ByteBuffer out = ByteBuffer.allocate(400).order(order);
            double[] p = {1.1, 0.2, 0, 0, 0.9, -0.1, 0.05, 0, 1, 3, 1, -2};
            put(out, "AffineTransform_float_3_3", p, true);
            put(out, "fixed", new double[] {10, 20, 30}, false);
            Path file = folder.resolve("0GenericAffine.mat");
            Files.write(file, java.util.Arrays.copyOf(out.array(), out.position()));
            // as above; the parameters are floats
            double[] to = {-0.5, 7.5, 0.55};
            Given.assertLeads(Transforms.read(file), new double[] {1, 2, 3}, to, 1e-5);
        }
    }

    private static void put(ByteBuffer out, String name, double[] values, boolean single) {
        int machine = out.order() == ByteOrder.BIG_ENDIAN ? 1000 : 0;
        out.putInt(machine + (single ? 10 : 0)).putInt(values.length).putInt(1).putInt(0);
        out.putInt(name.length() + 1).put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        for (double v : values) {
            if (single) {
                out.putFloat((float) v);
            } else {
                out.putDouble(v);
            }
        }
    }

    @Test
    void aMatrixOfFslIsNotTakenForOneOfItk() throws IOException {
        assertEquals(
                "flirt.mat: is text, as FSL's matrices are, which mean nothing without the two"
                        + " images that they were made of. Convert it to ITK's form first.",
                message(Given.file(folder, "flirt.mat", "1 0 0 3\n0 1 0 2\n0 0 1 1\n0 0 0 1\n")));
    }

    @Test
    void aFieldOfDisplacementsIsAlongRasAndOneOfVectorsAlongLps() throws IOException {
        Path file = folder.resolve("f.nii");
        Transforms.write(file, Given.field());
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(1007, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(68));
        double[] lps = {10, -7, 22};
        Transforms.read(file).apply(lps);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(68, (short) 1006);
        Files.write(file, bytes);
        double[] to = {20 - lps[0], -14 - lps[1], lps[2]};
        Given.assertLeads(Transforms.read(file), new double[] {10, -7, 22}, to, 1e-6);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(68, (short) 2006);
        Files.write(file, bytes);
        assertEquals(
                "f.nii: is a warp of FSL, whose shifts count in voxels of images that it does not"
                        + " name. Give a field as ITK and ANTs write it: five axes, intent 1007, mm"
                        + " along LPS.",
                message(file));
    }

    private static String message(Path file) {
        return assertThrows(DataException.class, () -> Transforms.read(file)).getMessage();
    }
}
