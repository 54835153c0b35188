package org.diapason.bench;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to lay one 3840 × 2160 picture on another, beside a plain copy of one.
 *
 * <p>The twins named scalar run the same code without the JIT's vectors: what is gained by them
 * shows. Bytes moved per pixel: copy 8, mix 16, with one opacity 12, packed 12.
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

    @Benchmark
    public float[] copy() {
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
        Alpha.mix(over, opacity, below, mixed);
        return mixed;
    }

    @Benchmark
    public float[] mixByOneOpacity() {
        Alpha.mix(over, 0.3f, below, mixed);
        return mixed;
    }

    @Benchmark
    public int[] packedOver() {
        PackedAlpha.over(source, target, packed);
        return packed;
    }

    @Benchmark
    public int[] packedOverOpaque() {
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
}
