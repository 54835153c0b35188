package org.diapason.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VolumeTest {
    private static final Geometry GRID = Geometry.of(2, 1, 1, 1, 1, 1);
    private static final float[] FIRST = {1, 2};
    private static final float[] SECOND = {3, 4};
    private static final Volume FRAMES =
            Volume.of(GRID, List.of(FIRST, SECOND), Channels.frames(2, 5, 10), Quantity.BQ_ML);

    @Test
    void noStepGetsOneOfSeveralChannelsInSilence() {
        List<Executable> all =
                List.of(
                        FRAMES::values,
                        () -> FRAMES.at(0, 0, 0),
                        () -> FRAMES.withValues(new float[2]),
                        () -> FRAMES.onGrid(GRID, new float[2]));
        for (Executable one : all) {
            assertEquals(
                    "the image has 2 frames, and one channel is needed. Take one: diapason convert"
                            + " IN OUT --frame N",
                    assertThrows(RefusedException.class, one).getMessage());
        }
    }

    @Test
    void aChannelIsTakenByItsNumberAndKeepsItsMeaning() {
        Volume sharp = FRAMES.withFwhmMm(Numbers.of(1, 2, 3)).withResampled(true);
        assertEquals(2, sharp.withQuantity(Quantity.SUV_BW).channels());
        Volume second = sharp.only(1);
        assertSame(SECOND, second.values());
        assertSame(SECOND, FRAMES.channel(1));
        assertEquals(1, second.channels());
        assertEquals(Channels.ONE, second.meaning());
        assertEquals(Quantity.BQ_ML, second.quantity());
        assertEquals(sharp.fwhmMm(), second.fwhmMm());
        assertEquals(true, second.resampled());
    }

    @Test
    void framesKnowWhenTheyWereMeasured() {
        assertArrayEquals(new double[] {5, 15}, FRAMES.meaning().startSeconds().toArray());
        assertArrayEquals(new double[] {10, 10}, FRAMES.meaning().durationSeconds().toArray());
    }

    @Test
    void channelsMustBeWhatTheyAreSaidToBe() {
        List<float[]> two = List.of(FIRST, SECOND);
        for (Executable wrong :
                List.<Executable>of(
                        () -> Volume.of(GRID, two, Channels.ONE, Quantity.MR),
                        () -> Volume.of(GRID, List.of(FIRST), Channels.COLOURS, Quantity.MR),
                        () -> Volume.of(GRID, two, Channels.frames(3, 0, 1), Quantity.MR),
                        () -> Volume.of(GRID, List.of(), Channels.COMPONENTS, Quantity.MR),
                        () ->
                                Volume.of(
                                        GRID,
                                        List.of(FIRST, new float[3]),
                                        Channels.COMPONENTS,
                                        Quantity.MR),
                        () -> new Channels(Channels.Kind.COLOURS, Numbers.of(1), Numbers.of(1)))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
    }
}
