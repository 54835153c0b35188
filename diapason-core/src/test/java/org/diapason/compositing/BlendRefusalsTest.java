package org.diapason.compositing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.volume.Channels;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is not blended, and what is with a word about it. */
class BlendRefusalsTest {
    private static final Geometry G = Geometry.of(12, 10, 1, 1, 1, 1);
    private static final Mask MIDDLE = Scene.mask(G, (i, j, k) -> i > 3 && i < 8 && j > 2 && j < 7);

    private static Volume with(Volume v, int i, int j, float value) {
        float[] values = v.values().clone();
        values[G.index(i, j, 0)] = value;
        return v.withValues(values);
    }

    private static void assertRefused(String message, Executable blend) {
        assertEquals(message, assertThrows(RefusedException.class, blend).getMessage());
    }

    private static Blended clone(Volume source, Volume target, Mask mask) {
        return Scene.blend(new Seamless()).of(Optional.of(Layer.of(source)), target, mask);
    }

    @Test
    void anEmptyMaskIsRefused() {
        Volume v = Scene.noise(G, 1);
        assertRefused(
                "the mask is empty: every pixel of it is 0. Nothing would change.",
                () -> clone(v, v, Scene.mask(G, (i, j, k) -> false)));
    }

    @Test
    void aSourceNeedsAValueEverywhereInTheMaskAndNowhereElse() {
        Volume target = Scene.noise(G, 1);
        Volume source = Scene.noise(G, 2);
        assertRefused(
                "the source has no value (NaN) in 1 of 16 pixels of the mask. Leave them out of the"
                        + " mask, or fill them first.",
                () -> clone(with(source, 5, 5, Float.NaN), target, MIDDLE));
        assertRefused(
                "the source has no value (NaN) in 1 of 16 pixels of the mask. Leave them out of the"
                        + " mask, or fill them first.",
                () -> clone(with(source, 5, 5, Float.POSITIVE_INFINITY), target, MIDDLE));
        // beside the mask the source goes on as its last pixel: no difference at that edge
        Blended beside = clone(with(source, 3, 5, Float.NaN), target, MIDDLE);
        float same = source.at(4, 5, 0);
        Blended flat = clone(with(source, 3, 5, same), target, MIDDLE);
        for (int v = 0; v < G.voxels(); v++) {
            assertEquals(flat.volume().values()[v], beside.volume().values()[v]);
        }
        assertEquals(List.of(), beside.notes());
    }

    @Test
    void aSourceThatEndsInTheMaskIsRefusedAndOneThatEndsAtItIsNot() {
        Volume target = Scene.noise(G, 1);
        Volume small = Scene.noise(Geometry.of(4, 4, 1, 1, 1, 1), 3);
        Blend blend = Scene.blend(new Seamless());
        blend.of(Optional.of(new Layer(small, 4, 3, 0)), target, MIDDLE);
        assertRefused(
                "the source ends inside the mask: 4 of 16 pixels of the mask lie beside it. Move the"
                        + " source, or leave these pixels out of the mask.",
                () -> blend.of(Optional.of(new Layer(small, 5, 3, 0)), target, MIDDLE));
    }

    @Test
    void gapsOfTheTargetAreFilledUnlessTheyAreAskedFor() {
        Volume target = Scene.noise(G, 1);
        Volume source = Scene.noise(G, 2);
        Volume gap = with(target, 5, 5, Float.NaN);
        assertRefused(
                "the target has no value (NaN) in 1 pixels of the mask, whose differences are asked"
                        + " for. Take gradients that do not look at the target: source, monochrome or"
                        + " membrane.",
                () -> Scene.blend(new Mixed(false)).of(Optional.of(Layer.of(source)), gap, MIDDLE));
        Blended filled = clone(source, gap, MIDDLE);
        float[] whole = clone(source, target, MIDDLE).volume().values();
        for (int v = 0; v < whole.length; v++) {
            assertEquals(whole[v], filled.volume().values()[v], 1e-4);
        }
        assertEquals(
                List.of("1 pixel of the mask had no value (NaN) in the target and have one now."),
                filled.notes());
        // far from the mask nobody asks, and it stays
        Blended far = clone(source, with(target, 0, 0, Float.NaN), MIDDLE);
        assertTrue(Float.isNaN(far.volume().at(0, 0, 0)));
    }

