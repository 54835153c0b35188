package org.diapason.phantom.analysis;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.diapason.volume.DataException;
import org.diapason.volume.RefusedException;

/**
 * What a scan of a physical phantom gave: where the phantom was found, the figures of each module,
 * and of each module that failed the reason.
 *
 * @param phantom which phantom
 * @param place where it lies
 * @param modules in the order they were measured
 * @param areas where values were taken, for a picture
 */
public record QaReport(String phantom, Place place, List<Module> modules, List<Area> areas) {

    public QaReport {
        modules = List.copyOf(modules);
        areas = List.copyOf(areas);
    }

    /**
     * Where a phantom lies.
     *
     * @param slice the slice that was found first, counted from 0
     * @param uMm its middle along i, in mm from the slice's first voxel
     * @param vMm its middle along j
     * @param radiusMm radius found
     * @param rollDegrees how far it is turned from i towards j
     * @param confidence 0 to 1; 1 where a person said it
     * @param how what was found, in a sentence
     */
    public record Place(
            int slice,
            double uMm,
            double vMm,
            double radiusMm,
            double rollDegrees,
            double confidence,
            String how) {}

    /**
     * A part of the phantom that serves one purpose.
     *
     * @param name of the part
     * @param figures what it gave; empty where it failed
     * @param response what it says about the scanner as a calibration keeps it
     * @param failure why it failed
     */
    public record Module(
            String name, List<Measured> figures, Response response, Optional<String> failure) {
        public Module {
            figures = List.copyOf(figures);
        }

        /** Measures one module; what its data lack becomes its sentence, and others go on. */
        static Module of(String name, Supplier<List<Measured>> measure) {
            return showing(name, () -> new Shown(measure.get(), Response.NONE));
        }

        /** Measures a module that a calibration keeps something of. */
        static Module showing(String name, Supplier<Shown> measure) {
            try {
                Shown shown = measure.get();
                return new Module(name, shown.figures, shown.response, Optional.empty());
            } catch (DataException | RefusedException e) {
                return new Module(name, List.of(), Response.NONE, Optional.of(e.getMessage()));
            }
        }
    }

    /** What a module gave. */
    record Shown(List<Measured> figures, Response response) {}

    /** Returns the figures of all modules that gave some. */
    public List<Measured> figures() {
        return modules.stream().flatMap(m -> m.figures().stream()).toList();
    }

    /** Returns what all modules say about the scanner; where two do, the first. */
    public Response response() {
        Response all = Response.NONE;
        for (Module m : modules) {
            all = all.or(m.response());
        }
        return all;
    }

    /** Returns how many modules failed. */
    public int failed() {
        return (int) modules.stream().filter(m -> m.failure().isPresent()).count();
    }

    /** Returns how many modules gave figures. */
    public int done() {
        return modules.size() - failed();
    }
}
