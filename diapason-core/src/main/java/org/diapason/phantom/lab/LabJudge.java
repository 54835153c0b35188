package org.diapason.phantom.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an image of the scene is worth, against the truth.
 *
 * <p>Of a lesion: the pixels that lie in it whole. Of its ground: pixels whole in white matter from
 * {@value #NEAR_MM} to {@value #FAR_MM} mm off its rim, and as far off every other lesion. Contrast
 * is {@code (mean of lesion/mean of ground − 1)/(7.5/3 − 1)}: 1 is all the contrast a lesion of PET
 * has, 0 none.
 */
final class LabJudge {
    private static final double NEAR_MM = 4;
    private static final double FAR_MM = 12;
    private static final double CONTRAST = LabScene.HOT / LabScene.WHITE - 1;

    private final float[] truth;
    private final float[] mrTruth;
    private final int[] head;
    private final int[] grey;
    private final int[] white;
    private final double brain;
    private final Map<LabLesion, int[]> lesions = new LinkedHashMap<>();
    private final Map<LabLesion, int[]> grounds = new LinkedHashMap<>();

    /**
     * What was found of one image.
     *
     * @param rmse of the pixels of the head, as a share of the mean activity of the brain
     * @param biasGrey mean of grey matter less the true one, as a share of it
     * @param biasWhite the same of white matter
     * @param contrast of each lesion, where 1 is a real one
     * @param cnr of each lesion, its mean less that of its ground over the standard deviation of
     *     the pixels of the ground
     * @param rmseMr of the MR image where MR has a signal, as a share of white matter's
     */
    record Judged(
            double rmse,
            double biasGrey,
            double biasWhite,
            Map<LabLesion, Double> contrast,
            Map<LabLesion, Double> cnr,
            double rmseMr) {}

    /** Takes what scene and MR are in truth, and how far MR was moved. */
    LabJudge(LabScene scene, double shiftMm) {
        truth = LabScene.pixels(scene.activity());
        mrTruth = LabScene.pixels(scene.anatomy(shiftMm));
        head = where(v -> truth[v] > 0);
        grey = where(v -> truth[v] == 8);
        white = where(v -> truth[v] == LabScene.WHITE && !near(v, 0, shiftMm, null));
        double sum = 0;
        int n = 0;
        for (float t : truth) {
            sum += t >= LabScene.WHITE ? t : 0;
            n += t >= LabScene.WHITE ? 1 : 0;
        }
        brain = sum / n;
        for (LabLesion l : LabScene.LESIONS) {
            double off = l.kind().inPet() ? 0 : shiftMm; // where MR says it is
            double half = LabScene.PIXEL_MM / Math.sqrt(2);
            lesions.put(l, where(v -> l.near(x(v) - off, y(v), -half)));
            grounds.put(
                    l,
                    where(
                            v ->
                                    truth[v] == LabScene.WHITE
                                            && l.near(x(v) - off, y(v), FAR_MM)
                                            && !l.near(x(v) - off, y(v), NEAR_MM)
                                            && !near(v, NEAR_MM, shiftMm, l)));
        }
    }

    private interface Which {
        boolean takes(int v);
    }

    private static int[] where(Which which) {
        int n = LabScene.SIDE * LabScene.SIDE;
        return java.util.stream.IntStream.range(0, n).filter(which::takes).toArray();
    }

    private static double x(int v) {
        return (v % LabScene.SIDE - (LabScene.SIDE - 1) / 2.0) * LabScene.PIXEL_MM;
    }

    private static double y(int v) {
        return (v / LabScene.SIDE - (LabScene.SIDE - 1) / 2.0) * LabScene.PIXEL_MM;
    }

    /** Says whether a pixel is near any lesion but one, where PET or where MR shows it. */
    private static boolean near(int v, double marginMm, double shiftMm, LabLesion but) {
        for (LabLesion l : LabScene.LESIONS) {
            boolean there = l.near(x(v), y(v), marginMm) || l.near(x(v) - shiftMm, y(v), marginMm);
            if (!l.equals(but) && there) {
                return true;
            }
        }
        return false;
    }

    Judged judge(LabMethod.Made made) {
        float[] image = made.activity();
        Map<LabLesion, Double> contrast = new LinkedHashMap<>();
        Map<LabLesion, Double> cnr = new LinkedHashMap<>();
        lesions.forEach(
                (l, pixels) -> {
                    double in = mean(image, pixels);
                    double ground = mean(image, grounds.get(l));
                    contrast.put(l, (in / ground - 1) / CONTRAST);
                    cnr.put(l, (in - ground) / deviation(image, grounds.get(l), ground));
                });
        return new Judged(
                rmse(image),
                mean(image, grey) / 8 - 1,
                mean(image, white) / LabScene.WHITE - 1,
                contrast,
                cnr,
                off(made.anatomy(), mrTruth, where(v -> mrTruth[v] > 0)));
    }

    private static double off(float[] image, float[] truth, int[] pixels) {
        double square = 0;
        for (int v : pixels) {
            double off = (double) image[v] - truth[v];
            square += off * off;
        }
        return Math.sqrt(square / pixels.length);
    }

    /** Returns the root of the mean square error alone, as a share of the brain's activity. */
    double rmse(float[] image) {
        return off(image, truth, head) / brain;
    }

    /** Returns how many pixels each lesion and its ground have. */
    List<int[]> sizes() {
        List<int[]> sizes = new ArrayList<>();
        lesions.forEach((l, pixels) -> sizes.add(new int[] {pixels.length, grounds.get(l).length}));
        return sizes;
    }

    private static double mean(float[] image, int[] pixels) {
        double sum = 0;
        for (int v : pixels) {
            sum += image[v];
        }
        return sum / pixels.length;
    }

    private static double deviation(float[] image, int[] pixels, double mean) {
        double sum = 0;
        for (int v : pixels) {
            sum += (image[v] - mean) * (image[v] - mean);
        }
        return Math.sqrt(sum / (pixels.length - 1));
    }
}
