package org.diapason.surface;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;
import org.diapason.volume.RefusedException;

/**
 * A surface made ready for a file: smoothed and thinned out where asked, rounded to floats,
 * checked, and compared with what it was.
 *
 * @param raw the surface as it was taken, without what was left out
 * @param leftOut which parts were
 * @param mesh what goes into the file
 * @param check of the mesh; its crossings are sought where points were moved
 * @param smoothing how far smoothing moved the surface; empty where there was none
 * @param thinning how far decimation moved it; empty where there was none
 * @param moved how far all of it together did; empty where nothing was done
 * @param rounding what became of it as floats
 */
public record PrintModel(
        Mesh raw,
        LeftOut leftOut,
        Mesh mesh,
        MeshCheck check,
        Optional<SurfaceDistance> smoothing,
        Optional<SurfaceDistance> thinning,
        Optional<SurfaceDistance> moved,
        FloatMesh rounding) {
    private static final int TRIES = 6;

    /** A shell of which smoothing leaves a smaller share of the volume is a speck. */
    private static final double FADED = 0.01;

    /**
     * What is no longer there.
     *
     * @param shells parts and hollows that were not chosen
     * @param volumeMm3 of them together, hollows taken off
     * @param faded shells that smoothing shrank to less than a hundredth of their volume: its
     *     points would fall together
     */
    public record LeftOut(int shells, double volumeMm3, int faded) {}

    /**
     * What is to be done.
     *
     * @param smoothPasses of {@link Taubin}; 0 for none
     * @param share of the triangles to keep, 0 to 1; empty for all
     * @param maxErrorMm thin out as far as no distance found is larger; empty for no such limit
     * @param parts which parts are kept
     */
    public record Settings(
            int smoothPasses, OptionalDouble share, OptionalDouble maxErrorMm, PartChoice parts) {
        public Settings {
            if (smoothPasses < 0) {
                throw new IllegalArgumentException(
                        "--smooth must not be negative, got " + smoothPasses);
            }
            double s = share.orElse(1);
            if (!(s > 0 && s <= 1)) {
                throw new IllegalArgumentException(
                        "--decimate is the share of triangles to keep, above 0 to 1, got " + s);
            }
            double e = maxErrorMm.orElse(1);
            if (!(e > 0) || Double.isInfinite(e)) {
                throw new IllegalArgumentException("--max-error-mm must be positive, got " + e);
            }
        }

        /** Keeps every part. */
        public Settings(int smoothPasses, OptionalDouble share, OptionalDouble maxErrorMm) {
            this(smoothPasses, share, maxErrorMm, PartChoice.ALL);
        }

        boolean thins() {
            return share.isPresent() || maxErrorMm.isPresent();
        }
    }

    /**
     * Makes a surface ready.
     *
     * @param stepMm how finely distances are looked at; half a voxel or so
     * @param progress is told what is being done and which share of it is done
     * @throws RefusedException if the outcome is not closed and manifold: no printer knows its
     *     inside; or if no part is left
     */
    public static PrintModel of(
            Mesh taken, Settings settings, double stepMm, ObjDoubleConsumer<String> progress) {
        Mesh raw = taken;
        Mesh mesh = raw;
        LeftOut leftOut = new LeftOut(0, 0, 0);
        Optional<SurfaceDistance> smoothing = Optional.empty();
        if (!settings.parts.equals(PartChoice.ALL) || settings.smoothPasses > 0) {
            progress.accept("parts", 0);
            Shells shells = Shells.of(raw, HalfEdges.of(raw));
            boolean[] out = settings.parts.leftOut(raw, shells);
            int many = 0;
            double volume = 0;
            for (int s = 0; s < out.length; s++) {
                many += out[s] ? 1 : 0;
                volume += out[s] ? shells.volumeMm3(s) : 0;
            }
            progress.accept("smoothing", 0);
            Mesh smooth = Taubin.of(settings.smoothPasses).smooth(raw);
            int faded = fade(out, shells, shells.volumesOf(smooth));
            raw = many + faded == 0 ? raw : shells.without(raw, out);
            mesh = many + faded == 0 ? smooth : shells.without(smooth, out);
            leftOut = new LeftOut(many, volume, faded);
        }
        if (settings.smoothPasses > 0) {
            progress.accept("comparing", 0);
            smoothing = Optional.of(SurfaceDistance.between(raw, mesh, stepMm));
        }
        Optional<SurfaceDistance> thinning = Optional.empty();
        if (settings.thins()) {
            Thinned thinned = thin(mesh, settings, stepMm, progress);
            thinning = Optional.of(thinned.distance);
            mesh = thinned.mesh;
        }
        progress.accept("checking", 0);
        FloatMesh rounding = FloatMesh.of(mesh);
        boolean changed = smoothing.isPresent() || thinning.isPresent();
        MeshCheck check = MeshCheck.of(rounding.mesh(), changed);
        if (!check.watertight() || !check.manifold()) {
            throw new RefusedException(
                    "the surface is not closed and manifold: "
                            + check.faults().get(0).words()
                            + ". Nothing was written."
                            + (rounding.mergedPoints() > 0
                                    ? " "
                                            + rounding.mergedPoints()
                                            + " points became equal as floats: "
                                            + (changed
                                                    ? "smooth or thin out less."
                                                    : "bring the image nearer to the origin.")
                                    : ""));
        }
        Optional<SurfaceDistance> moved = smoothing.isPresent() ? smoothing : thinning;
        if (smoothing.isPresent() && thinning.isPresent()) {
            progress.accept("comparing", 0);
            moved = Optional.of(SurfaceDistance.between(raw, mesh, stepMm));
        }
        return new PrintModel(
                raw, leftOut, rounding.mesh(), check, smoothing, thinning, moved, rounding);
    }

    /** Adds shells that all but vanished, and says how many; one always stays. */
    private static int fade(boolean[] out, Shells before, double[] after) {
        int faded = 0;
        int left = 0;
        for (int s = 0; s < out.length; s++) {
            left += out[s] ? 0 : 1;
        }
        for (int s = 0; s < out.length && faded + 1 < left; s++) {
            if (!out[s] && Math.abs(after[s]) < FADED * Math.abs(before.volumeMm3(s))) {
                out[s] = true;
                faded++;
            }
        }
        return faded;
    }

    private record Thinned(Mesh mesh, SurfaceDistance distance) {}

    /**
     * Thins out until the share is reached; or, where an error is given, with a limit on the root
     * mean square distance that is halved until the largest distance found keeps the error.
     */
    private static Thinned thin(
            Mesh mesh, Settings settings, double stepMm, ObjDoubleConsumer<String> progress) {
        int before = mesh.triangles().length / 3;
        int faces = (int) Math.max(4, Math.round(settings.share.orElse(0) * before));
        double limit = settings.maxErrorMm.orElse(Double.POSITIVE_INFINITY);
        double rootMm = limit / 2;
        for (int n = 0; n < TRIES; n++, rootMm /= 2) {
            Mesh thin =
                    Decimation.to(
                            mesh, faces, rootMm, share -> progress.accept("thinning out", share));
            progress.accept("comparing", 0);
            SurfaceDistance distance = SurfaceDistance.between(mesh, thin, stepMm);
            if (distance.hausdorffMm() <= limit) {
                return new Thinned(thin, distance);
            }
        }
        throw new RefusedException(
                "no mesh of fewer triangles was found that keeps --max-error-mm "
                        + limit
                        + ". Raise it or leave it out.");
    }

    /** Returns the volume of the mesh against another in per cent: 1 is one per cent more. */
    public double driftPercent(double volumeMm3) {
        return 100 * (check.volumeMm3() / volumeMm3 - 1);
    }
}
