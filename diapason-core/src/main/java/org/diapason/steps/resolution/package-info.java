/** Steps that change how sharp an image is and on which grid it lies. */
package org.diapason.steps.resolution;
