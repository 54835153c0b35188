package org.diapason.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.diapason.math.Rng;
import org.diapason.volume.DetectorCalibration;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.ScannerCalibration;
import org.diapason.volume.Tags;
import org.diapason.volume.Volume;

/** Exams and a table for the examples to work on. */
final class ExampleData {
    private ExampleData() {}

    /**
     * Returns the exam and three more like it with other values, so that a cohort can be learned.
     */
    static List<Exam> exams(Exam exam) {
        List<Exam> exams = new ArrayList<>(List.of(exam));
        for (int n = 2; n <= 4; n++) {
            Rng rng = new Rng(n);
            float[] values = exam.image("ct").volume().values().clone();
            for (int v = 0; v < values.length; v++) {
                values[v] += (float) (5 * n + 3 * rng.nextGaussian());
            }
            Exam other = exam.mapImages((name, i) -> i.withVolume(i.volume().withValues(values)));
            exams.add(Exam.of("E" + n, other.images(), other.masks(), other.covariates()));
        }
        return exams;
    }

    /** Returns the exam with two more on the grid of the first, {@code pet} and {@code mean}. */
    static Exam two(Exam exam) {
        Volume ct = exam.image("ct").volume();
        float[] values = ct.values().clone();
        for (int v = 0; v < values.length; v++) {
            values[v] = values[values.length - 1 - v] / 10;
        }
        TreeMap<String, Image> images = new TreeMap<>(exam.images());
        images.put("pet", Image.of(ct.withValues(values).withQuantity(Quantity.SUV_BW)));
        float[] mean = values.clone();
        for (int v = 0; v < mean.length; v++) {
            mean[v] = (mean[v] + ct.values()[v]) / 2;
        }
        images.put("mean", Image.of(ct.withValues(mean).withQuantity(Quantity.UNKNOWN)));
        return exam.withImages(images);
    }

    /** Returns the exam, and twenty subjects that were scanned at A and, twice as bright, at B. */
    static List<Exam> travellers(Exam exam) {
        List<Exam> exams = new ArrayList<>(List.of(exam));
        for (int n = 0; n < 40; n++) {
            Rng rng = new Rng(n);
            int subject = n / 2;
            float[] values = exam.image("ct").volume().values().clone();
            for (int v = 0; v < values.length; v++) {
                values[v] = (float) ((values[v] + 2 * subject) * (1 + n % 2) + rng.nextGaussian());
            }
            Exam other = exam.mapImages((name, i) -> i.withVolume(i.volume().withValues(values)));
            exams.add(
                    Exam.of(
                            "T" + n,
                            other.images(),
                            other.masks(),
                            Map.of("site", n % 2 == 0 ? "A" : "B", "traveller", "S" + subject)));
        }
        return exams;
    }

    /** Two sites, ages, three features. */
    static FeatureTable table() {
        Rng rng = new Rng(5);
        double[][] rows = new double[24][];
        String[] ids = new String[rows.length];
        @SuppressWarnings({"unchecked", "rawtypes"})
        TreeMap<String, String>[] covariates = new TreeMap[rows.length];
        for (int r = 0; r < rows.length; r++) {
            ids[r] = "E" + (10 + r);
            int site = r % 2;
            rows[r] =
                    new double[] {
                        site + rng.nextGaussian(), 2 * site + rng.nextGaussian(), rng.nextGaussian()
                    };
            covariates[r] =
                    new TreeMap<>(
                            Map.of(
                                    "site",
                                    site == 0 ? "A" : "B",
                                    "age",
                                    String.valueOf(50 + r),
                                    "disease",
                                    "" + r / 2 % 2));
        }
        return FeatureTable.of(
                List.of("f1", "f2", "f3"),
                List.of(ids),
                java.util.Collections.nCopies(rows.length, "lesion"),
                rows,
                List.of(covariates));
    }

    /** A textured CT exam with tags, calibration and mask, on a grid of the given size. */
    static Exam exam(int ni, int nj, int nk, Quantity quantity) {
        Geometry grid =
                new Geometry(
                        ni,
                        nj,
                        nk,
                        Numbers.of(1.5, 1.25, 2),
                        Numbers.of(-10, 4, 30),
                        Numbers.of(0, 1, 0, -1, 0, 0, 0, 0, 1));
        Rng rng = new Rng(ni * 31L + nk);
        float[] values = new float[grid.voxels()];
        boolean[] inside = new boolean[values.length];
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) (40 + 30 * rng.nextGaussian());
            inside[n] = n % 5 != 0;
        }
        double[] slope = new double[nk];
        java.util.Arrays.fill(slope, 1);
        Tags tags =
                new Tags(
                        Map.of("Modality", "CT"),
                        Map.of(
                                "RescaleSlope",
                                Numbers.of(slope),
                                "RescaleIntercept",
                                Numbers.of(new double[nk])));
        ScannerCalibration calibration =
                new ScannerCalibration(
                        "A", "2026-01-01", Numbers.of(4, 4, 5), 1.02, 6, Map.of("100", 108.0));
        Volume volume = Volume.of(grid, values, quantity).withFwhmMm(Numbers.of(4, 4, 5));
        double[] gain = new double[ni * nj];
        java.util.Arrays.fill(gain, 1.1);
        DetectorCalibration detector =
                new DetectorCalibration(
                        "panel",
                        "2026-01-01",
                        "2027-01-01",
                        OptionalDouble.empty(),
                        ni,
                        nj,
                        Numbers.of(new double[ni * nj]),
                        Numbers.of(gain),
                        Numbers.of(7),
                        Numbers.of(-500, 500),
                        Numbers.of(-510, 520));
        Image ct = new Image(volume, tags, Optional.of(calibration), Optional.of(detector));
        return Exam.of(
                "E1",
                Map.of("ct", ct),
                Map.of("lesion", Mask.of(grid, inside)),
                Map.of("site", "A"));
    }
}
