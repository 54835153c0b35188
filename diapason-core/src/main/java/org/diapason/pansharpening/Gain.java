package org.diapason.pansharpening;

/** How much of the sharp image's detail a band is given. */
public enum Gain {
    /** {@code cov(M, P_low)/var(P_low)}: as far, and with the sign, as P_low explains the band. */
    REGRESSION,
    /** {@code sd(M)/sd(P_low)}, always positive, as in the papers. */
    SD,
    /** The band times P'/P'_low, P' the band as P predicts it by regression. */
    MODULATION
}
