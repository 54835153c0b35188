package org.diapason.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.diapason.io.dicom.DicomCtWriter;
import org.diapason.io.dicom.DicomSeries;
import org.diapason.volume.Geometry;
import org.diapason.volume.Image;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time to read an uncompressed CT of 300 slices from files that the system holds in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx2g")
public class DicomBench {
    @Param("512x512x300")
    public String size;

    Path folder;
    short[] stored;

    /** Writes a pattern whose every slice differs. */
    @Setup
    public void setUp() throws IOException {
        Geometry g = Sizes.parse(size, 0.8, 0.8, 1);
        stored = new short[g.voxels()];
        for (int v = 0; v < stored.length; v++) {
            stored[v] = (short) (v * 31 % 4001 - 1000);
        }
        folder = Files.createTempDirectory("diapason-bench");
        DicomCtWriter.write(folder, "bench", g, stored, 1, -1024, Map.of());
    }

    /** Deletes the files. */
    @TearDown
    public void tearDown() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(DicomBench::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public Image read() {
        return DicomSeries.read(folder);
    }
}