    @Test
    void channelsMustMeet() {
        Volume grey = Scene.noise(G, 1);
        Volume vector =
                Volume.of(
                        G,
                        List.of(grey.values(), grey.values()),
                        Channels.COMPONENTS,
                        Quantity.UNKNOWN);
        assertRefused(
                "the source has 2 channels and the target 1. Give as many, or a source of one"
                        + " channel, which is taken for each.",
                () -> clone(vector, grey, MIDDLE));
        Mask elsewhere = Mask.of(Geometry.of(12, 10, 1, 2, 1, 1), MIDDLE.voxels());
        assertRefused(
                "the mask lies on another grid than the target. Draw it on the target's.",
                () -> clone(grey, grey, elsewhere));
        assertRefused(
                "the edges lie on another grid than the target. Draw them on the target's.",
                () ->
                        Scene.blend(new Flatten(elsewhere))
                                .of(Optional.of(Layer.of(grey)), grey, MIDDLE));
    }

    @Test
    void settingsWithoutSenseAreRefused() {
        for (Executable wrong :
                List.<Executable>of(
                        () -> Scene.blend(new Seamless(), -1, Blend.Hold.TARGET),
                        () -> Scene.blend(new Seamless(), Double.NaN, Blend.Hold.TARGET),
                        () -> Scene.blend(new Membrane(), 1, Blend.Hold.SOURCE),
                        () -> new Illumination(0, 0.2),
                        () -> new Illumination(0.2, 1.5),
                        () ->
                                new Blend(
                                        new Membrane(),
                                        0,
                                        Blend.Hold.TARGET,
                                        new ConjugateGradients(),
                                        OptionalDouble.of(0)),
                        () ->
                                Scene.blend(new Membrane())
                                        .of(
                                                Optional.of(Layer.of(Scene.noise(G, 1))),
                                                Scene.noise(G, 1),
                                                MIDDLE),
                        () ->
                                Scene.blend(new Seamless())
                                        .of(Optional.empty(), Scene.noise(G, 1), MIDDLE))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
    }

    @Test
    void opacityOfTheSourceAndUnlikeScalesAreTold() {
        Volume grey = Scene.noise(G, 1);
        Volume clear = Scene.volume(G, (i, j, k) -> i == 5 ? 0 : 255);
        Volume loud = Scene.volume(G, (i, j, k) -> 257 * grey.at(i, j, k));
        Blended out = clone(Scene.colours(loud, clear), grey, MIDDLE);
        assertEquals(2, out.notes().size());
        assertEquals(
                "the source's opacity is not used: the mask says what is blended, though 4 of its"
                        + " pixels are transparent in the source.",
                out.notes().get(0));
        assertTrue(out.notes().get(1).startsWith("the source spans 6"), out.notes().get(1));
    }

    @Test
    void aMaskMovesWithItsSourceAndMustMeetTheTarget() {
        Volume source = Scene.noise(G, 1); // the mask is columns 4 to 7, rows 3 to 6
        Mask all = new Layer(source, 4, -3, 0).onto(MIDDLE, G);
        assertEquals(List.of(), all.notes());
        assertTrue(all.at(8, 0, 0) && all.at(11, 3, 0) && all.count() == 16);
        Mask cut = new Layer(source, 7, 0, 0).onto(MIDDLE, G);
        assertEquals(4, cut.count());
        assertEquals(
                List.of("12 of 16 pixels of the mask lie outside of the target and were left out."),
                cut.notes());
        assertRefused(
                "the mask lies outside of the target: with its first pixel at 8, -4 none of its 16"
                        + " pixels meets the 12 × 10 of the target. Check --offset.",
                () -> new Layer(source, 8, -4, 0).onto(MIDDLE, G));
    }

    @Test
    void aSourceLiesWhereItsFileSaysOrIsRefused() {
        Volume source =
                Volume.of(
                        new Geometry(
                                4,
                                4,
                                1,
                                Numbers.of(1, 1, 1),
                                Numbers.of(4, -3, 0),
                                Geometry.IDENTITY),
                        new float[16],
                        Quantity.UNKNOWN);
        Layer layer = Layer.placed(source, G);
        assertEquals(List.of(4, -3, 0), List.of(layer.i(), layer.j(), layer.k()));
        Geometry between =
                new Geometry(
                        4, 4, 1, Numbers.of(1, 1, 1), Numbers.of(4.5, 0, 0), Geometry.IDENTITY);
        assertRefused(
                "the source is shifted by 4.500, 0.000, 0.000 voxels against the target, and only"
                        + " whole voxels can be laid on its grid. Resample it: diapason warp SOURCE T"
                        + " OUT --like TARGET, or say where its first voxel goes with --offset.",
                () -> Layer.placed(Volume.of(between, new float[16], Quantity.UNKNOWN), G));
        Geometry coarse = Geometry.of(4, 4, 1, 2, 2, 1);
        assertRefused(
                "the source has voxels of 2.000 × 2.000 × 1.000 mm or other axes than the target with"
                        + " 1.000 × 1.000 × 1.000 mm. Resample it: diapason warp SOURCE T OUT --like"
                        + " TARGET.",
                () -> Layer.placed(Volume.of(coarse, new float[16], Quantity.UNKNOWN), G));
    }
}
