package org.diapason.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.diapason.io.mesh.MeshFile;
import org.diapason.math.Gauss;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
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
 * of 0.84 half widths with waves on it, two million triangles at 512³, a CT of half a millimetre;
 * or a rough one in blurred noise, nine million triangles in some 1300 shells, a hundred of them
 * hollow.
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

    @Param("ball")
    public String shape = "ball";

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
        mask = Mask.of(g, shape.equals("rough") ? rough(g) : ball(g));
        mesh = IsoSurface.of(mask);
        smooth = Taubin.of(10).smooth(mesh);
        file = Files.createTempFile("diapason-bench", ".stl");
    }

    private static boolean[] ball(Geometry g) {
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
        return inside;
    }

    /** Noise of 0.19 half widths, blurred by 5.5 voxels, on the distance from 0.6 of them. */
    private static boolean[] rough(Geometry g) {
        float[] noise = new float[g.voxels()];
        Rng rng = new Rng(9);
        for (int v = 0; v < noise.length; v++) {
            noise[v] = (float) rng.nextGaussian();
        }
        noise = Gauss.blur(g, noise, 5.5, 5.5, 5.5);
        double square = 0;
        for (float x : noise) {
            square += x * x / (double) noise.length;
        }
        double by = 0.19 / Math.sqrt(square);
        boolean[] inside = new boolean[noise.length];
        double half = g.ni() / 2.0;
        for (int v = 0; v < inside.length; v++) {
            double x = v % g.ni() - half;
            double y = v / g.ni() % g.nj() - half;
            double z = v / g.ni() / g.nj() - half;
            inside[v] = Math.sqrt(x * x + y * y + z * z) < half * (0.6 + by * noise[v]);
        }
        return inside;
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
