package org.diapason.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diapason.phantom.Motion;
import org.diapason.phantom.RegistrationPair;
import org.diapason.phantom.SmoothWarp;
import org.diapason.registration.Registered;
import org.diapason.registration.Registration;
import org.diapason.step.Progress;
import org.diapason.volume.Geometry;
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

/** Time to register two contrasts of one head, 181 × 217 × 181 voxels of 1 mm. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 2, jvmArgs = "-Xmx3g")
public class RegistrationBench {
    @Param({"RIGID", "AFFINE", "DIFFEO"})
    public Registration.Model model;

    @Param("1")
    public double spacingMm;

    RegistrationPair pair;

    /** Draws T1 and T2 of a head that moved as the model can. */
    @Setup
    public void setUp() {
        Geometry g = RegistrationPair.grid(spacingMm);
        Motion rigid = Motion.of(RegistrationScenes.RIGID);
        Motion affine = Motion.of(RegistrationScenes.AFFINE);
        Motion warp =
                new SmoothWarp(RegistrationScenes.WARP_MM, RegistrationScenes.WARP_LENGTH_MM, 1)
                        .then(RegistrationScenes.AFFINE);
        Motion motion =
                switch (model) {
                    case DIFFEO -> warp;
                    case AFFINE -> affine;
                    default -> rigid;
                };
        pair = RegistrationScenes.head(new String[] {"t1", "t2"}, g, g, motion);
    }

    @Benchmark
    public Registered register() {
        return Registration.of(model)
                .find(pair.fixed(), pair.moving(), Optional.empty(), Progress.NONE);
    }
}
