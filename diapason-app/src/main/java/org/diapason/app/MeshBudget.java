package org.diapason.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.diapason.surface.CrossingPlace;
import org.diapason.surface.ErrorBudget;
import org.diapason.surface.ErrorBudget.Part;
import org.diapason.surface.PrintModel;
import org.diapason.surface.SurfaceDistance;

/** Gathers what is known of the errors of a surface into its budget. */
final class MeshBudget {
    private final List<Part> parts = new ArrayList<>();

    /** What straight lines between voxels, the grid and noise do to a threshold, or to a mask. */
    MeshBudget image(
            MeshSource source,
            Optional<CrossingPlace> place,
            OptionalDouble noiseSd,
            Optional<SurfaceDistance> regrid) {
        if (source.mask().isPresent()) {
            mask(source.grid().spacingMm().max());
        } else {
            CrossingPlace at = place.orElseThrow();
            known("grid", at.straightMm(), "straight lines between voxels, by second differences");
        }
        if (regrid.isPresent()) {
            moved("resampling", regrid.get(), "the surface before and after");
        }
        if (source.mask().isPresent()) {
            unknown("threshold", "a mask does not say how surely its border was drawn");
        } else if (noiseSd.isEmpty()) {
            unknown("threshold", "the noise cannot be estimated; give --noise");
        } else {
            double per = place.orElseThrow().perSdMm();
            double mm = Double.isInfinite(per) ? per : noiseSd.getAsDouble() * per;
            known(
                    "threshold",
                    mm,
                    "noise of "
                            + MeshText.number(noiseSd.getAsDouble(), 3)
                            + source.unit()
                            + " over the slope of the image, 95 % of it");
        }
        return this;
    }

    /** The border of a mask lies anywhere between the last centre inside and the first outside. */
    MeshBudget mask(double longestMm) {
        known("grid", 0.95 * longestMm / 2, "the border may lie anywhere between two centres");
        return this;
    }

    MeshBudget net(SurfaceDistance moved) {
        moved("net", moved, "surface nets against the surface halfway between centres");
        return this;
    }

    MeshBudget model(PrintModel model, OptionalDouble printerMm) {
        model.smoothing().ifPresent(d -> moved("smoothing", d, "the surface before and after"));
        model.thinning().ifPresent(d -> moved("decimation", d, "the surface before and after"));
        known("file", model.rounding().furthestMm(), "coordinates as floats, at most");
        if (printerMm.isPresent()) {
            known("printer", printerMm.getAsDouble(), "as given");
        } else {
            unknown("printer", "give --printer-mm");
        }
        return this;
    }

    private void moved(String name, SurfaceDistance d, String words) {
        known(
                name,
                d.p95Mm(),
                words + ", at most " + MeshText.number(d.hausdorffMm(), 3) + " mm found");
    }

    private void known(String name, double mm, String words) {
        if (Double.isFinite(mm)) {
            parts.add(new Part(name, OptionalDouble.of(mm), words));
        } else if (mm > 0) {
            unknown(name, "more than 5 % of the points lie where the image has no slope");
        } else {
            unknown(name, "no point lies between voxels that have values");
        }
    }

    private void unknown(String name, String words) {
        parts.add(new Part(name, OptionalDouble.empty(), words));
    }

    ErrorBudget done() {
        return new ErrorBudget(parts);
    }
}
