package org.diapason.phantom;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diapason.volume.Numbers;

/**
 * The virtual scanners that have a name: settings of the right order for their kind, for tests and
 * trials; none is the image of a product.
 */
public final class ScannerLibrary {
    private static final Map<String, VirtualScanner> SCANNERS = new TreeMap<>();

    static {
        // A kernel that overshoots: the transfer rises to 1.14 at 0.2 per mm.
        ct("ct-sharp", 1.2, 0.7, 1.25, new ReconstructionKernel.Boost(0.5, 4), 28, 0.35);
        ct("ct-smooth", 1.6, 0.8, 2.5, new ReconstructionKernel.Boost(0.7, 0), 9, 0.15);
        ct("ct-thick", 1.4, 0.8, 5, new ReconstructionKernel.Boost(0.6, 0.5), 8, 0.2);
        pet("pet-digital", 4.5, 2, 60);
        pet("pet-old", 7, 4, 90);
        mr("mr-1.5t", 1.3, 1.0, 3, new BiasField(0.92, 1.08, 15), 24);
        mr("mr-3t", 1.1, 0.9, 1, new BiasField(0.8, 1.2, 3), 16);
        twins();
    }

    private ScannerLibrary() {}

    /** The pair of the twin-scanner proof, Gaussian on one grid, and a third on a coarser grid. */
    private static void twins() {
        SCANNERS.put("twin-a", new VirtualScanner("twin-a", 0.97, -20, 4, 1, 1, 0, 14, false));
        SCANNERS.put("twin-b", new VirtualScanner("twin-b", 1.03, 20, 5, 1, 1, 0, 7, false));
        SCANNERS.put("twin-c", new VirtualScanner("twin-c", 1.03, 20, 5, 1.25, 2.5, 2.5, 7, false));
    }

    /** Returns the names of all scanners, sorted. */
    public static List<String> names() {
        return List.copyOf(SCANNERS.keySet());
    }

    /**
     * Returns the scanner of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static VirtualScanner of(String name) {
        VirtualScanner scanner = SCANNERS.get(name);
        if (scanner == null) {
            throw new IllegalArgumentException(
                    "there is no virtual scanner \""
                            + name
                            + "\", only "
                            + String.join(", ", SCANNERS.keySet()));
        }
        return scanner;
    }

    private static void ct(
            String name,
            double psf,
            double pixel,
            double slice,
            ReconstructionKernel kernel,
            double sd,
            double peakPerMm) {
        put(
                name,
                Numbers.of(psf),
                Numbers.of(pixel, pixel, slice),
                Numbers.of(0, 0, slice),
                Optional.of(kernel),
                Optional.empty(),
                new Noise.Ramp(sd, peakPerMm),
                true);
    }

    private static void pet(String name, double psf, double voxel, double countsPerUnit) {
        put(
                name,
                Numbers.of(psf),
                Numbers.of(voxel),
                Numbers.of(voxel),
                Optional.empty(),
                Optional.empty(),
                new Noise.Poisson(countsPerUnit),
                false);
    }

    private static void mr(
            String name, double psf, double pixel, double slice, BiasField bias, double sd) {
        put(
                name,
                Numbers.of(psf),
                Numbers.of(pixel, pixel, slice),
                Numbers.of(0, 0, slice),
                Optional.empty(),
                Optional.of(bias),
                new Noise.Rician(sd),
                false);
    }

    private static void put(
            String name,
            Numbers psf,
            Numbers spacing,
            Numbers box,
            Optional<ReconstructionKernel> kernel,
            Optional<BiasField> bias,
            Noise noise,
            boolean integers) {
        SCANNERS.put(
                name,
                new VirtualScanner(
                        name, 1, 0, psf, spacing, box, kernel, bias, Optional.of(noise), integers));
    }
}
