package org.diapason.steps.units;

import java.util.Locale;
import java.util.Optional;
import org.diapason.volume.Numbers;
import org.diapason.volume.Quantity;

/**
 * What SUV divides the dose by: {@code SUV = activity · normaliser/dose}.
 *
 * <p>Body weight W in kg, height H in cm. For sex O the mean of the forms for men and women.
 *
 * <ul>
 *   <li>LBM: men 1.10 W − 120 (W/H)², women 1.07 W − 148 (W/H)² (Morgan and Bray 1994)
 *   <li>LBM James: men 1.10 W − 128 (W/H)², women as above (James 1976)
 *   <li>LBM Janmahasatian: men 9270 W/(6680 + 216 BMI), women 9270 W/(8780 + 244 BMI)
 *   <li>BSA: 0.007184 H^0.725 W^0.425 m² (Du Bois and Du Bois 1916)
 *   <li>IBW: men 48.0 + 1.06 (H − 152), women 45.5 + 0.91 (H − 152) kg
 * </ul>
 */
enum Normaliser {
    BW("BW", Quantity.SUV_BW),
    LBM("LBM", Quantity.SUV_LBM),
    LBM_JAMES("LBMJAMES128", Quantity.SUV_LBM_JAMES),
    LBM_JANMA("LBMJANMA", Quantity.SUV_LBM_JANMA),
    BSA("BSA", Quantity.SUV_BSA),
    IBW("IBW", Quantity.SUV_IBW);

    private final String suvType;
    private final Quantity quantity;

    Normaliser(String suvType, Quantity quantity) {
        this.suvType = suvType;
        this.quantity = quantity;
    }

    /** Returns the normaliser of a value of SUVType (0054,1006). */
    static Optional<Normaliser> ofSuvType(String text) {
        for (Normaliser n : values()) {
            if (n.suvType.equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    String suvType() {
        return suvType;
    }

    Quantity quantity() {
        return quantity;
    }

    /** Returns grams, or for BSA cm². */
    double of(Body body) {
        return switch (this) {
            case BW -> 1000 * body.weightKg();
            case BSA ->
                    1e4
                            * 0.007184
                            * StrictMath.pow(body.heightCm(), 0.725)
                            * StrictMath.pow(body.weightKg(), 0.425);
            default ->
                    1000
                            * switch (body.sex()) {
                                case "M" -> mass(body, true);
                                case "F" -> mass(body, false);
                                default -> (mass(body, true) + mass(body, false)) / 2;
                            };
        };
    }

    private double mass(Body body, boolean man) {
        double h = body.heightCm();
        if (this == IBW) {
            return man ? 48.0 + 1.06 * (h - 152) : 45.5 + 0.91 * (h - 152);
        }
        double w = body.weightKg();
        double perHeight = w / h * (w / h);
        return switch (this) {
            case LBM, LBM_JAMES ->
                    man ? 1.10 * w - men() * perHeight : 1.07 * w - WOMEN * perHeight;
            case LBM_JANMA ->
                    man
                            ? 9270 * w / (6680 + 216 * body.bmi())
                            : 9270 * w / (8780 + 244 * body.bmi());
            default -> throw new IllegalStateException(this + " has no form by sex");
        };
    }

    private static final double WOMEN = 148;

    private double men() {
        return this == LBM ? 120 : 128;
    }

    /**
     * Refuses a body for which the formula makes no sense.
     *
     * <p>The quadratic forms turn down where {@code d(LBM)/dW = a − 2bW/H² < 0}, that is above a
     * BMI of {@code 10⁴ a/(2b)}: 45.8 (men, 120), 43.0 (men, 128), 36.1 (women, 148). For sex O the
     * lower of the two counts.
     */
    void check(Series series, Body body) {
        if (this == LBM || this == LBM_JAMES) {
            double men = 1e4 * 1.10 / (2 * men());
            double women = 1e4 * 1.07 / (2 * WOMEN);
            double limit = body.sex().equals("M") ? men : women;
            if (body.bmi() > limit) {
                throw series.refused(
                        "the body-mass index is "
                                + Numbers.fixed(body.bmi(), 1)
                                + " kg/m², and above "
                                + Numbers.fixed(limit, 1)
                                + " the lean body mass of James' formula falls with weight. Use"
                                + " suvlbm-janma (Janmahasatian), which does not.");
            }
        }
        if (!(of(body) > 0)) {
            throw series.refused(
                    "a height of "
                            + Numbers.fixed(body.heightCm(), 0)
                            + " cm is below what the formula of "
                            + quantity.label()
                            + " was made for. Use suvbw.");
        }
    }
}
