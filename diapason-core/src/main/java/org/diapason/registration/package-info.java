/** Brings two images into one place: metrics, search, and the certificate of what was found. */
package org.diapason.registration;
