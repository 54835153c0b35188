package org.diapason.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.diapason.io.mesh.MeshFile;
import org.diapason.math.Parallel;
import org.diapason.surface.Decimation;
import org.diapason.surface.FloatMesh;
import org.diapason.surface.IsoSurface;
import org.diapason.surface.Mesh;
import org.diapason.surface.MeshCheck;
import org.diapason.surface.SurfaceDistance;
import org.diapason.surface.Taubin;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
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

/**
 * Time from a mask in memory to a checked STL on disk, and of what can be done to a surface: a ball
 * of 0.84 half widths with waves on it, two million triangles at 512³, a CT of half a millimetre.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class MeshBench {
    @Param("512x512x512")
    public String size;

    @Param("2")
    public String threads;

    private Mask mask;
    private Mesh mesh;
    private Mesh smooth;
    private Path file;

    /** Makes the mask and its surface. */
    @Setup
    public void setUp() throws IOException {
        Parallel.setThreads(Integer.parseInt(threads));
        Geometry g = Sizes.parse(size, 0.5, 0.5, 0.5);
        boolean[] inside = new boolean[g.voxels()];
        int ni = g.ni();
        double half = ni / 2.0;
        for (int v = 0; v < inside.length; v++) {
            int i = v % ni;
            int j = v / ni % g.nj();
            int k = v / ni / g.nj();
            double x = i - half;
            double y = j - half;
            double z = k - half;
            double wave = Math.sin(i * 66.0 / ni) * Math.sin(j * 56.0 / ni);
            double radius = half * (0.84 + 0.03 * wave);
            inside[v] = x * x + y * y + z * z < radius * radius;
        }
        mask = Mask.of(g, inside);
        mesh = IsoSurface.of(mask);
        smooth = Taubin.of(10).smooth(mesh);
        file = Files.createTempFile("diapason-bench", ".stl");
    }

    @TearDown
    public void tearDown() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public MeshCheck maskToStl() {
        FloatMesh rounded = FloatMesh.of(IsoSurface.of(mask));
        MeshCheck check = MeshCheck.of(rounded.mesh());
        MeshFile.write(file, rounded.mesh(), false, "SPACE=LPS");
        return check;
    }

    @Benchmark
    public MeshCheck check() {
        return MeshCheck.of(mesh);
    }

    /** Ten passes. */
    @Benchmark
    public Mesh taubin() {
        return Taubin.of(10).smooth(mesh);
    }

    /** To a tenth. */
    @Benchmark
    public Mesh decimation() {
        return Decimation.to(
                smooth, smooth.triangles().length / 30, Double.POSITIVE_INFINITY, done -> {});
    }

    @Benchmark
    public SurfaceDistance distance() {
        return SurfaceDistance.between(mesh, smooth, 0.75);
    }

    @Benchmark
    public Mesh readStl() {
        MeshFile.write(file, mesh, false, "SPACE=LPS");
        return MeshFile.read(file).mesh();
    }

    long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
