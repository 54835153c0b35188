package org.diapason.phantom.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.diapason.phantom.lab.LabJudge.Judged;
import org.diapason.reconstruction.ForwardModel;
import org.junit.jupiter.api.Test;

/**
 * The scene is what its lesions are named for, the scan is what the model says, the judge is fair.
 */
class LabSceneTest {
    private static final LabScene SCENE = LabScene.withLesions();
    private static final float[] TRUTH = LabScene.pixels(SCENE.activity());
    private static final float[] HEALTHY = LabScene.pixels(LabScene.healthy().activity());

    private static LabMethod.Made made(float[] activity, double shiftMm) {
        return new LabMethod.Made(activity, LabScene.pixels(SCENE.anatomy(shiftMm)));
    }

    private static float at(float[] image, double xMm, double yMm) {
        int i = (int) Math.rint(xMm / LabScene.PIXEL_MM + (LabScene.SIDE - 1) / 2.0);
        int j = (int) Math.rint(yMm / LabScene.PIXEL_MM + (LabScene.SIDE - 1) / 2.0);
        return image[j * LabScene.SIDE + i];
    }

    @Test
    void everyLesionLiesInWhiteMatterAndIsSeenByWhomItIsNamedFor() {
        float[] mr = LabScene.pixels(SCENE.anatomy(0));
        for (LabLesion l : LabScene.LESIONS) {
            String name = l.name();
            for (double angle = 0; angle < 6.2; angle += 0.2) {
                double reach = l.radiusMm() + 4.5; // and where MR is moved to
                double x = l.xMm() + reach * Math.cos(angle);
                double y = l.yMm() + reach * Math.sin(angle);
                assertEquals(LabScene.WHITE, at(HEALTHY, x, y), name + " at " + x + ", " + y);
            }
            boolean pet = name.startsWith("matched") || name.startsWith("pet");
            boolean inMr = name.startsWith("matched") || name.startsWith("mr");
            assertEquals(pet ? 7.5 : 3, at(TRUTH, l.xMm(), l.yMm()), 1e-6, name);
            assertEquals(inMr ? 520 / 850.0 : 1, at(mr, l.xMm(), l.yMm()), 1e-6, name);
        }
    }

    @Test
    void aMovedAnatomyIsTheSameBesideItself() {
        float[] still = LabScene.pixels(SCENE.anatomy(0));
        float[] moved = LabScene.pixels(SCENE.anatomy(2 * LabScene.PIXEL_MM));
        for (int v = 2; v < still.length; v++) {
            if (v % LabScene.SIDE >= 2) {
                assertEquals(still[v - 2], moved[v], 1e-5, "pixel " + v);
            }
        }
    }

    /** Water 0.0096, bone of 900 HU 0.0151, grey matter of 37 HU between, air nothing. */
    @Test
    void attenuationIsThatOf511KeV() {
        float[] mu = LabScene.pixels(SCENE.attenuationPerMm());
        assertEquals(0, at(mu, -100, -100), 1e-9);
        assertEquals(0.0096 + 0.0055 * 29 / 900, at(mu, 30, 60), 1e-6);
        float most = 0;
        for (float m : mu) {
            most = Math.max(most, m);
        }
        assertEquals(0.0151, most, 1e-6);
    }

    /** Whoever reconstructs knows the scan: χ² per bin of counts under the true image is 1. */
    @Test
    void theModelExplainsTheCountsOfTheTruth() {
        LabScanner scanner = new LabScanner(SCENE);
        LabScanner.Counts counts = scanner.counts(3e6, 5);
        ForwardModel model = counts.blurred().model();
        float[] mean = new float[model.measurements()];
        model.forward(TRUTH, mean);
        double trues = 0;
        for (float m : mean) {
            trues += m;
        }
        assertEquals(3e6, trues, 0.003 * 3e6, "pixels and not samples were projected");
        // 2 L is about χ² where counts are many: here 600 a bin and more.
        double deviance = 2 * counts.blurred().value(TRUTH) / mean.length;
        assertEquals(1, deviance, 0.1);
    }

    @Test
    void seedsMakeTheCounts() {
        LabScanner scanner = new LabScanner(SCENE);
        double a = scanner.counts(1e5, 5).blurred().value(TRUTH);
        assertEquals(a, scanner.counts(1e5, 5).blurred().value(TRUTH), 0);
        assertTrue(Math.abs(a - scanner.counts(1e5, 6).blurred().value(TRUTH)) > 1e-3);
    }

    @Test
    void theTruthHasNoErrorAndWholeContrast() {
        for (double shift : new double[] {0, 4}) {
            Judged j = new LabJudge(SCENE, shift).judge(made(TRUTH, shift));
            assertEquals(0, j.rmse(), 1e-7);
            assertEquals(0, j.biasGrey(), 1e-7);
            assertEquals(0, j.biasWhite(), 1e-7);
            assertEquals(0, j.rmseMr(), 1e-7);
            j.contrast()
                    .forEach((l, c) -> assertEquals(l.kind().inPet() ? 1 : 0, c, 1e-6, l.name()));
        }
    }

    @Test
    void whatHasNoLesionsHasLostThem() {
        LabJudge judge = new LabJudge(SCENE, 0);
        float[] twice = new float[HEALTHY.length];
        for (int v = 0; v < twice.length; v++) {
            twice[v] = 2 * HEALTHY[v];
        }
        Judged j = judge.judge(made(twice, 2 * LabScene.PIXEL_MM));
        j.contrast().forEach((l, c) -> assertEquals(0, c, 1e-6, l.name()));
        assertEquals(1, j.biasGrey(), 1e-6);
        assertEquals(1, j.biasWhite(), 1e-6);
        assertTrue(j.rmseMr() > 0.1, "an MR that lies elsewhere is off by " + j.rmseMr());
    }

    @Test
    void everyLesionHasPixelsAndGround() {
        for (double shift : new double[] {0, 2, 4}) {
            for (int[] size : new LabJudge(SCENE, shift).sizes()) {
                assertTrue(size[0] >= 5 && size[1] >= 40, size[0] + " in ground of " + size[1]);
            }
        }
    }
}
