package org.diapason.bench;

import java.util.concurrent.TimeUnit;
import org.diapason.math.Interpolation;
import org.diapason.registration.Deformation;
import org.diapason.registration.LinearModel;
import org.diapason.registration.Warp;
import org.diapason.volume.Affine;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Volume;
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

/** Time to put a head of 1 mm on the grid of another image through transforms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class WarpBench {
    @Param("181x217x181")
    public String size;

    @Param({"LINEAR", "CUBIC"})
    public Interpolation interpolation;

    Geometry grid;
    Volume moving;
    Affine affine;
    DisplacementField field;

    /** Makes a ramp in mm along all axes, an affine transform and a smooth field of 2 mm. */
    @Setup
    public void setUp() {
        grid = Sizes.parse(size, 1, 1, 1);
        float[] values = new float[grid.voxels()];
        float[][] u = new float[3][grid.voxels()];
        for (int v = 0; v < values.length; v++) {
            int i = v % grid.ni();
            int j = v / grid.ni() % grid.nj();
            int k = v / (grid.ni() * grid.nj());
            values[v] = i + 2 * j + 3 * k;
            u[0][v] = (float) (2 * StrictMath.sin(0.1 * j));
            u[1][v] = (float) (2 * StrictMath.sin(0.1 * k));
            u[2][v] = (float) (2 * StrictMath.sin(0.1 * i));
        }
        moving = Volume.of(grid, values, Quantity.MR);
        field = DisplacementField.of(grid, u[0], u[1], u[2]);
        double[] middle = {grid.ni() / 2.0, grid.nj() / 2.0, grid.nk() / 2.0};
        double[] parameters = {3, -2, 4, 0.02, 0.1, 0, -0.1, 0.01, 0.05, 0, -0.05, -0.03};
        affine = LinearModel.AFFINE.at(parameters, middle);
    }

    @Benchmark
    public Volume throughAnAffine() {
        return Warp.image(moving, affine, grid, interpolation);
    }

    @Benchmark
    public Volume throughAFieldAndAnAffine() {
        return Warp.image(moving, field.then(affine), grid, interpolation);
    }

    @Benchmark
    public Deformation theWayBackOfAField() {
        return Deformation.on(grid, field.inverse());
    }
}
