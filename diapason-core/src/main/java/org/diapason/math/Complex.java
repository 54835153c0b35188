package org.diapason.math;

import java.math.BigDecimal;
import java.math.MathContext;

/** A complex number of 80 digits, for weights of filters that must be right to the last bit. */
record Complex(BigDecimal re, BigDecimal im) {
    static final MathContext DIGITS = new MathContext(80);
    static final Complex ONE = of(1, 0);

    static Complex of(double re, double im) {
        return new Complex(new BigDecimal(re), new BigDecimal(im));
    }

    Complex plus(Complex o) {
        return new Complex(re.add(o.re, DIGITS), im.add(o.im, DIGITS));
    }

    Complex minus(Complex o) {
        return new Complex(re.subtract(o.re, DIGITS), im.subtract(o.im, DIGITS));
    }

    Complex times(Complex o) {
        return new Complex(
                re.multiply(o.re).subtract(im.multiply(o.im), DIGITS),
                re.multiply(o.im).add(im.multiply(o.re), DIGITS));
    }

    Complex times(BigDecimal x) {
        return new Complex(re.multiply(x, DIGITS), im.multiply(x, DIGITS));
    }

    Complex over(Complex o) {
        BigDecimal size = o.square();
        Complex p = times(o.conjugate());
        return new Complex(p.re.divide(size, DIGITS), p.im.divide(size, DIGITS));
    }

    Complex conjugate() {
        return new Complex(re, im.negate());
    }

    /** Returns |z|². */
    BigDecimal square() {
        return re.multiply(re).add(im.multiply(im), DIGITS);
    }

    /** Returns the root whose real part is not negative. */
    Complex root() {
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal size = square().sqrt(DIGITS);
        BigDecimal large = size.add(re.abs()).divide(two, DIGITS).sqrt(DIGITS);
        if (large.signum() == 0) {
            return of(0, 0);
        }
        BigDecimal small = im.divide(large.multiply(two), DIGITS);
        if (re.signum() >= 0) {
            return new Complex(large, small);
        }
        return new Complex(small.abs(), im.signum() < 0 ? large.negate() : large);
    }
}
