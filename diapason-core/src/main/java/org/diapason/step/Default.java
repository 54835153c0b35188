package org.diapason.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value a setting takes when a recipe does not name it, as it would be written in the recipe.
 *
 * <p>Only where the value is an honest choice for everyone; a setting without one is required.
 * {@code @Default("")} on an {@code Optional}, a list or a map means "none".
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    String value();
}
