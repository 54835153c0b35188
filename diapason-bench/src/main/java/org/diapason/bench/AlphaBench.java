package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.diapason.compositing.Alpha;
import org.diapason.compositing.PackedAlpha;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to lay one 3840 × 2160 picture on another, beside a plain copy of one.
 *
 * <p>The twins named scalar run the same code without the JIT's vectors: what is gained by them
 * shows. After every run, of either kind, all pixels are compared with their formula written out
 * for one sample. Bytes moved per pixel: copy 8, mix 16, with one opacity 12, packed 12.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class AlphaBench {
    private static final int PIXELS = 3840 * 2160;
    private static final int RUN = 1 << 17;
    private static final String NO_VECTORS = "-XX:-UseSuperWord";

    final float[] over = new float[PIXELS];
    final float[] opacity = new float[PIXELS];
    final float[] below = new float[PIXELS];
    final float[] mixed = new float[PIXELS];
    final int[] source = new int[PIXELS];
    final int[] target = new int[PIXELS];
    final int[] packed = new int[PIXELS];

    /** What the last call must have written, as bits, by pixel; null before the first. */
    private IntUnaryOperator expected;

    private boolean floats;

    /** Makes seeded noise; packed colours are at most their opacity. */
    @Setup
    public void setUp() {
        Rng rng = new Rng(1);
        for (int p = 0; p < PIXELS; p++) {
            over[p] = (float) rng.nextDouble();
            opacity[p] = (float) rng.nextDouble();
            below[p] = (float) rng.nextDouble();
            int bits = (int) rng.nextLong();
            int a = bits >>> 24;
            source[p] = a << 24 | a << 16 | a / 2 << 8 | a / 3;
            target[p] = bits * 31 | 0xff000000;
        }
    }

    /** Compares what was written last with its formula, to the last bit. */
    @TearDown
    public void tearDown() {
        for (int p = 0; p < PIXELS && expected != null; p++) {
            int bits = floats ? Float.floatToRawIntBits(mixed[p]) : packed[p];
            if (bits != expected.applyAsInt(p)) {
                throw new IllegalStateException("pixel " + p + " is not what its formula says");
            }
        }
    }

    private void expectMix(IntToDoubleFunction alpha) {
        floats = true;
        expected =
                p -> {
                    float a = (float) alpha.applyAsDouble(p);
                    float rest = Math.fma(-a, below[p], below[p]);
                    return Float.floatToRawIntBits(Math.fma(a, over[p], rest));
                };
    }

    /** Samples of 8 bits, from the lowest: what is 255 times too large, rounded, in each. */
    private void expectPacked(IntBinaryOperator sample) {
        floats = false;
        expected =
                p -> {
                    int pixel = 0;
                    for (int shift = 0; shift < 32; shift += 8) {
                        pixel |= (2 * sample.applyAsInt(p, shift) + 255) / 510 << shift;
                    }
                    return pixel;
                };
    }

    @Benchmark
    public float[] copy() {
        expected = null;
        Parallel.forEach(
                (PIXELS + RUN - 1) / RUN,
                r -> {
                    int from = r * RUN;
                    System.arraycopy(over, from, mixed, from, Math.min(RUN, PIXELS - from));
                });
        return mixed;
    }

    @Benchmark
    public float[] mix() {
        expectMix(p -> opacity[p]);
        Alpha.mix(over, opacity, below, mixed);
        return mixed;
    }

    @Benchmark
    public float[] mixByOneOpacity() {
        expectMix(p -> 0.3f);
        Alpha.mix(over, 0.3f, below, mixed);
        return mixed;
    }

    @Benchmark
    public int[] packedOver() {
        expectPacked(
                (p, shift) ->
                        255 * (source[p] >>> shift & 255)
                                + (target[p] >>> shift & 255) * (255 - (source[p] >>> 24)));
        PackedAlpha.over(source, target, packed);
        return packed;
    }

    @Benchmark
    public int[] packedOverOpaque() {
        expectPacked(
                (p, shift) ->
                        shift == 24
                                ? 255 * 255
                                : (source[p] >>> shift & 255) * (source[p] >>> 24)
                                        + (target[p] >>> shift & 255) * (255 - (source[p] >>> 24)));
        PackedAlpha.overOpaque(source, target, packed);
        return packed;
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = NO_VECTORS)
    public float[] mixScalar() {
        return mix();
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = NO_VECTORS)
    public int[] packedOverScalar() {
        return packedOver();
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = NO_VECTORS)
    public int[] packedOverOpaqueScalar() {
        return packedOverOpaque();
    }
}
