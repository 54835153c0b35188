package org.diapason.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.diapason.io.codec.Codec;
import org.diapason.io.codec.Shape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to decode one compressed frame on one thread, from bytes in memory to samples.
 *
 * <p>The frame is the contents of a file: the one fragment of an image that dcmtk or gdcm
 * compressed, taken out by {@code dcmdump +W}; docs/benchmarks.md says how.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 60)
@Measurement(iterations = 100)
@Fork(value = 2, jvmArgs = "-Xmx1g")
public class CodecBench {
    @Param({"RLE_LOSSLESS", "JPEG_LS", "JPEG", "JPEG_2000"})
    public Codec codec;

    /** Columns, rows and samples. */
    @Param("512x512x1")
    public String size;

    /** Where {@code <codec>.raw} lies. */
    @Param(".")
    public String folder;

    Shape shape;
    byte[] frame;
    private int[] samples;

    /** Reads the frame. */
    @Setup
    public void setUp() throws IOException {
        use(Files.readAllBytes(Path.of(folder, codec + ".raw")));
    }

    void use(byte[] bytes) {
        String[] n = size.split("x");
        shape =
                new Shape(
                        Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]), 16);
        frame = bytes;
        samples = new int[shape.length()];
    }

    @Benchmark
    public int[] decode() {
        codec.decode(frame, shape, samples);
        return samples;
    }
}
