package org.diapason.registration;

import java.util.Optional;
import org.diapason.volume.Transform;

/**
 * The end of a registration.
 *
 * @param transform fixed mm to moving mm; the best that was found also where the certificate fails,
 *     empty where the input allowed no search at all
 * @param certificate what is known of it
 */
public record Registered(Optional<Transform> transform, Certificate certificate) {}
