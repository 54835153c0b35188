package org.diapason.math;

/** How a value between voxels is made. */
public enum Interpolation {
    /** Straight lines between neighbours. */
    LINEAR,
    /** Cubic B-spline through the voxels, with the exact prefilter. */
    CUBIC,
    /** The value of the nearest voxel. */
    NEAREST,
    /**
     * Windowed sinc: ten voxels, {@code sinc(t) sinc(t/5)} for |t| &lt; 5, divided by their sum so
     * that a constant stays one (Lanczos window; Duchon 1979, J. Appl. Meteorol. 18(8):1016–1022,
     * doi:10.1175/1520-0450(1979)018&lt;1016:LFIOAT&gt;2.0.CO;2). Its second moment is 0 at every
     * place: it adds no width. It overshoots at edges, and moves ramps by up to 0.012 voxel.
     */
    SINC
}
