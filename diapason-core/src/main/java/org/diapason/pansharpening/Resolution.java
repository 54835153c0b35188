package org.diapason.pansharpening;

import java.util.Optional;
import org.diapason.step.Default;
import org.diapason.volume.Numbers;

/**
 * What is said of the resolution of bands, along the axes of the sharp image.
 *
 * <p>A band sampled every s mm has a width of {@code 2.3548 s √(−2 ln G)/π} where the transfer
 * function of its scanner is Gaussian and falls to G at the band's Nyquist frequency (Aiazzi and
 * others 2006, Photogramm. Eng. Remote Sens. 72(5):591–596, doi:10.14358/PERS.72.5.591): 1.163 s
 * for G = 0.3.
 *
 * @param fwhmMm full width at half maximum in mm, one number or three; the width known of the bands
 *     unless said
 * @param spacingMm voxels in mm before the bands were brought to the grid of the sharp image, one
 *     number or three; needed there where no width is known
 * @param nyquistGain G, transfer at the Nyquist frequency of the bands, between 0 and 1; asked
 *     where the width is not known
 */
public record Resolution(
        @Default("") Optional<Numbers> fwhmMm,
        @Default("") Optional<Numbers> spacingMm,
        @Default("0.3") double nyquistGain) {

    public Resolution {
        fwhmMm.ifPresent(n -> require("fwhm-mm", n));
        spacingMm.ifPresent(n -> require("spacing-mm", n));
        if (fwhmMm.isPresent() && spacingMm.isPresent()) {
            throw new IllegalArgumentException(
                    "fwhm-mm and spacing-mm both say how coarse the bands are. Give one of them.");
        }
        if (!(nyquistGain > 0 && nyquistGain < 1)) {
            throw new IllegalArgumentException(
                    "nyquist-gain must lie between 0 and 1, got " + nyquistGain);
        }
    }

    /** Nothing is said: what the bands themselves tell. */
    public static Resolution unsaid() {
        return new Resolution(Optional.empty(), Optional.empty(), 0.3);
    }

    public Resolution withFwhmMm(double mm) {
        return new Resolution(Optional.of(Numbers.of(mm)), spacingMm, nyquistGain);
    }

    public Resolution withSpacingMm(double... mm) {
        return new Resolution(fwhmMm, Optional.of(Numbers.of(mm)), nyquistGain);
    }

    /** Returns the standard deviation over the voxel it is sampled with: {@code √(−2 ln G)/π}. */
    double sigmaPerVoxel() {
        return Math.sqrt(-2 * StrictMath.log(nyquistGain)) / Math.PI;
    }

    private static void require(String name, Numbers n) {
        boolean good = n.size() == 1 || n.size() == 3;
        for (double mm : n.toArray()) {
            good &= mm > 0 && !Double.isInfinite(mm);
        }
        if (!good) {
            throw new IllegalArgumentException(
                    name + " must be one positive number of mm, or three along i, j, k, got " + n);
        }
    }
}
